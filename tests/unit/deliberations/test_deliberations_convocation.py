"""Clear days: tables of single cases, properties over ten years of calendars."""

from dataclasses import replace
from datetime import date
from datetime import timedelta
from helpers.sittings import COLLEGE
from helpers.sittings import COUNCIL
from helpers.sittings import LARGE
from helpers.sittings import rules_of
from helpers.sittings import SMALL
from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.municipality.calendar import WorkingDays
from plonegov.deliberations.domain.convocation import Call
from plonegov.deliberations.domain.convocation import call_until
from plonegov.deliberations.domain.convocation import check_call
from plonegov.deliberations.domain.convocation import check_late_item
from plonegov.deliberations.domain.convocation import clear_days
from plonegov.deliberations.domain.convocation import late_item_until
from plonegov.deliberations.domain.convocation import latest_day
from plonegov.deliberations.domain.errors import CallTooEarly
from plonegov.deliberations.domain.errors import ConvocationIncomplete
from plonegov.deliberations.domain.errors import ConvocationTooLate
from plonegov.deliberations.domain.errors import LateItemNotAllowed
from plonegov.deliberations.domain.errors import LateItemTooLate
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.errors import NotesMissing

import pytest


DAY = timedelta(days=1)
#: A Thursday; the week before it has All Saints' Day on its Sunday.
SITTING = date(2026, 11, 5)
CALENDARS = (None, WorkingDays("BE"), WorkingDays("FR"), WorkingDays("FR", "57"))

calendars = st.sampled_from(CALENDARS)
#: Ten years with three leap days and all movable feasts.
days = st.dates(date(2026, 1, 1), date(2035, 12, 31))


def call(before, **facts):
    return Call(SITTING - DAY * before, SITTING, **facts)


FAILED = {"failed": SITTING - DAY * 5}
SECOND = {"number": 2, "names_call": True, **FAILED}
THIRD = {"number": 3, "names_call": True, "recites_law": True, **FAILED}

#: Rule set, how many days before the sitting, facts -> clear days given and needed.
IN_TIME = [
    # CDLD L1122-13: seven clear days; neither the day of the call nor the sitting's.
    (COUNCIL, 8, {}, 7, 7),
    (COUNCIL, 30, {}, 29, 7),
    # "Save in urgent cases."
    (COUNCIL, 3, {"urgent": True}, 2, 0),
    (COUNCIL, 1, {"urgent": True}, 0, 0),
    (COUNCIL, 0, {"urgent": True}, 0, 0),
    # L1122-13 and -17: two clear days for the second and the third call.
    (COUNCIL, 3, SECOND, 2, 2),
    (COUNCIL, 3, THIRD, 2, 2),
    # L1123-21: two clear days for a college outside its fixed days.
    (COLLEGE, 3, {}, 2, 2),
    (COLLEGE, 0, {"urgent": True}, 0, 0),
    # CGCT L2121-11 and -12: three and five clear days, one when urgent.
    (SMALL, 4, {}, 3, 3),
    (LARGE, 6, {}, 5, 5),
    (SMALL, 2, {"urgent": True}, 1, 1),
    (LARGE, 2, {"urgent": True}, 1, 1),
    # L2121-17: three clear days after the second call, in large towns as well.
    (SMALL, 4, {"number": 2, **FAILED}, 3, 3),
    (LARGE, 4, {"number": 2, **FAILED}, 3, 3),
]


@pytest.mark.parametrize(("set_id", "before", "facts", "given", "needed"), IN_TIME)
def test_a_call_is_in_time(set_id, before, facts, given, needed):
    (line,) = check_call(call(before, **facts), rules_of(set_id))
    urgent = facts.get("urgent", False)
    assert line.id == ("called_urgently" if urgent else "called_in_time")
    assert (line.values["given"], line.values["needed"]) == (given, needed)


TOO_LATE = [
    (COUNCIL, 7, {}, 6, 7, "2026-10-28"),
    (COUNCIL, 0, {}, 0, 7, "2026-10-28"),
    (COUNCIL, 2, SECOND, 1, 2, "2026-11-02"),
    # Urgency is not said to shorten the further calls.
    (COUNCIL, 2, SECOND | {"urgent": True}, 1, 2, "2026-11-02"),
    (COUNCIL, 2, THIRD, 1, 2, "2026-11-02"),
    (COLLEGE, 2, {}, 1, 2, "2026-11-02"),
    (SMALL, 3, {}, 2, 3, "2026-11-01"),
    (LARGE, 5, {}, 4, 5, "2026-10-30"),
    # CGCT L2121-11 and -12: never less than one clear day.
    (SMALL, 1, {"urgent": True}, 0, 1, "2026-11-03"),
    (LARGE, 1, {"urgent": True}, 0, 1, "2026-11-03"),
    (LARGE, 3, {"number": 2, **FAILED}, 2, 3, "2026-11-01"),
    (LARGE, 3, {"number": 2, "urgent": True, **FAILED}, 2, 3, "2026-11-01"),
]


@pytest.mark.parametrize(
    ("set_id", "before", "facts", "given", "needed", "latest"), TOO_LATE
)
def test_a_call_that_is_too_late_is_refused(
    set_id, before, facts, given, needed, latest
):
    with pytest.raises(ConvocationTooLate) as caught:
        check_call(call(before, **facts), rules_of(set_id))
    expected = {"given": given, "needed": needed, "latest": latest}
    assert caught.value.context == expected


def test_nobody_is_called_after_the_sitting():
    with pytest.raises(ConvocationTooLate):
        check_call(call(-1, urgent=True), rules_of(COUNCIL))


def test_a_college_needs_no_call_on_its_fixed_days():
    # CDLD L1123-21.
    (line,) = check_call(call(0, fixed_day=True), rules_of(COLLEGE))
    assert line.id == "fixed_day"
    with pytest.raises(ConvocationTooLate):
        check_call(call(0, fixed_day=True), rules_of(COUNCIL))


@pytest.mark.parametrize(
    ("set_id", "facts", "missing"),
    [
        # L1122-17: a further call says which it is, the third quotes the law.
        (COUNCIL, {"number": 2, **FAILED}, "names_call"),
        (COUNCIL, {"number": 3, **FAILED}, "names_call"),
        (COUNCIL, {"number": 3, "names_call": True, **FAILED}, "recites_law"),
        (COUNCIL, SECOND | {"failed": None}, "failed"),
        (SMALL, {"number": 2}, "failed"),
    ],
)
def test_a_call_that_lacks_something_is_refused(set_id, facts, missing):
    with pytest.raises(ConvocationIncomplete) as caught:
        check_call(call(20, **facts), rules_of(set_id))
    assert caught.value.context == {"missing": missing}


@pytest.mark.parametrize(
    ("set_id", "facts"),
    [
        # CDLD L1122-13 and -24: each item with its note and its draft.
        (COUNCIL, {}),
        (COUNCIL, SECOND),
        (COUNCIL, THIRD),
        # CGCT L2121-12: an explanatory note from 3,500 inhabitants on.
        (LARGE, {}),
    ],
)
def test_a_call_names_the_items_that_come_without_a_note(set_id, facts):
    with pytest.raises(NotesMissing) as caught:
        check_call(call(20, without_note=("Roads", "Trees"), **facts), rules_of(set_id))
    assert caught.value.context == {"items": "Roads, Trees"}


def test_a_small_french_town_sends_no_note():
    assert check_call(call(20, without_note=("Roads",)), rules_of(SMALL))


@pytest.mark.parametrize(("before", "refused"), [(6, True), (5, False)])
def test_a_further_call_follows_the_sitting_that_failed(before, refused):
    again = call(before, **SECOND)
    if not refused:
        assert check_call(again, rules_of(COUNCIL))
        return
    with pytest.raises(CallTooEarly) as caught:
        check_call(again, rules_of(COUNCIL))
    assert caught.value.context == {"failed": "2026-10-31"}


def test_a_first_call_has_nothing_to_follow():
    assert check_call(call(9, failed=SITTING), rules_of(COUNCIL))


@pytest.mark.parametrize(("set_id", "number"), [(SMALL, 3), (COLLEGE, 2), (COUNCIL, 4)])
def test_the_law_knows_no_further_call(set_id, number):
    with pytest.raises(NoRuleInForce):
        check_call(call(20, number=number, **FAILED), rules_of(set_id))


@pytest.mark.parametrize(
    ("set_id", "number", "until"),
    [
        (COUNCIL, 1, "2026-10-28"),
        (COUNCIL, 2, "2026-11-02"),
        (SMALL, 1, "2026-11-01"),
        (LARGE, 1, "2026-10-30"),
    ],
)
def test_the_last_day_for_a_call(set_id, number, until):
    found = call_until(SITTING, rules_of(set_id), number=number)
    assert found == date.fromisoformat(until)


def test_a_rule_may_count_working_days():
    # Thursday the 5th: All Saints' Day falls on Sunday; five working days lie between.
    rules = rules_of(LARGE)
    working = replace(rules.convocation[0], working=True)
    rules = replace(rules, convocation=(working,))
    calendar = WorkingDays("FR")
    assert call_until(SITTING, rules, calendar=calendar) == date(2026, 10, 28)
    assert check_call(call(8), rules, calendar)
    with pytest.raises(ConvocationTooLate) as caught:
        check_call(call(7), rules, calendar)
    assert caught.value.context["given"] == 4


def test_a_rule_of_calendar_days_looks_at_no_calendar():
    assert call_until(SITTING, rules_of(LARGE), calendar=WorkingDays("FR")) == date(
        2026, 10, 30
    )


#: How many days before the sitting, note, member of the college -> refused how.
LATE_ITEMS = [
    # CDLD L1122-24: five clear days, with a note, not by the college.
    (6, True, False, None),
    (5, True, False, (LateItemTooLate, {"latest": "2026-10-30"})),
    (6, False, False, (LateItemNotAllowed, {"reason": "note"})),
    (6, True, True, (LateItemNotAllowed, {"reason": "college_member"})),
]


@pytest.mark.parametrize(("before", "note", "college", "refused"), LATE_ITEMS)
def test_a_councillor_adds_an_item_in_time(before, note, college, refused):
    def add():
        return check_late_item(
            SITTING - DAY * before,
            SITTING,
            rules_of(COUNCIL),
            note=note,
            college_member=college,
        )

    if refused is None:
        assert [line.id for line in add()] == ["item_in_time"]
        assert add()[0].values == {"given": 5, "needed": 5}
        return
    with pytest.raises(refused[0]) as caught:
        add()
    assert caught.value.context == refused[1]


def test_where_councillors_have_no_such_right_nothing_is_added():
    with pytest.raises(NoRuleInForce):
        late_item_until(SITTING, rules_of(SMALL))


def test_a_rule_may_open_late_items_to_the_college_and_without_note():
    rules = rules_of(COUNCIL)
    free = replace(rules.late_item[0], note=False, college_members=True)
    rules = replace(rules, late_item=(free,))
    early = SITTING - DAY * 9
    assert check_late_item(early, SITTING, rules, note=False, college_member=True)


@pytest.mark.parametrize(
    ("first", "last", "between"),
    [
        ("2026-11-04", "2026-11-05", 0),
        ("2026-11-05", "2026-11-05", 0),
        ("2026-11-06", "2026-11-05", 0),
        ("2026-11-03", "2026-11-05", 1),
        ("2028-02-28", "2028-03-01", 1),
        ("2027-02-28", "2027-03-01", 0),
        ("2026-12-31", "2027-01-02", 1),
    ],
)
def test_clear_days_lie_between(first, last, between):
    found = clear_days(date.fromisoformat(first), date.fromisoformat(last))
    assert found == between


@given(days, st.integers(0, 30))
def test_clear_days_are_counted_one_by_one(first, length):
    last = first + DAY * length
    between = [first + DAY * n for n in range(1, length)]
    assert clear_days(first, last) == len(between)
    for calendar in CALENDARS[1:]:
        working = [day for day in between if calendar.is_working(day)]
        assert clear_days(first, last, calendar) == len(working)


@given(days, st.integers(0, 10), calendars)
def test_the_latest_day_is_the_last_one_with_enough_clear_days(
    sitting, count, calendar
):
    latest = latest_day(sitting, count, calendar)
    assert latest < sitting
    assert clear_days(latest, sitting, calendar) >= count
    next_day = latest + DAY
    assert next_day == sitting or clear_days(next_day, sitting, calendar) < count


@given(days, st.sampled_from([COUNCIL, LARGE, SMALL]))
def test_a_call_on_the_last_day_is_in_time_and_one_day_later_is_not(sitting, set_id):
    rules = rules_of(set_id)
    until = call_until(sitting, rules)
    assert check_call(Call(until, sitting), rules)
    with pytest.raises(ConvocationTooLate) as caught:
        check_call(Call(until + DAY, sitting), rules)
    assert caught.value.context["latest"] == until.isoformat()
