"""Plone's rich text editor (the pattern ``pat-tinymce``) in pages of ours.

A page that is a ``WithEditor`` gets Plone's scripts, and the policy that the editor
needs, whoever opens it; a text is a plain ``textarea`` with the HTML, so that it can be
written without scripts, too::

    <textarea class="pat-tinymce" data-pat-tinymce="${view/editor_options}" ...>

What comes back is HTML that anybody may have sent: it is cleaned where it is kept.
"""

from Acquisition import aq_base
from plone import api
from typing import Any

import json


#: What a text of a decision or of minutes is made of: no pictures, no colours.
BLOCKS = "Paragraph=p; Heading 2=h2; Heading 3=h3; Quotation=blockquote"
PLUGINS = ["lists", "table", "autolink", "searchreplace", "charmap"]
TOOLBAR = (
    "undo redo | blocks | bold italic superscript | bullist numlist outdent indent | "
    "table charmap searchreplace | removeformat"
)
STYLE = "++resource++plonegov.core/editor.css"


class WithEditor:
    """Part of a page in which texts are written in Plone's editor."""

    rich_editor = True

    @property
    def editor_options(self) -> str:
        """The options of the pattern, as JSON."""
        site = api.portal.get().absolute_url()
        tiny = {
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
            "table_advtab": False,
            "table_cell_advtab": False,
            "table_row_advtab": False,
            "table_default_styles": {},
            "height": 360,
            "resize": True,
            "content_css": f"{site}/theme.css,{site}/{STYLE}",
        }
        return json.dumps({"tiny": tiny})


def has_editor(view: Any) -> bool:
    """Say whether texts are written in Plone's editor on a page."""
    return bool(getattr(aq_base(view), "rich_editor", False))
