"""HTML that people write or paste, without what may not stand in a record."""

from html import escape
from plone import api
from plone.app.textfield.value import RichTextValue
from plonegov.deliberations.domain.publishing import plain_text
from plonegov.deliberations.domain.recordhtml import record_html


#: Plone's own transform; what it takes out is the town's to say, beside our own list. It
#: is called by name: of the way to ``text/x-html-safe`` the rest is for pages (it leaves
#: alone what stands nowhere yet), and to look for that way takes ten times as long.
SAFE = "safe_html"


def raw_of(value: RichTextValue | None) -> str:
    """Return what was written of a rich text, or ""."""
    return value.raw if value is not None else ""


def is_empty(html: str) -> bool:
    """Say whether HTML has no text that anybody could read."""
    return not plain_text(html)


def paragraphs(text: str) -> str:
    """Return plain text as HTML: a paragraph for each block, its lines kept."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(
        f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in blocks if block
    )


def clean_html(text: str) -> str:
    """Return HTML with only what may stand in a record, whatever the site's own filter
    lets through: nothing in it can run, load something or change the page."""
    tool = api.portal.get_tool("portal_transforms")
    safe = tool.convert(SAFE, text).getData()
    return record_html(safe)
