"""``item-rectify``: a clerical error in a decision, under its number."""

from datetime import datetime
from functools import cached_property
from plonegov.core.registers.register import Register
from plonegov.core.theme.editor import WithEditor
from plonegov.deliberations import _
from plonegov.deliberations.api import numbering
from plonegov.deliberations.browser.posting import Form
from plonegov.deliberations.browser.sittingbase import ItemPage
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


LABELS = {
    "title": _("rectify_item_title", default="Title"),
    "motivation": _("rectify_motivation", default="Grounds"),
    "decision": _("rectify_decision", default="Decision"),
    "reason": _("rectify_reason", default="Which error is put right"),
}


class ItemRectify(WithEditor, ItemPage):
    """Write a decision's text as it was meant; the former text stays readable."""

    page_name = "item-rectify"
    index = ViewPageTemplateFile("templates/itemrectify.pt")
    labels = LABELS
    verbs = {"rectify": "rectify"}

    @property
    def page_title(self) -> Message:
        return _(
            "rectify_title",
            default="Rectify: ${title}",
            mapping={"title": self.context.title},
        )

    @property
    def rich_editor(self) -> bool:
        return self.registered

    def rectify(self, form: Form, about: str) -> str:
        """Register the new text under the same number."""
        values = {name: str(form.get(name, "")) for name in numbering.TEXTS}
        numbering.rectify(self.context, str(form.get("reason", "")), values)
        return f"{self.page_url}#versions-heading"

    @property
    def registered(self) -> bool:
        """Whether the decision has a number."""
        return bool(self.context.registered)

    @property
    def register_number(self) -> str:
        return "{}/{}".format(*self.context.registered) if self.registered else ""

    def text_of(self, name: str) -> str:
        """Return what was typed for a text, else as it stands."""
        return self.value_of(name, getattr(self.context, name))

    @cached_property
    def versions(self) -> list[dict[str, Any]]:
        """Return all texts under the number, the one in force first."""
        if not self.registered:
            return []
        entries = Register(self.context.body).versions(*self.context.registered)
        number = self.context.registered
        held = [row for row in self.context.former if row["registered"] == number]
        former = {row["version"]: row for row in held}
        now = {name: getattr(self.context, name) for name in numbering.TEXTS}
        shown = {
            entry.version: {
                "number": entry.version,
                "when": self.moment(entry.when),
                "reason": entry.reason,
                "who": "",
                "texts": former.get(entry.version, now),
            }
            for entry in entries
        }
        for row in former.values():
            following = shown.get(row["version"] + 1)
            if following:
                following["who"] = self.names[row["who"]]
                following["when"] = self.moment(datetime.fromisoformat(row["until"]))
        return [shown[version] for version in sorted(shown, reverse=True)]
