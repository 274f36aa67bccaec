"""Threads of a process follow one another a few times, then another process may."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextlib import suppress
from helpers.wsgi import until
from plonegov.core.errors import TownBusy
from plonegov.core.ops.townlocks import TownLock
from plonegov.core.ops.townlocks import TURNS

import pytest
import time


class Between:
    """What is between processes: notes who holds it, and for how many threads."""

    def __init__(self):
        self.held_now, self.times, self.refuses = 0, 0, False

    @contextmanager
    def held(self, name, deadline):
        if self.refuses:
            raise TownBusy()
        self.held_now += 1
        self.times += 1
        try:
            yield
        finally:
            self.held_now -= 1


@pytest.fixture
def between():
    return Between()


@pytest.fixture
def lock(between):
    return TownLock("seneffe", between)


@pytest.fixture
def pool():
    with ThreadPoolExecutor(40) as pool:
        yield pool


def test_threads_that_wait_already_share_what_one_of_them_took(lock, between, pool):
    seen = []

    def write():
        with lock.held():
            seen.append((between.times, between.held_now))

    with lock.held():
        futures = [pool.submit(write) for _ in range(2 * TURNS)]
        until(lambda: len(lock._gate._queue) == 2 * TURNS)
    for future in futures:
        future.result(5)
    took = [1] * (TURNS - 1) + [2] * TURNS + [3]
    assert seen == [(times, 1) for times in took]
    assert between.held_now == 0


def test_it_is_given_back_at_once_when_nobody_waits(lock, between):
    for times in (1, 2, 3):
        with lock.held():
            assert (between.times, between.held_now) == (times, 1)
        assert between.held_now == 0


def test_who_gave_up_while_it_was_handed_over_keeps_nothing(lock, between, pool):
    def hurry(_):
        with suppress(TownBusy), lock.held(timeout=0.0003):
            assert between.held_now == 1
            time.sleep(0.0001)

    for future in [pool.submit(hurry, number) for number in range(400)]:
        future.result(10)
    until(lambda: between.held_now == 0)
    with lock.held():
        assert between.held_now == 1
    assert between.held_now == 0


def test_an_error_inside_gives_it_back(lock, between):
    with pytest.raises(ZeroDivisionError), lock.held():
        raise ZeroDivisionError
    assert between.held_now == 0


def test_what_another_process_keeps_is_asked_for_again(lock, between):
    between.refuses = True
    for _ in range(2):
        with pytest.raises(TownBusy), lock.held(timeout=0.1):
            raise AssertionError
    between.refuses = False
    with lock.held():
        assert between.held_now == 1
    assert between.held_now == 0
