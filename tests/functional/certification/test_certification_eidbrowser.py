"""A real browser with a card: the way there and back, and pages that show why not."""

from helpers.chromium import CHROMIUM
from helpers.chromium import FLAGS
from helpers.eidpki import ELODIE
from helpers.eidtown import CARD
from helpers.eidtown import CITIZENS
from helpers.eidtown import keep
from playwright.sync_api import sync_playwright

import pytest


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def window(town, nginx, chromium):
    """Return a function that opens a browser, with or without a card."""
    contexts = []

    def open_window(card=None, width=1280, language="fr"):
        cards = []
        if card:
            certificate, key = card.files(nginx.folder)
            pair = {"certPath": certificate, "keyPath": key}
            cards = [{"origin": nginx.card_url, **pair}]
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale=f"{language}-BE",
            ignore_https_errors=True,
            client_certificates=cards,
            bypass_csp=True,
        )
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


def test_a_browser_with_a_card_goes_there_and_back(window, nginx):
    page = window(CARD)
    hosts = []
    page.on("request", lambda asked: hosts.append(asked.url.split("/")[2]))
    page.goto(f"{nginx.url}/prove-identity?came_from={nginx.url}/offices")
    page.click("a[href*='way=eid']")
    page.wait_for_url("**/identity-return?**")
    # The card's host got one request, and no cookie was left for it.
    assert hosts.count(nginx.card_url.split("/")[2]) == 1
    assert page.context.cookies(nginx.card_url) == []
    assert ELODIE.full_name in page.inner_text("main")
    page.click("main button[type='submit']")
    page.wait_for_url("**/offices")
    assert page.goto(f"{nginx.url}/test-proved").json()["level"] == "high"


def test_a_browser_without_a_card_tries_again(window, nginx):
    page = window()
    page.goto(f"{nginx.url}/prove-identity?way=eid&came_from={nginx.url}/offices")
    assert page.url.startswith(
        f"{nginx.url}/prove-identity?refused=sign_in_card_missing"
    )
    page.click("main a.pg-button-primary")
    page.wait_for_url("**/prove-identity?refused=sign_in_card_missing**")
    page.click(f"main a[href='{nginx.url}/offices']")
    page.wait_for_url("**/offices")


def test_a_revoked_card_is_told_in_a_browser(window, nginx):
    keep(CITIZENS, CITIZENS.crl(CARD))
    page = window(CARD)
    page.goto(f"{nginx.url}/prove-identity?way=eid")
    assert "révoqué" in page.inner_text("main")
