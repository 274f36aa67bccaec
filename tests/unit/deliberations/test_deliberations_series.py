"""The weekly sittings of a body."""

from datetime import date
from hypothesis import given
from hypothesis import strategies
from itertools import pairwise
from plonegov.deliberations.domain.series import LONGEST
from plonegov.deliberations.domain.series import sitting_days

import pytest


def days(first, last, weekday=0, off=()):
    found = sitting_days(first, last, weekday, lambda day: day not in off)
    return [day.isoformat() for day in found]


def test_a_body_sits_on_its_weekday_and_not_on_a_free_day():
    first, last = date(2026, 12, 1), date(2026, 12, 31)
    assert days(first, last) == ["2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28"]
    assert days(first, last, off=[date(2026, 12, 14)])[1] == "2026-12-21"
    assert days(last, first) == []


def test_a_series_covers_a_year_at_most():
    with pytest.raises(ValueError, match="year"):
        days(date(2026, 1, 1), date(2027, 6, 1))


@given(
    strategies.dates(date(2020, 1, 1), date(2030, 1, 1)),
    strategies.timedeltas(min_value=LONGEST * 0, max_value=LONGEST),
    strategies.integers(0, 6),
)
def test_the_days_are_weeks_apart_and_inside(first, span, weekday):
    last = first + span
    found = list(sitting_days(first, last, weekday, lambda day: True))
    assert all(first <= day <= last and day.weekday() == weekday for day in found)
    assert {(b - a).days for a, b in pairwise(found)} <= {7}
    assert len(found) >= span.days // 7
