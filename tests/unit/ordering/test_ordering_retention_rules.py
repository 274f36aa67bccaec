"""When an order loses people, and when its applicant is told before (GDPR art. 5.1.e)."""

from datetime import date
from datetime import timedelta
from plonegov.ordering.domain.errors import OrderAnonymised
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.model import Transition
from plonegov.ordering.domain.retention import erasure_day
from plonegov.ordering.domain.retention import reminder_due
from plonegov.ordering.domain.rules import check_transition
from plonegov.ordering.domain.rules import check_whole
from plonegov.ordering.domain.rules import OrderFacts

import pytest


ENDED = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("closed", "days", "anonymised", "expected"),
    [
        (ENDED, 0, None, date(2026, 3, 2)),
        (ENDED, 1, None, date(2026, 3, 3)),
        (ENDED, 365, None, date(2027, 3, 2)),
        (None, 365, None, None),
        (ENDED, 365, date(2027, 3, 2), None),
    ],
)
def test_an_order_is_erased_the_day_after_its_retention(
    closed, days, anonymised, expected
):
    assert erasure_day(closed, days, anonymised) == expected


@pytest.mark.parametrize(
    ("left", "sent", "expected"),
    [
        (31, (), ""),
        (30, (), "erasure-30"),
        (30, ("erasure-30",), ""),
        (8, (), "erasure-30"),
        (8, ("erasure-30",), ""),
        (7, ("erasure-30",), "erasure-7"),
        (7, (), "erasure-7"),
        (1, ("erasure-30",), "erasure-7"),
        (1, ("erasure-30", "erasure-7"), ""),
        (0, (), ""),
        (-3, (), ""),
    ],
)
def test_the_applicant_is_told_30_and_7_days_before_and_never_twice(
    left, sent, expected
):
    day = ENDED + timedelta(days=left)
    assert reminder_due(day, ENDED, sent) == expected


@pytest.mark.parametrize("transition", Transition)
def test_no_transition_leads_out_of_an_order_that_is_over(transition):
    facts = OrderFacts(kind=Kind.CERTIFICATE, state=State.DELIVERED, over=True)
    data = dict.fromkeys(("text", "motive", "law", "reason"), "x")
    with pytest.raises(OrderAnonymised):
        check_transition(transition, facts, data)


def test_an_order_that_is_not_over_is_worked_on():
    check_whole(OrderFacts(kind=Kind.CERTIFICATE, state=State.DELIVERED))
