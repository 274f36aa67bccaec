"""``item-changes``: what was changed in a decision since the agenda was fixed."""

from lxml.html.diff import htmldiff
from plonegov.deliberations import _
from plonegov.deliberations.api.html import clean_html
from plonegov.deliberations.browser.base import DeskPage
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class ItemChanges(DeskPage):
    """The draft and the decision as one text, what came and what went marked in it."""

    index = ViewPageTemplateFile("templates/item_changes.pt")
    page_title = _("page_item_changes", default="Changes since the draft")

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        item = self.context
        here = {"title": item.title, "url": item.absolute_url()}
        return [*super().page_breadcrumbs(), here]

    def texts(self) -> list[dict]:
        """Return each text with its changes marked, empty where nothing changed."""
        item = self.context
        titles = {
            "motivation": _("item_motivation", default="Motivation"),
            "decision": _("item_decision", default="Decision"),
        }
        return [
            {
                "title": titles[name],
                "html": marked(drafted, getattr(item, name)),
            }
            for name, drafted in item.drafted.items()
        ]


def marked(old: str, new: str) -> str:
    """Return a text with what came in ``ins`` and what went in ``del``; "" if nothing
    changed. Both texts are clean HTML, and so is what is returned."""
    if old == new:
        return ""
    return clean_html(htmldiff(old or "<p></p>", new or "<p></p>"))
