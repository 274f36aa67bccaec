"""What each state of an order means: who must act, whether the clock runs, and the id
of its public label. The workflow definition is the truth for states and transitions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.model import Transition


class Actor(StrEnum):
    """Who must act next."""

    CLERK = "clerk"
    CITIZEN = "citizen"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Meaning:
    """What a state means.

    ``clock_runs``: its working days count against the promised delay. ``label`` is
    the message id of the public label.
    """

    actor: Actor
    clock_runs: bool
    label: str


def _meaning(state: State, actor: Actor, clock_runs: bool) -> Meaning:
    return Meaning(actor, clock_runs, f"state_{state}")


STATES: Mapping[State, Meaning] = {
    state: _meaning(state, actor, clock_runs)
    for state, actor, clock_runs in (
        (State.SUBMITTED, Actor.CLERK, True),
        (State.IN_PROGRESS, Actor.CLERK, True),
        (State.AWAITING_CITIZEN, Actor.CITIZEN, False),
        (State.READY, Actor.CLERK, False),
        (State.DELIVERED, Actor.NOBODY, False),
        (State.REJECTED, Actor.NOBODY, False),
        (State.WITHDRAWN, Actor.NOBODY, False),
        (State.EXPIRED, Actor.NOBODY, False),
    )
}

#: States in which nobody must act any more; from each an order can be reopened.
ENDS = tuple(
    state for state, meaning in STATES.items() if meaning.actor is Actor.NOBODY
)

#: States in which the document was issued or refused, or is asked for no more.
DECIDED = (State.READY, *ENDS)

#: Transitions that need nothing but the click.
WITHOUT_DATA = (
    Transition.START,
    Transition.ANSWER,
    Transition.WITHDRAW,
    Transition.EXPIRE,
    Transition.MAKE_READY,
    Transition.HAND_OVER,
)
