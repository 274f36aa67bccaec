"""The rules that hold at an item's transitions, whoever fires them."""

from collections.abc import Mapping
from dataclasses import dataclass
from plonegov.deliberations.domain.errors import RemoteNotAllowed
from plonegov.deliberations.domain.refusals import AdviceMissing
from plonegov.deliberations.domain.refusals import CopyInUse
from plonegov.deliberations.domain.refusals import DecisionMissing
from plonegov.deliberations.domain.refusals import ElectionUnfinished
from plonegov.deliberations.domain.refusals import MeetingDecided
from plonegov.deliberations.domain.refusals import MeetingFrozen
from plonegov.deliberations.domain.refusals import MeetingMissing
from plonegov.deliberations.domain.refusals import MeetingNotFrozen
from plonegov.deliberations.domain.refusals import MeetingNotSitting
from plonegov.deliberations.domain.refusals import MeetingOfAnotherBody
from plonegov.deliberations.domain.refusals import MeetingTakesNoItems
from plonegov.deliberations.domain.refusals import ResultAgainst
from plonegov.deliberations.domain.refusals import TitleMissing
from plonegov.deliberations.domain.refusals import UrgencyMissing
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import TAKES_ITEMS
from plonegov.deliberations.domain.steps import check
from plonegov.deliberations.domain.steps import check_reason
from plonegov.deliberations.domain.steps import Condition
from typing import Any


@dataclass(frozen=True)
class ItemFacts:
    """What the rules must know of an item.

    ``meeting`` is the state of the meeting that it stands on, or is to stand on (None:
    of none); ``same_body``: that meeting is of the item's body. ``advices`` are the
    services whose advice a rule asks for, and who still have time to give it.
    ``carried`` says how the vote on the whole ended (None: there was none).
    ``listed``: the item stood on the agenda when it was fixed, or its urgency was voted.
    ``copy_in_use``: it was postponed, and its copy went on since.
    ``election_open``: an election on it has a further round to come. ``at_hand``: the
    meeting does not sit at a distance, or the law lets it deal with the item so.
    """

    title: bool = True
    decision: bool = True
    meeting: MeetingState | None = None
    same_body: bool = True
    advices: tuple[str, ...] = ()
    carried: bool | None = None
    listed: bool = True
    copy_in_use: bool = False
    election_open: bool = False
    at_hand: bool = True


OVER = (MeetingState.DECIDED, MeetingState.CLOSED, MeetingState.CANCELLED)

_SITTING = Condition(
    lambda facts: facts.meeting is MeetingState.SITTING, MeetingNotSitting
)
_DECISION = Condition(lambda facts: facts.decision, DecisionMissing)
_NOT_OVER = Condition(lambda facts: facts.meeting not in OVER, MeetingDecided)
_LISTED = Condition(lambda facts: facts.listed, UrgencyMissing)
_ELECTED = Condition(lambda facts: not facts.election_open, ElectionUnfinished)
_NOT_AGAINST = Condition(lambda facts: facts.carried is not False, ResultAgainst)
#: CDLD, articles L6511-1 and following: not everything is dealt with at a distance.
_AT_HAND = Condition(lambda facts: facts.at_hand, RemoteNotAllowed)
_ADVISED = Condition(
    lambda facts: not facts.advices,
    AdviceMissing,
    lambda facts: {"services": ", ".join(facts.advices)},
)
#: What holds where a proposal is adopted, with changes or without.
_ADOPTED = (_SITTING, _AT_HAND, _ADVISED, _LISTED, _DECISION, _ELECTED, _NOT_AGAINST)

#: Transitions that need a reason.
REASONS = (
    ItemTransition.SEND_BACK,
    ItemTransition.RETURN_TO_SERVICE,
    ItemTransition.WITHDRAW,
)

CONDITIONS: Mapping[ItemTransition, tuple[Condition, ...]] = {
    ItemTransition.PROPOSE: (
        Condition(lambda facts: facts.title, TitleMissing),
        _DECISION,
    ),
    ItemTransition.VALIDATE: (_ADVISED,),
    ItemTransition.PRESENT: (
        Condition(lambda facts: facts.meeting is not None, MeetingMissing),
        Condition(lambda facts: facts.same_body, MeetingOfAnotherBody),
        Condition(lambda facts: facts.meeting in TAKES_ITEMS, MeetingTakesNoItems),
        _AT_HAND,
        _ADVISED,
    ),
    ItemTransition.TAKE_OFF: (_NOT_OVER,),
    ItemTransition.FREEZE: (
        Condition(
            lambda facts: facts.meeting in (MeetingState.FROZEN, MeetingState.SITTING),
            MeetingNotFrozen,
        ),
    ),
    ItemTransition.UNFREEZE: (
        Condition(
            lambda facts: (
                facts.meeting not in (MeetingState.FROZEN, MeetingState.SITTING, *OVER)
            ),
            MeetingFrozen,
        ),
    ),
    ItemTransition.RETURN_TO_SERVICE: (_NOT_OVER,),
    ItemTransition.RESUBMIT: (_DECISION, _NOT_OVER),
    ItemTransition.ACCEPT: _ADOPTED,
    ItemTransition.ACCEPT_MODIFIED: _ADOPTED,
    ItemTransition.REFUSE: (
        _SITTING,
        _AT_HAND,
        _LISTED,
        Condition(lambda facts: facts.carried is not True, ResultAgainst),
    ),
    ItemTransition.POSTPONE: (_SITTING,),
    ItemTransition.WITHDRAW: (_NOT_OVER,),
    ItemTransition.RECONSIDER: (
        _SITTING,
        Condition(lambda facts: not facts.copy_in_use, CopyInUse),
    ),
}


def check_item_step(transition: str, facts: ItemFacts, data: Mapping[str, Any]) -> None:
    """Refuse a transition of an item whose rules don't hold.

    :param data: the keyword arguments of the transition (``reason``).
    :raises StepRefused: named after the broken rule.
    """
    step = ItemTransition(transition)
    check_reason(data, step in REASONS)
    check(CONDITIONS.get(step, ()), facts)
