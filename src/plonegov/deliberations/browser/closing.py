"""``closing``: what is still open of a sitting, and the end of it.

Nothing is decided here: what is open is listed with the page on which it is mended.
"""

from functools import cached_property
from plonegov.core.registers.register import Register
from plonegov.deliberations import _
from plonegov.deliberations.api import law
from plonegov.deliberations.api import sittings
from plonegov.deliberations.browser.posting import Form
from plonegov.deliberations.browser.sittingbase import MeetingPage
from plonegov.deliberations.browser.sittingwords import due_lines
from plonegov.deliberations.browser.sittingwords import TO_DECIDE
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.meetingrules import Open
from plonegov.deliberations.domain.meetingrules import OpenPoint
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import NUMBERED
from plonegov.deliberations.vocabularies.choices import OFFICES
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


#: What is open, and what mends it.
POINTS: dict[OpenPoint, Message] = {
    OpenPoint.UNDECIDED: _(
        "open_undecided",
        default="Nothing is decided yet: decide, postpone or withdraw it.",
    ),
    OpenPoint.RESULT_MISSING: _(
        "open_result_missing",
        default="It is decided, but no vote on the whole is entered: take the decision "
        "back and enter the vote.",
    ),
    OpenPoint.DECISION_EMPTY: _(
        "open_decision_empty",
        default="It is decided, but its text is empty: write what was decided.",
    ),
    OpenPoint.QUORUM_DOUBTFUL: _(
        "open_quorum_doubtful",
        default="Its vote was held without a certain quorum: vote again.",
    ),
    OpenPoint.ELECTION_UNFINISHED: _(
        "open_election_unfinished",
        default="The election is not over: hold the next round, or postpone the item.",
    ),
    OpenPoint.CALL_NOT_JUDGED: _(
        "open_call_not_judged",
        default="The call was urgent: enter on the page of the sitting what the body "
        "found of that.",
    ),
    OpenPoint.CHAIR_MISSING: _(
        "open_chair_missing",
        default="Who presides or who keeps the minutes is not named: they sign.",
    ),
    OpenPoint.SIGNATORY_MISSING: _(
        "open_office_vacant",
        default="Nobody signs in this office today: enter who holds it, acts for the "
        "holder or signs by delegation.",
    ),
}

OVER = (MeetingState.DECIDED, MeetingState.CLOSED)


class Closing(MeetingPage):
    """End a sitting once nothing of it is open."""

    tab = "closing"
    index = ViewPageTemplateFile("templates/closing.pt")
    verbs = {"end": "end"}
    done = _("closing_done", default="The sitting is ended and its numbers are given.")

    def end(self, form: Form, about: str) -> str:
        """End the sitting; its decisions get their numbers."""
        sittings.end(self.context)
        return self.page_url

    @property
    def over(self) -> bool:
        """Whether the sitting was ended."""
        return self.context.state in OVER

    @property
    def publish_by(self) -> list[dict[str, Any]]:
        """Until when the list of what was decided is published, with its law."""
        return due_lines(sittings.list_due(self.context), self.language())

    @cached_property
    def open_points(self) -> list[dict[str, Any]]:
        """What is open, each in words with the page where it is mended."""
        if not self.sits:
            return []
        return [self._point(each) for each in sittings.open_points(self.context)]

    def _point(self, found: Open) -> dict[str, Any]:
        if found.role is not None:
            return {
                "title": OFFICES[found.role],
                "text": POINTS[found.point],
                "url": f"{self.desk_url}/bodies#functions",
            }
        item = self.items.get(found.item)
        if item is None:
            call = found.point is OpenPoint.CALL_NOT_JUDGED
            return {
                "title": _("closing_meeting", default="The meeting"),
                "text": POINTS[found.point],
                "url": f"{self.meeting_url}/{'sitting' if call else 'edit-meeting'}",
            }
        number = self.item_numbers[found.item]
        empty = found.point is OpenPoint.DECISION_EMPTY
        return {
            "title": f"{number}. {item.title}",
            "text": POINTS[found.point],
            "url": f"{item.absolute_url()}/{'edit-item' if empty else 'item-vote'}",
        }

    @cached_property
    def year(self) -> int:
        return law.day_of(self.context).year

    @cached_property
    def first_number(self) -> int:
        """The number that the register would give next: nobody's before it is given."""
        return Register(self.context.body).last(self.year) + 1

    def rows(self) -> list[dict[str, Any]]:
        """Return the items with the numbers that they have, or would get now."""
        shown, coming = [], self.first_number
        for key, item in self.items.items():
            registered = ""
            if item.registered:
                registered = "{}/{}".format(*item.registered)
            elif self.sits and item.state in NUMBERED:
                registered, coming = f"{self.year}/{coming}", coming + 1
            shown.append(
                {
                    "number": item.number or self.item_numbers[key],
                    "title": item.title,
                    "url": f"{item.absolute_url()}/item-page",
                    "state": self._state(item),
                    "registered": registered,
                }
            )
        return shown

    def _state(self, item: Item) -> dict[str, Any]:
        if item.state in ENDS:
            return self.item_state(item.state)
        return {"title": TO_DECIDE, "tag": "neutral"}

    @property
    def decisions(self) -> int:
        """How many decisions get, or have, a number."""
        return sum(item.state in NUMBERED for item in self.items.values())

    def documents(self) -> list[dict[str, Any]]:
        """Return the documents of the sitting; they are made from what was entered."""
        url = self.meeting_url
        count = {"number": str(self.decisions)}
        titles = (
            (
                "extracts",
                _("doc_extracts", default="Extracts: ${number}", mapping=count),
            ),
            ("minutes", _("doc_minutes", default="Minutes")),
            ("attendance.pdf", _("doc_attendance", default="Attendance list")),
        )
        return [{"title": title, "url": f"{url}/{name}"} for name, title in titles]
