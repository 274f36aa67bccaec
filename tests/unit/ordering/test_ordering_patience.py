"""When the town reminds a citizen and when it closes, and what opens the gate."""

from datetime import date
from datetime import timedelta
from plonegov.ordering.domain import waiting
from plonegov.ordering.domain.errors import RevealReasonMissing
from plonegov.ordering.domain.gate import opens
from plonegov.ordering.domain.gate import TRIES
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.reading import reveal_reason
from plonegov.ordering.domain.reading import REVEALING
from plonegov.ordering.domain.waiting import Due
from plonegov.ordering.domain.waiting import due_now
from plonegov.ordering.domain.waiting import last_day
from plonegov.ordering.domain.waiting import patience_of

import pytest


SINCE = date(2026, 1, 10)


@pytest.mark.parametrize("patience", waiting.PATIENCE, ids=lambda each: each.wait)
def test_one_reminder_then_the_end_on_the_stated_days(patience):
    def due(days, reminded=None):
        return due_now(patience, SINCE, SINCE + timedelta(days=days), reminded)

    sent = SINCE + timedelta(days=patience.remind_days)
    earlier = SINCE - timedelta(days=1)
    assert due(0) is None
    assert due(patience.remind_days - 1) is None
    assert due(patience.remind_days) is Due.REMIND
    assert due(patience.remind_days, earlier) is Due.REMIND
    assert due(patience.remind_days, SINCE) is None
    assert due(patience.expire_days - 1, sent) is None
    assert due(patience.expire_days - 1) is Due.REMIND
    assert due(patience.expire_days, sent) is Due.EXPIRE
    assert due(patience.expire_days + 400) is Due.EXPIRE
    assert due_now(patience, SINCE, last_day(patience, SINCE), sent) is None


def test_an_unanswered_question_waits_thirty_days():
    patience = patience_of(State.AWAITING_CITIZEN, Delivery.POST)
    assert (patience.remind_days, patience.expire_days) == (15, 30)


WAITS = [
    *((State.AWAITING_CITIZEN, way, "answer") for way in Delivery),
    (State.READY, Delivery.COUNTER, "fetch"),
    *(
        (State.READY, way, None)
        for way in (Delivery.POST, Delivery.EMAIL, Delivery.DOWNLOAD)
    ),
    *(
        (state, Delivery.COUNTER, None)
        for state in State
        if state not in (State.AWAITING_CITIZEN, State.READY)
    ),
]


@pytest.mark.parametrize("state, way, wait", WAITS)
def test_only_the_citizens_turn_is_waited_for(state, way, wait):
    patience = patience_of(str(state), str(way))
    assert (patience and str(patience.wait)) == wait


@pytest.mark.parametrize(
    "tries, given, expected, right",
    [
        (0, "1985-07-30", "1985-07-30", True),
        (TRIES - 1, "1985-07-30", "1985-07-30", True),
        (TRIES, "1985-07-30", "1985-07-30", False),
        (0, "1985-07-31", "1985-07-30", False),
        (0, "", "1985-07-30", False),
        (0, "", "", False),
        (0, "\udcff1985", "1985-07-30", False),
    ],
)
def test_the_right_date_opens_as_long_as_tries_are_left(tries, given, expected, right):
    assert opens(tries, given, expected) is right


@pytest.mark.parametrize("reason", REVEALING)
def test_a_reason_of_the_list_reveals(reason):
    assert reveal_reason({"reason": reason}) == reason


@pytest.mark.parametrize("form", [{}, {"reason": ""}, {"reason": "handling"}])
def test_no_number_without_a_reason(form):
    with pytest.raises(RevealReasonMissing):
        reveal_reason(form)
