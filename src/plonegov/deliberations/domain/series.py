"""The sittings of a body that meets every week, made from a calendar."""

from collections.abc import Callable
from collections.abc import Iterator
from datetime import date
from datetime import timedelta


DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
#: A series covers a year at most: what comes later is not decided yet.
LONGEST = timedelta(days=366)


def sitting_days(
    first: date, last: date, weekday: int, is_working: Callable[[date], bool]
) -> Iterator[date]:
    """Yield the days on which a weekly body sits.

    A day on which the town does not work is left out: who wants another one plans it by
    hand.

    :param weekday: 0 is Monday.
    :raises ValueError: the series is longer than ``LONGEST``.
    """
    if last - first > LONGEST:
        raise ValueError("A series covers a year at most.")
    day = first + DAY * ((weekday - first.weekday()) % 7)
    while day <= last:
        if is_working(day):
            yield day
        day += WEEK
