"""A fair gate: places in the order of arrival, none lost."""

from concurrent.futures import ThreadPoolExecutor
from helpers.wsgi import until
from plonegov.core.ops.gates import FairGate
from plonegov.core.ops.gates import GateFull
from plonegov.core.ops.gates import GateTimeout

import contextlib
import pytest
import time


@pytest.fixture
def pool():
    with ThreadPoolExecutor(40) as pool:
        yield pool


def test_places_are_given_in_the_order_of_arrival(pool):
    gate = FairGate(1)
    gate.enter()
    order = []

    def pass_through(number):
        gate.enter()
        order.append(number)
        gate.leave()

    futures = []
    for number in range(12):
        futures.append(pool.submit(pass_through, number))
        until(lambda: len(gate._queue) == len(futures))
    gate.leave()
    for future in futures:
        future.result(5)
    assert order == list(range(12))


def test_who_gave_up_is_not_given_a_place():
    gate = FairGate(1)
    gate.enter()
    with pytest.raises(GateTimeout):
        gate.enter(timeout=0.01)
    with pytest.raises(GateFull):
        gate.enter(waiting=0)
    gate.leave()
    gate.enter(timeout=0)
    gate.leave()


def test_no_place_is_lost_when_time_runs_out_in_the_hand_over(pool):
    gate = FairGate(2)

    def hurry(_):
        with contextlib.suppress(GateTimeout):
            gate.enter(timeout=0.0002)
            time.sleep(0.0001)
            gate.leave()

    list(pool.map(hurry, range(3000)))
    gate.enter(timeout=0)
    gate.enter(timeout=0)
    with pytest.raises(GateTimeout):
        gate.enter(timeout=0)
