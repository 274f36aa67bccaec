"""The clock of an order: how it stops and goes on, and what it says."""

from dataclasses import dataclass
from datetime import date
from plonegov.core.api import town_today
from plonegov.ordering.api.orders import working_days
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain import clock as rules
from plonegov.ordering.domain.clock import Clock
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.states import STATES


@dataclass(frozen=True)
class Reading:
    """What an order's clock says on a day, in working days.

    ``used`` counts today; ``begins`` is the first day that counts; ``stopped`` the day
    since when the clock stands still (None: it runs).
    """

    used: int
    promised: int
    left: int
    late: int
    overdue: bool
    begins: date
    stopped: date | None


def clock_of(order: Order) -> Clock:
    """Return an order's clock."""
    placed = town_today(order.placed)
    stopped = order.waiting_since or order.stopped
    return Clock(placed, order.due, order.pauses, stopped)


def read(order: Order, today: date | None = None) -> Reading:
    """Return what the order's clock says.

    :param today: the day in the town; now when it is left out.
    """
    day = today or town_today()
    clock, calendar = clock_of(order), working_days(order.service)
    return Reading(
        rules.used_days(clock, day, calendar),
        rules.promised_days(clock, calendar),
        rules.left_days(clock, day, calendar),
        rules.late_days(clock, day, calendar),
        rules.is_overdue(clock, day),
        calendar.add(clock.placed, 1),
        clock.stopped,
    )


def is_overdue(order: Order, today: date | None = None) -> bool:
    """Say whether the order's clock runs and its promised day is over."""
    return rules.is_overdue(clock_of(order), today or town_today())


def days_late(order: Order, today: date | None = None) -> int:
    """Return by how many working days the promise is missed; 0 when it is not."""
    return read(order, today).late


def tick(order: Order, new: State, today: date) -> None:
    """Keep the clock in step with a state that the order has just come to."""
    clock = clock_of(order)
    if STATES[new].clock_runs:
        clock = rules.resume(clock, today, working_days(order.service))
    else:
        clock = rules.stop(clock, today)
    order.due, order.pauses, order.stopped = clock.due, clock.pauses, clock.stopped
    order.waiting_since = clock.stopped if new == State.AWAITING_CITIZEN else None
    if new == State.READY:
        order.ready, order.days_used = today, read(order, today).used
    elif STATES[new].clock_runs:
        order.ready = order.days_used = None
