"""``item-vote``: a vote on an item, its result with its law, and the decision."""

from datetime import datetime
from functools import cached_property
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import RecordNotFound
from plonegov.core.records.steps import offered
from plonegov.deliberations import _
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import items
from plonegov.deliberations.api import votes
from plonegov.deliberations.api.room import Room
from plonegov.deliberations.api.room import room_of
from plonegov.deliberations.browser.ballotform import BallotForm
from plonegov.deliberations.browser.ballotform import exceptions_of
from plonegov.deliberations.browser.itemasks import AsksOnItem
from plonegov.deliberations.browser.itemasks import LABELS as ASKED
from plonegov.deliberations.browser.labels import COUNTS
from plonegov.deliberations.browser.labels import INTERESTS
from plonegov.deliberations.browser.labels import ITEM_STEPS
from plonegov.deliberations.browser.labels import MATTERS
from plonegov.deliberations.browser.labels import MODES
from plonegov.deliberations.browser.labels import PRIVACIES
from plonegov.deliberations.browser.posting import Form
from plonegov.deliberations.browser.posting import ticked
from plonegov.deliberations.browser.sittingwords import lines
from plonegov.deliberations.browser.sittingwords import NO_VOTE
from plonegov.deliberations.browser.sittingwords import said
from plonegov.deliberations.browser.sittingwords import TO_DECIDE
from plonegov.deliberations.browser.sittingwords import vote_shown
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.voting import COUNTS as PAPERS
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


#: Decisions, in the order of their buttons.
DECISIONS = ("accept", "accept_modified", "refuse", "postpone")
#: What the vote on the whole says is to be decided.
FOLLOWS = {True: "accept", False: "refuse"}

LABELS = {
    "label": _("vote_label", default="Part that is voted on"),
    "secret_asked": _("vote_secret_asked", default="Members who ask for a secret vote"),
    "named_asked": _("vote_named_asked", default="Members who ask for a vote by name"),
    "reason": _("decision_reason", default="Reason"),
    "urgency_reason": _("urgency_reason", default="Why it can't wait"),
    **{f"counts.{name}": title for name, title in COUNTS.items()},
}


def given_of(form: Form) -> dict[str, Any]:
    """Return what a posted form says of a vote, as ``votes.hold`` takes it.

    Of a secret vote nothing but the counts is read: it names nobody.
    """
    given: dict[str, Any] = {
        "mode": form.get("mode", ""),
        "label": form.get("label", ""),
        "secret_asked": form.get("secret_asked", ""),
        "named_asked": form.get("named_asked", ""),
        "waived": bool(form.get("waived")),
        "urgent": bool(form.get("urgent")),
    }
    if given["mode"] == Mode.SECRET:
        given["counts"] = {name: form.get(f"counts.{name}", "") for name in PAPERS}
    else:
        given["exceptions"] = exceptions_of(form)
    return given


class ItemVote(BallotForm, AsksOnItem):
    """Hold votes on an item, then decide it as they say."""

    page_name = "item-vote"
    index = ViewPageTemplateFile("templates/itemvote.pt")
    #: Macros: ``urgency``, ``form``.
    vote_parts = ViewPageTemplateFile("templates/itemvote_parts.pt")
    papers = tuple((f"counts.{name}", COUNTS[name]) for name in PAPERS)
    verbs = AsksOnItem.asks | {
        "call": "call",
        "hold": "hold",
        "hold_decide": "hold_and_decide",
        "take_back": "take_back",
        "urgency": "urgency",
        "decide": "decide",
        "withdraw": "withdraw",
        "reconsider": "reconsider",
    }

    @property
    def page_title(self) -> Message:
        return _(
            "vote_title",
            default="${number}. ${title}",
            mapping={"number": str(self.number), "title": self.context.title},
        )

    @property
    def labels(self) -> dict[str, Any]:
        return LABELS | ASKED | self.member_names

    def call(self, form: Form, about: str) -> str:
        attendance.open_item(self.meeting, self.context)
        return self.page_url

    def hold(self, form: Form, about: str) -> str:
        """Keep a vote."""
        self._check_seen(form)
        votes.hold(self.context, given_of(form))
        return f"{self.page_url}#votes-heading"

    def hold_and_decide(self, form: Form, about: str) -> str:
        """Keep a vote on the whole, and decide the item as it ended."""
        self._check_seen(form)
        row = votes.hold(self.context, given_of(form))
        follows = FOLLOWS.get(row["carried"]) if row["whole"] else None
        if follows is None:
            return f"{self.page_url}#votes-heading"
        items.change(self.context, follows)
        return self._next()

    def take_back(self, form: Form, place: str) -> str:
        self._check_seen(form)
        votes.take_back(self.context, int(place) if place.isdigit() else -1)
        return f"{self.page_url}#vote-heading"

    def urgency(self, form: Form, about: str) -> str:
        """Keep the vote on the urgency of a late item."""
        self._check_seen(form)
        reason = str(form.get("urgency_reason", ""))
        if not reason.strip():
            raise InvalidInput([Fault("urgency_reason", "required")])
        votes.declare_urgency(self.context, ticked(form, "in_favour"), reason)
        return self.page_url

    def decide(self, form: Form, transition: str) -> str:
        """Decide the item; the next one that is open comes then."""
        if transition not in DECISIONS:
            raise RecordNotFound()
        self._check_seen(form)
        items.change(self.context, transition)
        return self._next()

    def withdraw(self, form: Form, about: str) -> str:
        self._check_seen(form)
        items.change(self.context, "withdraw", reason=str(form.get("reason", "")))
        return self._next()

    def reconsider(self, form: Form, about: str) -> str:
        """Take the decision back while the meeting sits."""
        self._check_seen(form)
        items.change(self.context, "reconsider")
        return self.page_url

    def _check_seen(self, form: Form) -> None:
        seen = str(form.get("seen", ""))
        if seen.isdigit():
            votes.check_seen(self.context, int(seen))

    def _next(self) -> str:
        found = self.next_undecided(self.context.getId())
        if found is None:
            return f"{self.meeting_url}/sitting"
        return f"{found.absolute_url()}/{self.page_name}"

    @property
    def seen(self) -> int:
        return len(self.context.events)

    @property
    def runs(self) -> bool:
        """Whether votes on the item may be entered."""
        return self.sits and self.context.state == ItemState.FROZEN

    @property
    def decided(self) -> bool:
        return self.context.state in ENDS

    @cached_property
    def facts(self) -> list[Any]:
        """What the item is, in a few words."""
        item = self.context
        at = {"time": self.called} if self.called else {}
        return [
            PRIVACIES[item.privacy],
            MATTERS[item.matter],
            *(
                [_("vote_called", default="Called at ${time}", mapping=at)]
                if at
                else []
            ),
        ]

    @cached_property
    def called(self) -> str:
        """At what time the item was called, or ""."""
        called = attendance.called_at(self.meeting, self.context)
        return self.clock(called) if called else ""

    @property
    def state_shown(self) -> dict[str, Any]:
        """Title and tag of the item's state; while it is dealt with, that it is open."""
        if self.runs:
            return {"title": TO_DECIDE, "tag": "neutral"}
        return self.item_state(self.context.state)

    @cached_property
    def room(self) -> Room:
        return room_of(self.context)

    @cached_property
    def quorum_of_item(self) -> dict[str, Any]:
        """Whether the item may be decided, in words."""
        found = self.room.quorum
        return {"holds": found.holds, "lines": said(found.trace, self.language())}

    @cached_property
    def mode(self) -> str:
        """The mode of the form: as chosen, else as the law wants it."""
        asked = str(self.value_of("mode") or self.request.form.get("mode", ""))
        if asked in MODES:
            return asked
        return str(self.room.wanted.mode or Mode.SHOW_OF_HANDS)

    def modes(self) -> list[dict[str, Any]]:
        """Return the ways to vote, each with its form's address."""
        return [
            {
                "title": title,
                "url": f"{self.page_url}?mode={name}#vote-heading",
                "current": "true" if name == self.mode else None,
            }
            for name, title in MODES.items()
        ]

    @property
    def wanted(self) -> list[dict[str, Any]]:
        """How the law wants the vote taken, in words."""
        return said(self.room.wanted.trace, self.language())

    @property
    def is_secret(self) -> bool:
        return self.mode == Mode.SECRET

    def voters(self) -> list[dict[str, Any]]:
        """Return who may vote, by precedence, each with the choice that was typed."""
        held = self.room.voters
        return [
            self.voter(
                uid, name, self.member_names.get(held.represented.get(uid, ""), "")
            )
            for uid, name in self.member_names.items()
            if uid in held.voters
        ]

    def without_vote(self) -> list[dict[str, Any]]:
        """Return who may not vote, and why."""
        held, recused = self.room.voters, self.room.case.presence.recused
        excused = attendance.attendance_of(self.meeting).excused
        rows = []
        for uid, name in self.member_names.items():
            if uid in held.voters or uid not in held.members:
                continue
            reason = "excused" if uid in excused else "absent"
            text = NO_VOTE["recused" if uid in recused else reason]
            if uid in recused:
                mapping = {"interest": self.say(INTERESTS[recused[uid]])}
                text = Message(text, default=text.default, mapping=mapping)
            rows.append({"name": name, "why": text})
        return rows

    def held(self) -> list[dict[str, Any]]:
        """Return the votes on the item, the latest first."""
        rows = [
            vote_shown(row, place, self.member_names, self)
            | {"at": self.clock(datetime.fromisoformat(row["at"]))}
            for place, row in enumerate(self.context.ballots.rows)
        ]
        return rows[::-1]

    @cached_property
    def urgency_result(self) -> dict[str, Any]:
        """The vote on the urgency, {} when there was none."""
        found = self.context.urgency
        if not found:
            return {}
        return {
            "reason": found["reason"],
            "names": ", ".join(
                self.member_names.get(each, each) for each in found["names"]
            ),
            "lines": lines(found["trace"], self.language()),
        }

    @property
    def urgency_open(self) -> bool:
        """Whether the urgency is still to be voted on."""
        item = self.context
        return self.runs and item.late and not item.urgency.get("carried")

    def present(self) -> list[dict[str, Any]]:
        """Return who may declare the urgency, ticked unless it was typed otherwise."""
        here, typed = self.room.voters.present, self.value_of("in_favour", None)
        return [
            {
                "uid": uid,
                "name": name,
                "checked": "checked" if typed is None or uid in typed else None,
            }
            for uid, name in self.member_names.items()
            if uid in here
        ]

    @cached_property
    def offered(self) -> set[str]:
        return offered(self.context)

    def decisions(self) -> list[dict[str, Any]]:
        """Return the decisions that may be taken; what the vote says comes first."""
        whole = [row for row in self.context.ballots.rows if row["whole"]]
        main = FOLLOWS.get(whole[-1]["carried"]) if whole else None
        return [
            {"id": name, "title": ITEM_STEPS[name], "main": name == main}
            for name in DECISIONS
            if name in self.offered
        ]

    @property
    def next_item(self) -> dict[str, str] | None:
        """Title and address of the next item that is not decided."""
        found = self.next_undecided(self.context.getId())
        if found is None or found.getId() == self.context.getId():
            return None
        url = f"{found.absolute_url()}/{self.page_name}"
        return {"title": found.title, "url": url}

    @property
    def went_on(self) -> dict[str, Any] | None:
        """What a colleague did last, where that is why nothing was done."""
        if not any(fault.code == "sitting_went_on" for fault in self.faults):
            return None
        return self.history()[0]
