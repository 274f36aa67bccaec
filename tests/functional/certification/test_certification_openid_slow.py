"""A provider that does not answer, or slowly, holds up nobody but who asked it."""

from concurrent.futures import ThreadPoolExecutor
from helpers.openidsite import Browser
from helpers.openidsite import write_settings
from helpers.provider import provider
from helpers.provider import settings
from helpers.serving import until
from plonegov.certification.adapters import openidhttp
from plonegov.certification.adapters.outgoing import MOST
from plonegov.certification.adapters.outgoing import OUTGOING
from plonegov.certification.adapters.outgoing import SECONDS
from threading import Event

import pytest
import time


@pytest.fixture(autouse=True)
def places():
    """What was given up ends after ``fas``, and gives its place back."""
    yield
    until(lambda: OUTGOING.free._value == MOST, 20)


def timed(function, *args):
    start = time.monotonic()
    answer = function(*args)
    return answer, time.monotonic() - start


def test_two_wait_and_all_others_are_served(fas, browser):
    browsers = [browser, Browser(browser.site), Browser(browser.site)]
    addresses = [each.prove() for each in browsers]
    fas.hang = Event()
    with ThreadPoolExecutor(2) as pool:
        waiting = [
            pool.submit(timed, each.get, address)
            for each, address in zip(browsers[:2], addresses[:2], strict=True)
        ]
        until(lambda: fas.calls.count("access_token") == 2, 10)
        page, seconds = timed(browser.get, f"{browser.site}/accessibility")
        assert page.status_code == 200 and seconds < 3
        third, seconds = timed(browsers[2].get, addresses[2])
        assert third.status_code == 502 and seconds < 3
        assert "can't be checked at this moment" in third.text
        answers = [each.result() for each in waiting]
    for answer, seconds in answers:
        assert seconds < SECONDS + 2
        assert "refused=sign_in_away" in answer.headers["Location"]
    # Who came third lost nothing: the same address is good for another try.
    fas.hang.set()
    fas.hang = None
    until(lambda: OUTGOING.free._value == MOST, 20)
    assert browsers[2].get(addresses[2]).status_code == 303


@pytest.mark.parametrize("what", ["seconds", "largest"])
def test_a_provider_that_speaks_on_and_on_is_given_up(fas, browser, monkeypatch, what):
    address = browser.prove()
    if what == "seconds":
        monkeypatch.setattr(openidhttp, "SECONDS", 1)
        fas.seconds_a_byte = 0.05
    else:
        monkeypatch.setattr(openidhttp, "LARGEST", 100)
    answer, seconds = timed(browser.get, address)
    assert "refused=sign_in_away" in answer.headers["Location"]
    assert seconds < 4
    until(lambda: OUTGOING.free._value == MOST, 2)


def test_a_call_is_given_up_whatever_it_does(portal):
    from plonegov.certification.adapters.outgoing import Outgoing
    from plonegov.certification.domain.errors import SignInAway

    outgoing, go = Outgoing(1, 0.2), Event()
    with pytest.raises(SignInAway), outgoing.place() as place:
        place.call(go.wait, 30)
    # It still runs, so its place is not free.
    with pytest.raises(SignInAway), outgoing.place():
        pass
    go.set()
    until(lambda: outgoing.free._value == 1, 5)
    with outgoing.place() as place:
        assert place.call(sum, [1, 2]) == 3
    with outgoing.place():
        assert outgoing.free._value == 0
    assert outgoing.free._value == 1


def test_nobody_at_home(home_of_keys, browser):
    with provider() as stub:
        write_settings(settings(stub))
        address = browser.prove()
    gone = browser.get(address)
    assert "refused=sign_in_away" in gone.headers["Location"]
    page = browser.get(gone.headers["Location"])
    assert page.status_code == 502
    assert "go on without it" in page.text
