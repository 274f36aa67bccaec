"""Guessing pays nothing: neither answer nor time tells, and many guesses are stopped."""

from functools import partial
from helpers.orders import request
from helpers.tracking import address
from plonegov.core.errors import LimitReached
from plonegov.core.errors import RecordNotFound
from plonegov.core.ops import limits
from plonegov.core.ops.readlog import reads_of
from plonegov.ordering.api import gate
from plonegov.ordering.api import links
from plonegov.ordering.api import newlinks
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.domain.gate import TRIES
from plonegov.ordering.domain.reference import new_reference
from statistics import median
from statistics import quantiles

import pytest
import random
import time
import transaction


GUESSES = 10_000
CALLS = 1_000
#: How much medians may differ: below what a network lets one see, above its noise here.
TOLERANCE = 0.25
#: How often all is measured: a real difference shows each time, a busy machine's does not.
ROUNDS = 3


@pytest.fixture
def order(portal):
    placed = orders.place(request())
    transaction.commit()
    return placed


@pytest.fixture
def network(monkeypatch):
    """All requests come from one network outside."""
    monkeypatch.setattr(limits, "client_network", lambda: "192.0.2.0/24")


def opens(reference, secret):
    try:
        links.find_for_citizen(reference, secret)
    except RecordNotFound:
        return False
    return True


def timed(calls):
    """Return the times of each case; they take turns in random order, so that a slow
    moment of the machine hits all of them."""
    times, turns = {name: [] for name in calls}, list(calls)
    for _ in range(CALLS):
        random.shuffle(turns)
        for name in turns:
            began = time.perf_counter()
            calls[name]()
            times[name].append(time.perf_counter() - began)
    return times


def alike(calls):
    """Say whether no case can be told from another by its time."""
    for _ in range(ROUNDS):
        times = timed(calls).values()
        found = [quantiles(each, n=4) for each in times]
        parts = [
            (max(part) - min(part), median(part)) for part in zip(*found, strict=True)
        ]
        if all(spread < TOLERANCE * middle for spread, middle in parts):
            return True
    return False


def test_the_time_tells_unknown_wrong_and_right_not_apart(order):
    secret = links.secret(order)
    wrong = f"{secret[:-1]}{'a' if secret[-1] != 'a' else 'b'}"
    assert opens(order.reference, secret)
    assert not opens(order.reference, wrong)
    unknown = iter([new_reference() for _ in range(CALLS * ROUNDS)])
    assert alike(
        {
            "unknown": lambda: opens(next(unknown), secret),
            "wrong": lambda: opens(order.reference, wrong),
            "right": lambda: opens(order.reference, secret),
        }
    )


def test_a_difference_in_time_would_be_seen():
    assert not alike({"short": lambda: sum(range(50)), "long": lambda: sum(range(500))})


def test_the_time_of_a_birth_date_tells_nothing(order):
    def given(date):
        order.tries = TRIES
        assert not gate.try_birth_date(order, date)

    dates = ("1985-07-30", "1990-01-01", "x" * 1000)
    assert alike({date: partial(given, date) for date in dates})


def test_ten_thousand_guesses_of_birth_dates_open_nothing(order):
    order.tries = 0
    for number in range(GUESSES):
        day = f"{1900 + number % 100}-{1 + number % 12:02}-{1 + number % 28:02}"
        assert not gate.try_birth_date(order, day) or day == "1985-07-30"
        assert order.tries or number < TRIES
    assert order.tries == GUESSES
    assert len(order.events) < 10
    assert not gate.try_birth_date(order, "1985-07-30")


def test_ten_thousand_guesses_of_links_are_stopped_and_logged_once(order, network):
    """References and secrets take turns; the right link opens all the same."""
    answers = []
    for number in range(GUESSES // 2):
        for reference in (order.reference, new_reference()):
            try:
                links.find_for_citizen(reference, f"{number:032}")
            except (RecordNotFound, LimitReached) as error:
                answers.append(type(error))
    refused = [LimitReached] * (GUESSES - links.TRIES)
    assert answers == [RecordNotFound] * links.TRIES + refused
    read = reads_of(counter().getId(), town_today())
    assert [each.action for each in read] == ["guess_links"]
    found = links.find_for_citizen(order.reference, links.secret(order))
    assert found.reference == order.reference


def test_many_requests_for_links_are_stopped_alike(order, network):
    for _ in range(newlinks.NETWORK_DAILY):
        newlinks.ask_for_link(new_reference())
    for typed in (order.reference, new_reference(), "nothing"):
        with pytest.raises(LimitReached):
            newlinks.ask_for_link(typed)


def test_after_many_guesses_the_page_says_so_to_wrong_and_unknown(
    order, citizen, network, monkeypatch
):
    monkeypatch.setattr(links, "TRIES", 0)
    secret = links.secret(order)
    pages = set()
    for reference, given in ((order.reference, "a" * 32), (new_reference(), secret)):
        citizen.open(f"counter/track?order={reference}&secret={given}")
        pages.add((citizen.answer.status_code, citizen.text()))
    [(status, _text)] = pages
    assert status == 429
    citizen.open(address(order))
    assert citizen.answer.status_code == 200
