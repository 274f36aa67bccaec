"""Closing days: the days on which a town, or one of its services, does not work.

They are written as ISO 8601 writes dates and intervals: ``2026-05-15`` is one day,
``2026-07-20/2026-07-31`` a stretch, ``12-24`` a day of every year and
``12-24/01-02`` a stretch of every year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import re


#: A year with every day, the 29th of February too.
LEAP_YEAR = 2024
#: Longest stretch of one entry, in days.
LONGEST = 92
#: Days of every year that one list closes at most: so that a promised day always comes.
YEARLY = 60

_YEARLY = re.compile(r"\d\d-\d\d")
_DATED = re.compile(r"\d{4}-\d\d-\d\d")

#: A day of the calendar: year (0: every year), month and day.
Point = tuple[int, int, int]


@dataclass(frozen=True)
class Closing:
    """One entry: its first and its last day, both closed."""

    first: Point
    last: Point

    def covers(self, day: date) -> bool:
        """Say whether a day is closed."""
        year = day.year if self.first[0] else 0
        point = (year, day.month, day.day)
        if self.first <= self.last:
            return self.first <= point <= self.last
        return point >= self.first or point <= self.last

    def length(self) -> int:
        """Return how many days it closes; a negative number ends before it begins."""
        first, last = map(_date, (self.first, self.last))
        days = (last - first).days + 1
        return days + 366 if days <= 0 and not self.first[0] else days


def parse(text: str) -> Closing:
    """Return the closing that a text says.

    :raises ValueError: it says none, or more than ``LONGEST`` days.
    """
    first, _slash, last = text.partition("/")
    ends = [_point(first), _point(last if _slash else first)]
    closing = Closing(*ends)
    if bool(ends[0][0]) != bool(ends[1][0]) or not 0 < closing.length() <= LONGEST:
        raise ValueError(text)
    return closing


def are_closings(texts: Iterable[Any]) -> bool:
    """Tell whether each text says a closing, and all of them leave days to work."""
    try:
        found = [parse(text) for text in texts]
    except ValueError:
        return False
    return sum(item.length() for item in found if not item.first[0]) <= YEARLY


def _point(text: str) -> Point:
    if _YEARLY.fullmatch(text):
        text, year = f"{LEAP_YEAR}-{text}", 0
    elif _DATED.fullmatch(text):
        year = int(text[:4])
    else:
        raise ValueError(text)
    day = date.fromisoformat(text)
    return (year, day.month, day.day)


def _date(point: Point) -> date:
    return date(point[0] or LEAP_YEAR, *point[1:])
