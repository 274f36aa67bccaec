"""The clock of an order: tables of single cases, properties over ten years."""

from datetime import date
from datetime import timedelta
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from itertools import pairwise
from plonegov.core.municipality.calendar import WorkingDays
from plonegov.ordering.domain import clock
from plonegov.ordering.domain.clock import Clock

import pytest


DAY = timedelta(days=1)
CLOSED = ("12-24/01-02", "05-15", "2028-02-29", "2027-07-12/2027-07-23")
BELGIUM = WorkingDays("BE")
CALENDARS = (
    BELGIUM,
    WorkingDays("FR"),
    WorkingDays("FR", "57"),
    WorkingDays("BE", None, CLOSED),
    WorkingDays("FR", "57", CLOSED),
)

calendars = st.sampled_from(CALENDARS)
#: Ten years with three leap days and all movable feasts.
days = st.dates(date(2026, 1, 1), date(2035, 12, 31))
delays = st.integers(1, 30)
#: After how many days the clock stops, and for how many it stands still.
waits = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 45)), max_size=5)


def on(text):
    return date.fromisoformat(text)


def placed(day, delay, calendar):
    return Clock(day, clock.due(day, delay, calendar))


def lived(start, lengths, calendar):
    """Return a clock after stretches of work and waiting, and the day it is."""
    today, found = start.placed, start
    for worked, waited in lengths:
        found = clock.stop(found, today + DAY * worked)
        today += DAY * (worked + waited)
        found = clock.resume(found, today, calendar)
    return found, today


@pytest.mark.parametrize(
    ("what", "steps", "today", "used", "left", "late"),
    [
        # Placed on Monday 23 November 2026, five working days: until Monday 30.
        ("the day of placing doesn't count", [], "2026-11-23", 0, 5, 0),
        ("the next working day is the first", [], "2026-11-24", 1, 4, 0),
        ("the third day", [], "2026-11-26", 3, 2, 0),
        ("a weekend uses nothing", [], "2026-11-29", 4, 1, 0),
        ("the promised day counts, in time", [], "2026-11-30", 5, 0, 0),
        ("the day after it is late", [], "2026-12-01", 6, 0, 1),
        (
            "asked and answered on the same day: nothing changes",
            [("2026-11-25", "2026-11-25")],
            "2026-11-26",
            3,
            2,
            0,
        ),
        (
            "the day of the question counts, that of the answer doesn't",
            [("2026-11-25", "2026-11-27")],
            "2026-11-30",
            3,
            2,
            0,
        ),
        (
            "asked on a Saturday, answered on Monday: Monday doesn't count",
            [("2026-11-28", "2026-11-30")],
            "2026-12-01",
            5,
            0,
            0,
        ),
        (
            "asked on Friday, answered on Sunday: no working day passed",
            [("2026-11-27", "2026-11-29")],
            "2026-11-30",
            5,
            0,
            0,
        ),
        (
            "asked twice: each wait counts for itself",
            [("2026-11-24", "2026-11-26"), ("2026-11-26", "2026-11-30")],
            "2026-12-01",
            2,
            3,
            0,
        ),
        (
            "asked after the promise is over: what was late stays late",
            [("2026-12-02", "2026-12-07")],
            "2026-12-07",
            7,
            0,
            2,
        ),
        ("while the citizen must act", [("2026-11-25", None)], "2026-12-24", 2, 3, 0),
    ],
)
def test_what_counts_against_the_town(what, steps, today, used, left, late):
    found = placed(on("2026-11-23"), 5, BELGIUM)
    for asked, answered in steps:
        found = clock.stop(found, on(asked))
        if answered:
            found = clock.resume(found, on(answered), BELGIUM)
    day = on(today)
    assert clock.used_days(found, day, BELGIUM) == used, what
    assert clock.left_days(found, day, BELGIUM) == left, what
    assert clock.late_days(found, day, BELGIUM) == late, what
    assert clock.promised_days(found, BELGIUM) == 5, what


def test_a_question_on_a_holiday_costs_nobody_a_day():
    found = placed(on("2026-12-23"), 3, BELGIUM)
    found = clock.stop(found, on("2026-12-25"))
    found = clock.resume(found, on("2026-12-27"), BELGIUM)
    assert found.due == on("2026-12-29")


def test_a_reopened_order_goes_on_where_its_clock_stopped():
    found = placed(on("2026-11-23"), 5, BELGIUM)
    found = clock.stop(found, on("2026-11-25"))  # made ready
    found = clock.stop(found, on("2026-11-27"))  # handed over: it stands still already
    found = clock.resume(found, on("2026-12-14"), BELGIUM)
    assert clock.used_days(found, on("2026-12-14"), BELGIUM) == 2
    assert found.due == on("2026-12-17")


def test_a_clock_that_runs_is_not_resumed():
    found = placed(on("2026-11-23"), 5, BELGIUM)
    assert clock.resume(found, on("2026-11-27"), BELGIUM) is found


def test_overdue_is_a_clock_that_runs_past_its_day():
    found = placed(on("2026-11-23"), 5, BELGIUM)
    assert not clock.is_overdue(found, found.due)
    assert clock.is_overdue(found, found.due + DAY)
    stopped = clock.stop(found, on("2026-11-25"))
    assert not clock.is_overdue(stopped, found.due + DAY)


def test_a_document_of_the_same_day_is_late_on_the_next():
    found = placed(on("2026-11-23"), 0, BELGIUM)
    assert found.due == on("2026-11-23")
    assert clock.late_days(found, on("2026-11-24"), BELGIUM) == 1


def test_a_promised_day_that_was_closed_afterwards_stays():
    promised, closed = on("2026-11-30"), WorkingDays("BE", None, ["2026-11-30"])
    assert (
        clock.shifted(promised, on("2026-11-25"), on("2026-11-25"), closed) == promised
    )
    found = placed(on("2026-11-23"), 5, BELGIUM)
    assert clock.promised_days(found, closed) == 4
    assert clock.late_days(found, on("2026-12-01"), closed) == 1


@given(day=days, delay=delays, calendar=calendars)
def test_a_promise_never_ends_on_a_day_off(day, delay, calendar):
    assert calendar.is_working(clock.due(day, delay, calendar))


@given(day=days, delay=delays, calendar=calendars)
def test_a_longer_delay_ends_later_and_a_later_order_not_earlier(day, delay, calendar):
    promised = clock.due(day, delay, calendar)
    assert clock.due(day, delay + 1, calendar) > promised
    assert clock.due(day + DAY, delay, calendar) >= promised


@given(day=days, delay=delays, calendar=calendars, passed=st.integers(0, 90))
def test_used_and_left_are_what_was_promised(day, delay, calendar, passed):
    found, today = placed(day, delay, calendar), day + DAY * passed
    used = clock.used_days(found, today, calendar)
    left, late = (
        count(found, today, calendar) for count in (clock.left_days, clock.late_days)
    )
    assert clock.promised_days(found, calendar) == delay
    assert used + left - late == delay
    assert not (left and late)


@given(day=days, delay=delays, calendar=calendars, lengths=waits)
@settings(max_examples=200)
def test_no_wait_changes_how_much_was_promised(day, delay, calendar, lengths):
    found, today = lived(placed(day, delay, calendar), lengths, calendar)
    assert calendar.is_working(found.due)
    assert clock.promised_days(found, calendar) == delay
    used = clock.used_days(found, today, calendar)
    left = clock.left_days(found, today, calendar)
    late = clock.late_days(found, today, calendar)
    assert used + left - late == delay
    assert left == calendar.between(today, found.due)
    assert late == calendar.between(found.due, today)


@given(day=days, delay=delays, calendar=calendars, lengths=waits)
@settings(max_examples=200)
def test_only_working_days_outside_of_waits_are_used(day, delay, calendar, lengths):
    found, today = lived(placed(day, delay, calendar), lengths, calendar)
    worked = [
        one
        for number in range(1, (today - day).days + 1)
        if calendar.is_working(one := day + DAY * number)
        and not any(start < one <= end for start, end in found.pauses)
    ]
    assert clock.used_days(found, today, calendar) == len(worked)


@given(
    day=days, delay=delays, calendar=calendars, lengths=waits, more=st.integers(0, 60)
)
def test_a_wait_gives_the_town_no_day_and_costs_it_none(
    day, delay, calendar, lengths, more
):
    found, today = lived(placed(day, delay, calendar), lengths, calendar)
    before = clock.used_days(found, today, calendar)
    late = clock.late_days(found, today, calendar)
    waiting = clock.stop(found, today)
    later = today + DAY * more
    assert clock.used_days(waiting, later, calendar) == before
    again = clock.resume(waiting, later, calendar)
    assert clock.used_days(again, later, calendar) == before
    assert clock.late_days(again, later, calendar) == late


@given(day=days, delay=delays, calendar=calendars, lengths=waits)
def test_the_clock_never_runs_backwards(day, delay, calendar, lengths):
    found, today = lived(placed(day, delay, calendar), lengths, calendar)
    used = [
        clock.used_days(found, today + DAY * number, calendar) for number in range(20)
    ]
    assert used == sorted(used)
    assert all(later - sooner <= 1 for sooner, later in pairwise(used))


@given(day=days, delay=delays, calendar=calendars, passed=st.integers(0, 90))
def test_overdue_says_the_same_as_late_on_working_days(day, delay, calendar, passed):
    found, today = placed(day, delay, calendar), day + DAY * passed
    late = clock.late_days(found, today, calendar)
    if calendar.is_working(today):
        assert clock.is_overdue(found, today) == bool(late)
    assert clock.is_overdue(found, today) or not late


@given(day=days, delay=delays)
def test_closing_days_only_ever_move_a_promise_later(day, delay):
    open_, closed = CALENDARS[0], CALENDARS[3]
    assert clock.due(day, delay, closed) >= clock.due(day, delay, open_)
    regional = clock.due(day, delay, WorkingDays("FR", "57"))
    assert regional >= clock.due(day, delay, WorkingDays("FR"))
