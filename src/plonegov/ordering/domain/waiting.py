"""How long the town waits for a citizen: when it reminds once, when it closes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from enum import StrEnum
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import State


class Wait(StrEnum):
    """What the town waits for."""

    ANSWER = "answer"
    FETCH = "fetch"


class Due(StrEnum):
    """What is due while the town waits."""

    REMIND = "remind"
    EXPIRE = "expire"


@dataclass(frozen=True)
class Patience:
    """A wait in one state of an order: days until the reminder and until the end.

    ``ways`` are the deliveries that it is for. ``begins`` is the event of the order's
    log with which it begins.
    """

    state: State
    wait: Wait
    begins: str
    remind_days: int
    expire_days: int
    ways: Collection[Delivery] = tuple(Delivery)


#: No law sets these days. A question waits as long as a complement to an incomplete
#: request is usually given; a finished document waits twice as long at the counter.
PATIENCE = (
    Patience(State.AWAITING_CITIZEN, Wait.ANSWER, "ask", 15, 30),
    Patience(State.READY, Wait.FETCH, "make_ready", 15, 60, (Delivery.COUNTER,)),
)

#: The states in which the town may wait for the citizen.
STATES = tuple(patience.state for patience in PATIENCE)


def patience_of(state: str, delivery: str) -> Patience | None:
    """Return how long the town waits for the citizen now, None if it does not."""
    for patience in PATIENCE:
        if patience.state == state and delivery in patience.ways:
            return patience
    return None


def due_now(
    patience: Patience, since: date, today: date, reminded: date | None
) -> Due | None:
    """Return what is due today, if anything.

    :param since: the day on which the wait began.
    :param reminded: the day of the last reminder of this kind, of an earlier wait
        perhaps.
    """
    if today >= since + timedelta(days=patience.expire_days):
        return Due.EXPIRE
    once = reminded is not None and reminded >= since
    if not once and today >= since + timedelta(days=patience.remind_days):
        return Due.REMIND
    return None


def last_day(patience: Patience, since: date) -> date:
    """Return the last day on which the citizen may still act."""
    return since + timedelta(days=patience.expire_days - 1)
