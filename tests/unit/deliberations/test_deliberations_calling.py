"""When a body may sit that is called today, and when it needs no call at all."""

from datetime import date
from datetime import timedelta
from helpers.sittings import COLLEGE
from helpers.sittings import COUNCIL
from helpers.sittings import LARGE
from helpers.sittings import rules_of
from helpers.sittings import SMALL
from hypothesis import given
from hypothesis import strategies
from plonegov.core.municipality.calendar import WorkingDays
from plonegov.deliberations.domain.convocation import call_until
from plonegov.deliberations.domain.convocation import earliest_day
from plonegov.deliberations.domain.convocation import needs_call
from plonegov.deliberations.domain.errors import NoRuleInForce

import pytest


DAY = timedelta(days=1)
#: A Thursday.
TODAY = date(2026, 11, 5)

#: Rule set, days after today.
EARLIEST = [
    # CDLD L1122-13: seven clear days.
    (COUNCIL, 8),
    # CDLD L1123-21: two clear days.
    (COLLEGE, 3),
    # CGCT L2121-11: three clear days; L2121-12: five clear days.
    (SMALL, 4),
    (LARGE, 6),
]


@pytest.mark.parametrize(("name", "after"), EARLIEST)
def test_a_body_sits_after_so_many_clear_days(name, after):
    assert earliest_day(TODAY, rules_of(name)) == TODAY + after * DAY


@given(
    strategies.dates(date(2026, 1, 1), date(2035, 12, 31)),
    strategies.sampled_from([name for name, _after in EARLIEST]),
    strategies.sampled_from([None, WorkingDays("BE"), WorkingDays("FR")]),
)
def test_it_is_called_in_time_on_that_day_and_not_on_the_one_before(
    sent, name, calendar
):
    rules = rules_of(name)
    first = earliest_day(sent, rules, calendar)
    assert call_until(first, rules, calendar=calendar) >= sent
    if first - DAY > sent:
        assert call_until(first - DAY, rules, calendar=calendar) < sent


@pytest.mark.parametrize(
    ("name", "fixed_day", "expected"),
    [
        # CDLD L1123-21: "apart from the ordinary sittings".
        (COLLEGE, True, False),
        (COLLEGE, False, True),
        # A council has no fixed days.
        (COUNCIL, True, True),
        (SMALL, True, True),
    ],
)
def test_a_college_needs_no_call_on_its_fixed_day(name, fixed_day, expected):
    assert needs_call(rules_of(name), fixed_day=fixed_day) is expected


def test_there_is_no_fourth_call():
    with pytest.raises(NoRuleInForce):
        needs_call(rules_of(COUNCIL), number=4)
