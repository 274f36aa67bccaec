"""``convening``: who was called to a meeting, how, and what became of it."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from plonegov.core.api import now
from plonegov.core.api import town_zone
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.theme.page import PostedAction
from plonegov.deliberations import _
from plonegov.deliberations.api import convening
from plonegov.deliberations.browser.papers import OfMeeting
from plonegov.deliberations.domain.convening import DONE
from plonegov.deliberations.domain.convening import last_calls
from plonegov.deliberations.domain.convening import Reached
from plonegov.deliberations.domain.convening import reached
from plonegov.deliberations.domain.convening import Row
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


STATES: dict[Reached, tuple[Message, str]] = {
    Reached.PAPER: (
        _("reached_paper", default="No address: to be handed over on paper"),
        "warn",
    ),
    Reached.WAITS: (_("reached_waits", default="Being sent"), "info"),
    Reached.DELIVERED: (
        _("reached_delivered", default="Accepted by the mail server"),
        "ok",
    ),
    Reached.KEPT: (_("reached_kept", default="Demonstration: not sent"), "neutral"),
    Reached.FAILED: (
        _("reached_failed", default="Refused by the mail server"),
        "danger",
    ),
    Reached.HANDED: (_("reached_handed", default="Handed over on paper"), "ok"),
}

ABOUT: dict[str, Message] = {
    "call": _("about_call", default="Convocation"),
    "recall": _("about_recall", default="Called back"),
    "cancel": _("about_cancel", default="Cancelled"),
}


class Convening(OfMeeting):
    """The proof of how members were called; what is to be done comes first."""

    page_title = _("page_convening", default="Convocation of the members")
    index = ViewPageTemplateFile("templates/convening.pt")
    labels = {
        "member": _("convening_member", default="Member"),
        "at": _("convening_at", default="When it was handed over"),
        "how": _("convening_how", default="How"),
    }

    @property
    def is_open(self) -> bool:
        """Whether members are called now."""
        return self.context.state in convening.CALLED

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The last try to reach each member."""
        return [self._row(row) for row in last_calls(self.context.convocation)]

    @property
    def open(self) -> list[dict[str, Any]]:
        """Members whom nothing has reached, and nothing is under way to."""
        return [self._row(row) for row in convening.unreached(self.context)]

    @property
    def count(self) -> dict[str, int]:
        done = sum(row["reached"] in DONE for row in self.rows)
        return {"done": done, "all": len(self.rows)}

    @property
    def earlier(self) -> list[dict[str, Any]]:
        """What was tried besides the last call of each member, the latest first."""
        last = last_calls(self.context.convocation)
        rows = [row for row in self.context.convocation if row not in last]
        return [self._row(row) for row in reversed(rows)]

    @property
    def needs_hand(self) -> bool:
        """Whether something is to be done, so that the form is open."""
        return bool(self.open or self.faults or self.request.form.get("member"))

    @property
    def members(self) -> list[dict[str, Any]]:
        """The members for the form; one may be asked for in the address."""
        chosen = self.value_of("member", self.request.form.get("member", ""))
        return [
            {"value": one.UID(), "title": one.title, "chosen": one.UID() == chosen}
            for one in convening.members(self.context)
        ]

    @property
    def at(self) -> str:
        """The time in the form: as typed, else now."""
        zone = town_zone()
        default = now().astimezone(zone).strftime("%Y-%m-%dT%H:%M")
        return self.value_of("at", default)

    def _row(self, row: Row) -> dict[str, Any]:
        state = reached(row)
        title, tag = STATES[state]
        return {
            "member": row["member"],
            "name": row["name"],
            "email": row["email"],
            "about": ABOUT[row["about"]],
            "asked": self._time(row["asked"]),
            "reached": state,
            "title": title,
            "tag": tag,
            "when": self._time(row["handed"] or row["settled"]),
            "how": row["how"],
            "code": row["refused"],
        }

    def _time(self, text: str) -> str:
        return self.moment(datetime.fromisoformat(text)) if text else ""


class ConveningAction(PostedAction):
    """Send a member the convocation again, or note that it was handed over."""

    done = _("convening_saved", default="Noted.")

    def do(self, form: Mapping[str, Any]) -> str:
        meeting, member = self.context, str(form.get("member", ""))
        url = f"{meeting.absolute_url()}/convening"
        if form.get("verb") == "call_again":
            convening.call_again(meeting)
            return url
        if not member:
            raise InvalidInput([Fault("member", "required")])
        if form.get("verb") == "hand_over":
            convening.hand_over(
                meeting, member, _moment(form), str(form.get("how", ""))
            )
        else:
            convening.resend(meeting, member)
        return url

    def refused(self, error: PlonegovError) -> str:
        return Convening(self.context, self.request).again(error, self.request.form)


def _moment(form: Mapping[str, Any]) -> datetime:
    """Return the time that was typed, in the town's zone.

    :raises InvalidInput: it is none.
    """
    zone = town_zone()
    try:
        return datetime.fromisoformat(str(form.get("at", ""))).replace(tzinfo=zone)
    except ValueError as error:
        raise InvalidInput([Fault("at", "moment_expected")]) from error
