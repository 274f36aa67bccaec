"""The clock of an order, in working days: what counts against the town.

- The day of placing does not count; the promised day is the last one that does.
- The clock runs in the states whose meaning says so (``domain.states``). It stops with
  the day on which the order leaves them, which still counts, and it goes on after the
  day on which the order comes back, which does not count any more. So a question that is
  answered on the same day changes nothing, and neither does a wait without working day.
- The promised day moves by exactly the working days that the clock stood still: a wait
  never costs the town a day and never gives it one. What was late stays as late.
- A reopened order goes on where its clock stopped.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import Protocol


class WorkingCalendar(Protocol):
    """The town's working days (``core.municipality.calendar.WorkingDays``)."""

    def add(self, day: date, count: int) -> date:
        """Return the day that is ``count`` working days after ``day``."""

    def between(self, start: date, end: date) -> int:
        """Return the number of working days after ``start``, up to ``end``."""


@dataclass(frozen=True)
class Clock:
    """An order's clock.

    ``due`` is the promised day, moved by ``pauses``: the stretches in which the clock
    stood still, each with the day of stopping and the day of going on. ``stopped`` is
    the day since when it stands still (None: it runs).
    """

    placed: date
    due: date
    pauses: tuple[tuple[date, date], ...] = ()
    stopped: date | None = None


def due(placed: date, delay_days: int, calendar: WorkingCalendar) -> date:
    """Return the day for which the document is promised.

    :param placed: the day on which the order was placed (not counted).
    :param delay_days: the promised delay in working days.
    """
    return calendar.add(placed, delay_days)


def shifted(
    promised: date, asked: date, answered: date, calendar: WorkingCalendar
) -> date:
    """Return the promised day after a wait for the citizen: as many working days
    later as passed from the question to the answer.

    :param asked: the day of the question (not counted).
    :param answered: the day of the answer (counted when it is a working day).
    """
    waited = calendar.between(asked, answered)
    return calendar.add(promised, waited) if waited else promised


def stop(clock: Clock, today: date) -> Clock:
    """Return the clock as it stands still from the end of a day; once is enough."""
    return clock if clock.stopped else replace(clock, stopped=today)


def resume(clock: Clock, today: date, calendar: WorkingCalendar) -> Clock:
    """Return the clock as it runs again after a day."""
    if clock.stopped is None:
        return clock
    return Clock(
        clock.placed,
        shifted(clock.due, clock.stopped, today, calendar),
        (*clock.pauses, (clock.stopped, today)),
    )


def used_days(clock: Clock, today: date, calendar: WorkingCalendar) -> int:
    """Return how many working days the town has used, today included."""
    until = today if clock.stopped is None else clock.stopped
    return calendar.between(clock.placed, until) - _paused(clock, calendar)


def promised_days(clock: Clock, calendar: WorkingCalendar) -> int:
    """Return how many working days the promise gives the town in all.

    It is the delay that the order was promised with. Where the town closed a day
    afterwards it is less: the promised day stays.
    """
    return calendar.between(clock.placed, clock.due) - _paused(clock, calendar)


def left_days(clock: Clock, today: date, calendar: WorkingCalendar) -> int:
    """Return how many working days are left after today; 0 when none is."""
    return max(0, _balance(clock, today, calendar))


def late_days(clock: Clock, today: date, calendar: WorkingCalendar) -> int:
    """Return how many working days the town is late; 0 when it is in time."""
    return max(0, -_balance(clock, today, calendar))


def is_overdue(clock: Clock, today: date) -> bool:
    """Say whether the clock runs and the promised day is over."""
    return clock.stopped is None and clock.due < today


def _balance(clock: Clock, today: date, calendar: WorkingCalendar) -> int:
    return promised_days(clock, calendar) - used_days(clock, today, calendar)


def _paused(clock: Clock, calendar: WorkingCalendar) -> int:
    return sum(calendar.between(start, end) for start, end in clock.pauses)
