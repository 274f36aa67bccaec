from datetime import date
from datetime import datetime
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.municipality.calendar import check_opening_hours
from plonegov.core.municipality.calendar import is_open_now
from plonegov.core.municipality.calendar import open_until
from plonegov.core.municipality.calendar import opens_at
from plonegov.core.municipality.calendar import usual_week
from plonegov.core.municipality.calendar import WorkingDays
from zoneinfo import ZoneInfo

import pytest


BELGIUM = WorkingDays("BE")
OFFICE = "Mo-Fr 09:00-12:00,13:30-16:30"
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


#: The ten public holidays of 2026, royal decree of 18 April 1974, article 1.
@pytest.mark.parametrize(
    "day",
    [
        "01-01",
        "04-06",
        "05-01",
        "05-14",
        "05-25",
        "07-21",
        "08-15",
        "11-01",
        "11-11",
        "12-25",
    ],
)
def test_nobody_works_on_a_belgian_public_holiday(day):
    assert not BELGIUM.is_working(date.fromisoformat(f"2026-{day}"))


def test_weekends_are_no_working_days():
    week = [date(2026, 11, 23) + timedelta(days=number) for number in range(7)]
    assert [BELGIUM.is_working(day) for day in week] == [True] * 5 + [False] * 2


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 7, 20), 1, date(2026, 7, 22)),  # over the national holiday
        (date(2026, 12, 24), 5, date(2027, 1, 4)),  # over the turn of the year
    ],
)
def test_a_promise_in_working_days_ends_on_one(day, count, expected):
    assert BELGIUM.add(day, count) == expected


@given(DAYS, st.integers(1, 60))
def test_counting_is_the_inverse_of_adding(day, count):
    due = BELGIUM.add(day, count)
    assert BELGIUM.is_working(due)
    assert BELGIUM.between(day, due) == count
    assert BELGIUM.between(day, due - timedelta(days=1)) == count - 1


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_waiting_days_can_be_added_in_parts(day, one, two):
    start = BELGIUM.add(day, 0)
    assert BELGIUM.add(BELGIUM.add(start, one), two) == BELGIUM.add(start, one + two)


def test_there_is_nothing_between_a_day_and_an_earlier_one():
    assert BELGIUM.between(date(2026, 11, 27), date(2026, 11, 23)) == 0
    assert BELGIUM.between(date(2026, 11, 27), date(2026, 11, 27)) == 0


def test_working_days_are_not_counted_backward():
    with pytest.raises(ValueError, match="forward"):
        BELGIUM.add(date(2026, 11, 23), -1)


def test_a_regions_own_holidays_count_where_they_hold():
    good_friday = date(2026, 4, 3)
    assert WorkingDays("FR").is_working(good_friday)
    assert not WorkingDays("FR", "57").is_working(good_friday)


@pytest.mark.parametrize("place", [("QQ",), ("BE", "Atlantis")])
def test_an_unknown_calendar_is_refused(place):
    with pytest.raises(InvalidValue) as caught:
        WorkingDays(*place)
    assert caught.value.code == "calendar_unknown"
    assert caught.value.context == {"country": place[0]}


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("now", "until", "opens"),
    [
        ("2026-11-23T09:00", "2026-11-23T12:00", None),
        ("2026-11-23T11:59", "2026-11-23T12:00", None),
        ("2026-11-23T12:00", None, "2026-11-23T13:30"),
        ("2026-11-27T17:00", None, "2026-11-30T09:00"),
        ("2026-12-25T10:00", None, "2026-12-28T09:00"),  # Christmas, a Friday
    ],
)
def test_an_office_says_until_when_it_is_open_or_when_it_opens(now, until, opens):
    assert is_open_now(OFFICE, at(now), "BE") is bool(until)
    assert open_until(OFFICE, at(now), "BE") == (until and at(until))
    assert opens_at(OFFICE, at(now), "BE") == (opens and at(opens))


def test_a_holiday_is_open_only_where_the_text_says_so():
    christmas = at("2026-12-25T10:00")
    assert is_open_now(f"{OFFICE}; PH 10:00-11:00", christmas, "BE")
    assert is_open_now("24/7", christmas, "BE")
    assert not is_open_now(OFFICE, christmas, "BE")


def test_what_never_changes_has_no_next_moment():
    now = at("2026-11-23T09:00")
    assert open_until("24/7", now, "BE") is None
    assert opens_at("off", now, "BE") is None


def test_answers_keep_the_time_zone_of_the_question():
    zone = ZoneInfo("Europe/Brussels")
    now = datetime(2026, 11, 23, 10, tzinfo=zone)
    assert open_until(OFFICE, now, "BE") == datetime(2026, 11, 23, 12, tzinfo=zone)


@pytest.mark.parametrize("text", ["", "24/24", "Lu-Ve 9h-12h", "Mo-Fr 9-12-13"])
def test_hours_that_can_t_be_read_are_refused(text):
    with pytest.raises(InvalidValue) as caught:
        check_opening_hours(text)
    assert caught.value.code == "opening_hours"
    assert check_opening_hours(OFFICE) == OFFICE


def test_hours_of_an_unknown_country_are_refused():
    with pytest.raises(InvalidValue) as caught:
        is_open_now(OFFICE, at("2026-11-23T09:00"), "QQ")
    assert caught.value.code == "calendar_unknown"


def test_the_usual_week_is_told_in_the_readers_language():
    week = usual_week("Mo-Th 09:00-12:00,13:30-16:30; Fr 20:00-24:00; PH off", "fr")
    assert week[0].day == "lundi"
    assert week[0].hours == ("09:00–12:00", "13:30–16:30")
    assert week[4].hours == ("20:00–24:00",)
    assert (week[6].day, week[6].hours) == ("dimanche", ())
    assert usual_week(OFFICE, "nl")[2].day == "woensdag"
