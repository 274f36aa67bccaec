"""``sitting``: the run of a sitting on one page, for the clerk who enters it live."""

from datetime import datetime
from functools import cached_property
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import RecordNotFound
from plonegov.deliberations import _
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import law
from plonegov.deliberations.api import sessions
from plonegov.deliberations.api import sittings
from plonegov.deliberations.api import votes
from plonegov.deliberations.browser.ballotform import BallotForm
from plonegov.deliberations.browser.ballotform import exceptions_of
from plonegov.deliberations.browser.labels import PRIVACIES
from plonegov.deliberations.browser.posting import Form
from plonegov.deliberations.browser.posting import ticked
from plonegov.deliberations.browser.sittingbase import MeetingPage
from plonegov.deliberations.browser.sittingwords import result_message
from plonegov.deliberations.browser.sittingwords import said
from plonegov.deliberations.browser.sittingwords import TO_DECIDE
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.modes import Requests
from plonegov.deliberations.domain.modes import required
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.urgency import Judged
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


ALL_IN_FAVOUR = {"mode": str(Mode.SHOW_OF_HANDS)}
ACCEPT = "accept"

BUTTONS = {
    "call": _("sitting_call", default="Call"),
    "adopt": _("sitting_adopt", default="All in favour"),
    "vote": _("sitting_vote", default="Vote…"),
}


#: What the body finds of the urgency of its call.
JUDGED: dict[str, Message] = {
    Judged.URGENT: _("call_judged_urgent", default="The body found the call urgent."),
    Judged.NOT_URGENT: _(
        "call_judged_not_urgent",
        default="The body did not find the call urgent: postpone what it puts off.",
    ),
}


class Sitting(BallotForm, MeetingPage):
    """The agenda with what is decided, and one button for what comes next."""

    tab = "sitting"
    index = ViewPageTemplateFile("templates/sitting.pt")
    verbs = {
        "call": "call",
        "adopt": "adopt",
        "adopt_all": "adopt_ticked",
        "close_session": "close_session",
        "open_session": "open_session",
        "judge": "judge",
    }

    @property
    def labels(self) -> dict[str, str]:
        return {key: item.title for key, item in self.items.items()} | self.member_names

    @cached_property
    def words(self) -> dict[str, str]:
        """What the buttons of a row say."""
        return {name: self.say(text) for name, text in BUTTONS.items()}

    def call(self, form: Form, key: str) -> str:
        """Note that an item is dealt with from now on."""
        attendance.open_item(self.context, self.item_of(key))
        return f"{self.page_url}#{key}"

    def adopt(self, form: Form, key: str) -> str:
        """All are in favour of an item, by show of hands: it is adopted."""
        item = self.item_of(key)
        seen = str(form.get(f"seen.{key}", ""))
        if seen.isdigit():
            votes.check_seen(item, int(seen))
        votes.hold_all([item], ALL_IN_FAVOUR, ACCEPT)
        return self._next(key)

    def adopt_ticked(self, form: Form, about: str) -> str:
        """All are in favour of each of the ticked items, except some: the items are
        adopted, or none is."""
        keys = ticked(form, "selected")
        if not keys:
            raise InvalidInput([Fault("selected", "nothing_ticked")])
        chosen = [item for key, item in self.items.items() if key in keys]
        given = {**ALL_IN_FAVOUR, "exceptions": exceptions_of(form)}
        votes.hold_all(chosen, given, ACCEPT)
        return self._next(chosen[-1].getId() if chosen else "")

    def close_session(self, form: Form, about: str) -> str:
        """Note that the sitting goes on without the public."""
        attendance.close_session(self.context)
        return f"{self.page_url}#agenda"

    def open_session(self, form: Form, about: str) -> str:
        """Note that the public comes back."""
        sessions.reopen(self.context)
        return f"{self.page_url}#agenda"

    def judge(self, form: Form, about: str) -> str:
        """Note what the body found of the urgency of its call."""
        if about not in tuple(Judged):
            raise RecordNotFound()
        sittings.judge_call(self.context, Judged(about))
        return self.page_url

    @cached_property
    def call_to_judge(self) -> list[dict[str, Any]]:
        """Why the body judges the urgency of its call, with its law; []: it does not."""
        found = sittings.call_to_judge(self.context) if self.sits else None
        return said((found,), self.language()) if found is not None else []

    @property
    def call_judged(self) -> Message | None:
        """What the body found of the urgency of its call, None before it did."""
        return JUDGED.get(self.context.call_judged)

    def _next(self, key: str) -> str:
        found = self.next_undecided(key)
        return f"{self.page_url}#{found.getId() if found else 'agenda'}"

    @cached_property
    def present(self) -> list[str]:
        """Names of the members in the room now, by precedence."""
        here = attendance.present_now(self.context)
        return [name for uid, name in self.member_names.items() if uid in here]

    def voters(self) -> list[dict[str, Any]]:
        """Return the rows of a vote on several items: who is in the room."""
        here = attendance.present_now(self.context)
        return [
            self.voter(uid, name)
            for uid, name in self.member_names.items()
            if uid in here
        ]

    @property
    def excepted(self) -> bool:
        """Whether somebody was marked otherwise in what was typed."""
        return bool(exceptions_of(self.typed))

    @cached_property
    def is_closed(self) -> str:
        """Since when the session is closed to the public, or ""."""
        if not sessions.is_closed(self.context):
            return ""
        times = [
            row["at"]
            for row in self.context.attendance.standing
            if row["kind"] == "closed_session"
        ]
        return self.clock(datetime.fromisoformat(max(times)))

    @cached_property
    def open_items_left(self) -> int:
        """How many items of the public session are not decided."""
        return sum(
            item.privacy == Privacy.OPEN and item.state not in ENDS
            for item in self.items.values()
        )

    @property
    def undecided(self) -> int:
        return sum(item.state not in ENDS for item in self.items.values())

    @cached_property
    def called_now(self) -> str:
        """The key of the item that was called last, or ""."""
        keys = [
            row["item"]
            for row in self.context.attendance.standing
            if row["kind"] == "opened"
        ]
        return keys[-1] if keys else ""

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of the agenda: headings, and items with what became of them."""
        shown = []
        for row in self.context.agenda.rows:
            if row.is_item:
                shown.append(self._row(self.items[row.key]))
            else:
                shown.append({"heading": row.heading})
        return shown

    def _row(self, item: Item) -> dict[str, Any]:
        key = item.getId()
        whole = [row for row in item.ballots.rows if row["whole"]]
        called = attendance.called_at(self.context, item)
        runs = self.sits and item.state == ItemState.FROZEN
        return {
            "heading": "",
            "key": key,
            "number": self.item_numbers[key],
            "title": item.title,
            "url": f"{item.absolute_url()}/item-vote",
            "closed": PRIVACIES["closed"] if item.privacy == Privacy.CLOSED else "",
            "state": self._state(item),
            "result": result_message(whole[-1], self.say) if whole else "",
            "called": self.clock(called) if called else "",
            "now": key == self.called_now and item.state not in ENDS,
            "undecided": item.state not in ENDS,
            "runs": runs,
            "adoptable": runs and self._adoptable(item),
            "why_not": self._why_not(item) if runs else "",
            "seen": len(item.events),
        }

    def _state(self, item: Item) -> dict[str, Any]:
        if self.sits and item.state == ItemState.FROZEN:
            return {"title": TO_DECIDE, "tag": "neutral"}
        return self.item_state(item.state)

    def _adoptable(self, item: Item) -> bool:
        """Whether a show of hands without exceptions may decide an item."""
        return not self._why_not(item) and self.quorum_words["holds"]

    def _why_not(self, item: Item) -> Any:
        if item.late and not item.urgency.get("carried"):
            return _("sitting_urgency_first", default="Late: vote on its urgency first")
        there = len(self.present)
        wanted = required(Matter(item.matter), there, Requests(), self.rules)
        if wanted.mode is Mode.SECRET:
            return _("sitting_secret", default="Secret vote")
        return ""

    @cached_property
    def rules(self) -> Any:
        """The law of the body on the day."""
        return law.rules_of(self.context)
