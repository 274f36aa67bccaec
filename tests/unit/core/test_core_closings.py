"""Closing days: how they are written, and that they are no working days."""

from datetime import date
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.municipality.calendar import has_calendar
from plonegov.core.municipality.calendar import WorkingDays
from plonegov.core.municipality.closings import are_closings
from plonegov.core.municipality.closings import parse

import pytest


@pytest.mark.parametrize(
    ("text", "closed", "opened"),
    [
        ("2026-05-15", ["2026-05-15"], ["2026-05-14", "2026-05-16", "2027-05-15"]),
        (
            "2026-12-24/2027-01-02",
            ["2026-12-24", "2026-12-31", "2027-01-02"],
            ["2026-12-23", "2027-01-03", "2027-12-24"],
        ),
        ("12-24", ["2026-12-24", "2035-12-24"], ["2026-12-25"]),
        ("07-20/07-31", ["2026-07-20", "2030-07-31"], ["2026-07-19", "2030-08-01"]),
        ("12-24/01-02", ["2026-12-24", "2027-01-02"], ["2026-12-23", "2026-01-03"]),
        ("02-29", ["2028-02-29"], ["2028-02-28", "2027-03-01", "2027-02-28"]),
    ],
)
def test_a_closing_covers_its_days_with_both_ends(text, closed, opened):
    closing = parse(text)
    assert all(closing.covers(date.fromisoformat(day)) for day in closed)
    assert not any(closing.covers(date.fromisoformat(day)) for day in opened)


@pytest.mark.parametrize(
    "texts",
    [
        [""],
        ["24-12-2026"],
        ["2026-02-29"],
        ["02-30"],
        ["2026-1-2"],
        ["20260515"],
        ["2026-12-24/01-02"],
        ["12-24/2027-01-02"],
        ["2026-12-24/2026-12-23"],
        ["2026-01-01/2026-12-31"],  # longer than an entry may be
        ["01-01/02-15", "07-01/07-31"],  # more than sixty days of every year
        ["0000-01-01"],
    ],
)
def test_what_closes_no_day_or_too_many_is_refused(texts):
    assert not are_closings(texts)


def test_a_town_may_close_many_days_of_one_year_but_few_of_every_year():
    assert are_closings([])
    assert are_closings(["2026-01-01/2026-03-31", "2026-06-01/2026-08-31", "12-24"])
    assert are_closings(["12-24/01-02", "07-01/07-31"])


def test_a_closing_day_is_no_working_day():
    open_, closed = WorkingDays("BE"), WorkingDays("BE", None, ["12-24/01-02"])
    eve = date(2026, 12, 24)
    assert open_.is_working(eve)
    assert not closed.is_working(eve)
    assert closed.add(date(2026, 12, 23), 1) == date(2027, 1, 4)
    with pytest.raises(ValueError, match="Christmas"):
        WorkingDays("BE", None, ["Christmas"])


@given(
    day=st.dates(date(2026, 1, 1), date(2035, 12, 31)),
    length=st.integers(0, 59),
    start=st.dates(date(2024, 1, 1), date(2024, 12, 31)),
)
def test_a_promised_day_always_comes(day, length, start):
    last = start + timedelta(days=length)
    text = f"{start:%m-%d}/{last:%m-%d}"
    calendar = WorkingDays("FR", "57", [text] if are_closings([text]) else [])
    found = calendar.add(day, 30)
    assert calendar.is_working(found)
    assert calendar.between(day, found) == 30


@pytest.mark.parametrize(
    ("country", "region", "known"),
    [
        ("FR", "57", True),
        ("ES", "CT", True),
        ("BE", "57", False),
        ("QQ", "57", False),
    ],
)
def test_a_regions_holidays_are_known_or_not(country, region, known):
    assert has_calendar(country, region) is known
