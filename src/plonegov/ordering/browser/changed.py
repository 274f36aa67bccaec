"""The page of an order that a colleague changed while one worked on it."""

from plonegov.core.errors import PlonegovError
from plonegov.core.listing.view import NOTHING
from plonegov.ordering import _
from plonegov.ordering.api import changes
from plonegov.ordering.browser.labels import ACTIONS
from plonegov.ordering.browser.review import OrderReview
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


#: Fields of a form that are not sent again: who sends, and on which state of things.
OWN = ("_authenticator", "seen")


class ChangedReview(OrderReview):
    """The order as it is now, what was done since, and what was typed."""

    change_parts = ViewPageTemplateFile("templates/review_changed.pt")
    changed = True

    def again(self, error: PlonegovError, typed: dict[str, Any]) -> str:
        self.seen_before = error.context["seen"]
        self.request.response.setStatus(error.status)
        self.typed = typed
        return self()

    @property
    def changes(self) -> list[dict[str, Any]]:
        """What was done since, oldest first, as in the history."""
        number = len(changes.since(self.context, self.seen_before))
        return list(reversed(self.history[:number]))

    @property
    def action_label(self) -> Message:
        """What one wanted to do."""
        verb = self.typed["verb"]
        return ACTIONS[verb][0] if verb in ACTIONS else OTHER[verb]

    @property
    def upload(self) -> str:
        """The name of a file that must be chosen again, or an empty text."""
        return getattr(self.typed.get("act"), "filename", "") or ""

    @property
    def to_send(self) -> list[tuple[str, str]]:
        """The fields of the form that was sent, as they were typed."""
        form = self.request.form
        return [
            (name, value)
            for name, given in form.items()
            if name not in OWN
            for value in (given if isinstance(given, list) else [given])
            if isinstance(value, str)
        ]

    @property
    def differences(self) -> list[dict[str, Any]]:
        """Findings that a colleague confirmed otherwise than one typed."""
        found, confirmed = [], self.context.findings
        for row in self.findings if confirmed else ():
            kept = confirmed.get(row["field"].removeprefix("findings."), NOTHING)
            typed = self.typed.get(row["field"], kept) or NOTHING
            if row["type"] != "rows" and str(typed) != str(kept):
                found.append({"title": row["title"], "kept": kept, "typed": typed})
        return found


#: Labels of the buttons that stand beside more than texts.
OTHER = {
    "accept_relation": _("action_accept_relation", default="Accept"),
    "take_back_relation": _("action_take_back_relation", default="Take back"),
    "confirm_findings": _(
        "action_confirm_findings", default="Confirm against the register"
    ),
    "attach_act": _("action_attach_act", default="Attach the act"),
}
