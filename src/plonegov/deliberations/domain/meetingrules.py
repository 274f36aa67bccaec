"""The rules that hold at a meeting's transitions, whoever fires them.

Whether its members are called in time is a rule of law (``domain.convocation``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from plonegov.deliberations.domain.model import Role
from plonegov.deliberations.domain.refusals import AgendaNotEmpty
from plonegov.deliberations.domain.refusals import ChairMissing
from plonegov.deliberations.domain.refusals import MinutesNotApproved
from plonegov.deliberations.domain.refusals import NotRemotely
from plonegov.deliberations.domain.refusals import NotTheDay
from plonegov.deliberations.domain.refusals import SittingOpen
from plonegov.deliberations.domain.states import MeetingTransition
from plonegov.deliberations.domain.steps import check
from plonegov.deliberations.domain.steps import check_reason
from plonegov.deliberations.domain.steps import Condition
from typing import Any


class OpenPoint(StrEnum):
    """What may still be open when a sitting is to end."""

    UNDECIDED = "undecided"
    ELECTION_UNFINISHED = "election_unfinished"
    RESULT_MISSING = "result_missing"
    DECISION_EMPTY = "decision_empty"
    QUORUM_DOUBTFUL = "quorum_doubtful"
    CALL_NOT_JUDGED = "call_not_judged"
    CHAIR_MISSING = "chair_missing"
    SIGNATORY_MISSING = "signatory_missing"


@dataclass(frozen=True)
class Open:
    """One thing that is still open: of which item (its key; empty: of the meeting).

    ``role`` is the one in which nobody signs.
    """

    point: OpenPoint
    item: str = ""
    role: Role | None = None


@dataclass(frozen=True)
class MeetingFacts:
    """What the rules must know of a meeting.

    ``come``: its day has come. ``open`` is what is still
    open of the sitting, ``items`` how many stand on the agenda.
    ``not_remote`` are the titles of those that the law does not let be dealt with at the
    distance at which the meeting is to sit.
    """

    come: bool = True
    chair: bool = True
    open: tuple[Open, ...] = ()
    items: int = 0
    minutes_approved: bool = False
    not_remote: tuple[str, ...] = ()


#: Transitions that need a reason.
REASONS = (
    MeetingTransition.RECALL,
    MeetingTransition.RESUME,
    MeetingTransition.REOPEN,
    MeetingTransition.CANCEL,
)

#: CDLD, articles L6511-1 and following: not everything is dealt with at a distance.
_AT_HAND = Condition(
    lambda facts: not facts.not_remote,
    NotRemotely,
    lambda facts: {"items": ", ".join(facts.not_remote)},
)

CONDITIONS: Mapping[MeetingTransition, tuple[Condition, ...]] = {
    MeetingTransition.CONVENE: (_AT_HAND,),
    MeetingTransition.FREEZE: (_AT_HAND,),
    MeetingTransition.OPEN: (
        Condition(lambda facts: facts.come, NotTheDay),
        Condition(lambda facts: facts.chair, ChairMissing),
        _AT_HAND,
    ),
    MeetingTransition.DECIDE: (
        Condition(
            lambda facts: not facts.open,
            SittingOpen,
            lambda facts: {"points": len(facts.open)},
        ),
    ),
    MeetingTransition.CLOSE: (
        Condition(lambda facts: facts.minutes_approved, MinutesNotApproved),
    ),
    MeetingTransition.CANCEL: (
        Condition(lambda facts: not facts.items, AgendaNotEmpty),
    ),
}


def check_meeting_step(
    transition: str, facts: MeetingFacts, data: Mapping[str, Any]
) -> None:
    """Refuse a transition of a meeting whose rules don't hold.

    :param data: the keyword arguments of the transition (``reason``).
    :raises StepRefused: named after the broken rule.
    """
    step = MeetingTransition(transition)
    check_reason(data, step in REASONS)
    check(CONDITIONS.get(step, ()), facts)
