"""What is said of the town's mail, by table."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from plonegov.core.mail import health
from plonegov.core.mail.outbox import OutboxStatus
from plonegov.core.ops.findings import State

import pytest


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FRESH, OLD = NOW - timedelta(hours=1), NOW - timedelta(hours=5)

#: due, oldest, refused, no sender, demonstration -> state, remedy.
CASES = [
    (0, None, 0, False, False, State.OK, None),
    (3, FRESH, 0, False, False, State.OK, None),
    (3, OLD, 0, False, False, State.SOON, health.WAITING_REMEDY),
    (0, None, 2, False, False, State.SOON, health.REFUSED_REMEDY),
    (3, FRESH, 0, True, False, State.SOON, health.SENDER_REMEDY),
    (3, FRESH, 0, True, True, State.OK, None),
    (0, None, 0, True, False, State.OK, None),
]


@pytest.mark.parametrize(
    ("due", "oldest", "refused", "missing", "demo", "state", "remedy"), CASES
)
def test_what_waits_is_told_with_what_to_do(
    due, oldest, refused, missing, demo, state, remedy
):
    status = OutboxStatus(due, oldest, refused, missing)
    found = health.judge(status, demo, NOW)
    assert (found.state, found.remedy) == (state, remedy)


def test_how_many_wait_since_when_is_told():
    found = health.judge(OutboxStatus(3, FRESH, 0, False), False, NOW)
    assert found.seen.mapping == {"due": 3, "since": "2026-11-22 11:00"}
