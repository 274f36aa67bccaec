"""Plone's rich text editor (the pattern ``pat-tinymce``) in pages of ours.

A page that is a ``WithEditor`` gets Plone's scripts, and the policy that the editor
needs, whoever opens it; a text is a plain ``textarea`` with the HTML, so that it can be
written without scripts, too::

    <textarea class="pat-tinymce" data-pat-tinymce="${view/editor_options}" ...>

What comes back is HTML that anybody may have sent: it is cleaned where it is kept.
"""

from Acquisition import aq_base
from plone import api
from plone.app.z3cform.widgets.richtext import RichTextWidget
from plonegov.core import _
from typing import Any
from zope.i18n import translate

import json


#: What a text of a decision or of minutes is made of: no pictures, no colours.
BLOCKS = "Paragraph=p; Heading 2=h2; Heading 3=h3; Quotation=blockquote"
PLUGINS = ["lists", "table", "autolink", "searchreplace", "charmap"]
TOOLBAR = (
    "undo redo | blocks | bold italic superscript | bullist numlist outdent indent | "
    "table charmap searchreplace | removeformat"
)
#: What the editor's frame is called for who hears the page.
FRAME = _("editor_frame", default="Text with formatting")
STYLE = "++resource++plonegov.core/editor.css"


class WithEditor:
    """Part of a page in which texts are written in Plone's editor."""

    rich_editor = True

    @property
    def editor_options(self) -> str:
        """The options of the pattern, as JSON."""
        return json.dumps(options(self.request))


class EditorWidget(RichTextWidget):
    """The same editor for a rich text of a Dexterity form."""

    def get_pattern_options(self) -> dict[str, Any]:
        return options(self.request)


def options(request: Any) -> dict[str, Any]:
    """Return the options of the pattern."""
    site = api.portal.get().absolute_url()
    return {
        "tiny": {
            "plugins": PLUGINS,
            "toolbar": TOOLBAR,
            "block_formats": BLOCKS,
            "menubar": False,
            "branding": False,
            "elementpath": False,
            "browser_spellcheck": True,
            "contextmenu": False,
            "convert_urls": False,
            "entity_encoding": "raw",
            "paste_data_images": False,
            "lists_indent_on_tab": False,
            "table_advtab": False,
            "table_cell_advtab": False,
            "table_row_advtab": False,
            "table_default_styles": {},
            "iframe_attrs": {"title": translate(FRAME, context=request)},
            "height": 360,
            "resize": False,
            "content_css": f"{site}/theme.css,{site}/{STYLE}",
        }
    }


def has_editor(view: Any) -> bool:
    """Say whether texts are written in Plone's editor on a page."""
    return bool(getattr(aq_base(view), "rich_editor", False))
