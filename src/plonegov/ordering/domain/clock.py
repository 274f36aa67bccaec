"""The promised day of an order, in working days."""

from datetime import date
from typing import Protocol


class WorkingCalendar(Protocol):
    """The town's working days (``core.municipality.calendar.WorkingDays``)."""

    def add(self, day: date, count: int) -> date:
        """Return the day that is ``count`` working days after ``day``."""

    def between(self, start: date, end: date) -> int:
        """Return the number of working days after ``start``, up to ``end``."""


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
    return calendar.add(promised, calendar.between(asked, answered))
