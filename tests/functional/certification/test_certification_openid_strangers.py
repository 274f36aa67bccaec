"""People who bring a state, an answer or a proof that is not theirs."""

from helpers.openidsite import Browser
from helpers.openidsite import write_settings
from helpers.provider import settings
from urllib.parse import parse_qs
from urllib.parse import urlsplit


OVER = "was not finished in time, was used already or was begun"


def test_a_state_that_nobody_gave(fas, browser, refused):
    address = browser.prove().replace("state=", "state=x")
    refused(browser.get(address), OVER, 410)
    refused(browser.get(address.replace("state=", "st=")), OVER, 410)
    assert "access_token" not in fas.calls


def test_an_answer_that_comes_twice(fas, browser, refused):
    address = browser.prove()
    assert browser.get(address).status_code == 303
    refused(browser.get(address), OVER, 410)


def test_an_answer_in_another_browser(fas, browser, refused):
    address = browser.prove()
    thief = Browser(browser.site)
    refused(thief.get(address), OVER, 410)
    assert thief.begin().status_code == 303
    refused(thief.get(browser.prove()), OVER, 410)
    assert "access_token" not in fas.calls


def code_of(address):
    return parse_qs(urlsplit(address).query)["code"][0]


def test_the_code_of_another_sign_in(fas, browser, refused):
    """A code that was stolen serves nobody: its proof (PKCE) is in another browser."""
    stolen = code_of(Browser(browser.site).prove())
    mine = browser.prove()
    refused(browser.get(mine.replace(code_of(mine), stolen)))


def test_a_code_that_was_used(fas, browser, refused):
    first = browser.prove()
    assert browser.get(first).status_code == 303
    second = browser.prove()
    refused(browser.get(second.replace(code_of(second), code_of(first))))


def test_a_proof_is_of_no_use_in_another_browser(fas, browser, refused):
    address = browser.come_back().headers["Location"]
    refused(Browser(browser.site).get(address), OVER, 410)


def test_who_is_unknown_to_the_provider(fas, browser, refused):
    write_settings(settings(fas, client_secret="wrong"))
    refused(browser.come_back())
