"""No page of another site changes anything in a person's name."""

from helpers.citizen import DELIVERY
from helpers.citizen import QUESTIONS
from helpers.citizen import WHO
from helpers.orders import request
from helpers.people import PASSWORD
from helpers.stores import stored
from pathlib import Path
from plonegov.core.ops.files import town_folder
from plonegov.core.testing import TOWN
from plonegov.ordering.api import links

import pytest
import requests
import transaction


SOURCES = Path(__file__).parents[3] / "src" / "plonegov"

#: A token that is missing, made up, or another person's.
TOKENS = ("missing", "made-up", "foreign")

ACTIONS = {
    "take": {},
    "release": {},
    "ask": {"text": "x"},
    "reject": {"motive": "x", "law": "x"},
    "withdraw": {},
    "confirm_findings": {"findings.address": "x"},
    "produce": {},
    "note": {"text": "x"},
    "pay": {},
}


@pytest.fixture
def clerk(browser, order):
    """Return the order's clerk at a browser."""
    made = browser()
    made.session.auth = ("clerk", PASSWORD)
    return made


@pytest.fixture
def foreign(browser, order):
    """Return a token that our site gave to somebody else."""
    other = browser()
    other.session.auth = ("works-clerk", PASSWORD)
    other.open("counter/residence/order/who")
    return other.value("_authenticator")


def with_token(fields, token, foreign):
    given = {"made-up": "0" * 40, "foreign": foreign}
    return {**fields, "_authenticator": given[token]} if token in given else fields


def state_of(order):
    """Return what a click of the clerk's could have changed."""
    transaction.begin()
    found = links.find(order.reference)
    facts = (found.state, found.assigned, found.paid, found.findings, found.events)
    return (*facts, found.issued._p_oid)


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("verb", ACTIONS)
def test_no_button_of_the_clerk_works_without_his_token(
    order, clerk, foreign, verb, token
):
    before = state_of(order)
    fields = with_token({"verb": verb, **ACTIONS[verb]}, token, foreign)
    address = f"{clerk.base}/counter/{order.reference}/order-action"
    answer = clerk.session.post(address, data=fields, allow_redirects=False)
    assert answer.status_code == 403
    assert state_of(order) == before


@pytest.mark.parametrize("token", TOKENS)
def test_no_number_is_revealed_without_a_token(portal, order, clerk, foreign, token):
    address = f"{clerk.base}/counter/{order.reference}/order-reveal"
    fields = with_token({"role": "subject"}, token, foreign)
    answer = clerk.session.post(address, data=fields)
    assert answer.status_code == 403
    assert "62.11.04" not in answer.text


@pytest.mark.parametrize("view", ["order-action", "order-reveal"])
def test_a_link_does_what_only_a_button_does(order, clerk, view):
    clerk.open("counter/residence/order/who")
    query = {"verb": "take", "role": "subject"}
    query["_authenticator"] = clerk.value("_authenticator")
    before = state_of(order)
    address = f"{clerk.base}/counter/{order.reference}/{view}"
    answer = clerk.session.get(address, params=query)
    assert answer.status_code in (404, 405)
    assert "62.11.04" not in answer.text
    assert state_of(order) == before


PAGES = {"who": WHO, "delivery": DELIVERY, "questions": QUESTIONS, "check": {}}


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_the_form_takes_a_post_without_its_token(
    portal, order, browser, foreign, page, token
):
    ada = browser()
    ada.session.auth = ("owner", PASSWORD)
    ada.fill_up_to(page)
    before = stored(portal)
    fields = dict.fromkeys(("_authenticator",))
    ada.send({**fields, **with_token(PAGES[page], token, foreign)})
    assert ada.answer.status_code == 403
    assert stored(portal) == before


@pytest.mark.parametrize("token", TOKENS)
def test_the_tracking_page_takes_no_post_without_its_token(
    portal, order, browser, foreign, token
):
    ada = browser()
    ada.session.auth = ("owner", PASSWORD)
    ada.open(links.tracking_url(order).partition(f"{portal.getId()}/")[2])
    before = state_of(order)
    ada.send({"_authenticator": None, **with_token({}, token, foreign)})
    assert ada.answer.status_code == 403
    assert state_of(order) == before


#: What a page of another site can send without asking the browser first.
SIMPLE = (
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "",
)


@pytest.mark.parametrize("kind", SIMPLE)
def test_a_rest_call_that_a_form_could_send_changes_nothing(portal, order, clerk, kind):
    before, orders = state_of(order), stored(portal)
    for path, body in (
        ("@orders", request()),
        (f"@orders/{order.reference}/reject", {"motive": "x", "law": "x"}),
        (f"@orders/{order.reference}/release", {}),
    ):
        made = requests.Request(
            "POST",
            f"{clerk.base}/{path}",
            json=body,
            headers={"Accept": "application/json"},
            auth=("clerk", PASSWORD),
        ).prepare()
        made.headers["Content-Type"] = kind
        assert clerk.session.send(made).status_code in (400, 415)
    assert (state_of(order), stored(portal)) == (before, orders)


SIGN_IN = {"__ac_name": "owner", "__ac_password": PASSWORD, "buttons.login": "Log in"}


def test_the_cookie_of_a_sign_in_is_not_sent_by_other_sites(portal, order, browser):
    ada = browser()
    ada.open("login")
    ada.send(SIGN_IN, allow_redirects=False)
    [cookie] = [
        line
        for line in ada.answer.raw.headers.getlist("Set-Cookie")
        if line.startswith("__ac=")
    ]
    assert "SameSite=Lax" in cookie
    assert "HttpOnly" in cookie


def test_a_sign_in_leads_to_no_other_site(portal, order, browser):
    for target in ("https://evil.example/x", "//evil.example", "/\\evil.example"):
        ada = browser()
        ada.open(f"login?came_from={target}")
        ada.send({**SIGN_IN, "came_from": target}, allow_redirects=False)
        assert ada.answer.status_code == 302
        assert ada.answer.headers["Location"].startswith(ada.base)


def test_nothing_of_ours_switches_the_protection_off():
    found = [
        path
        for path in SOURCES.rglob("*")
        if path.suffix in (".py", ".zcml", ".pt")
        and "IDisableCSRFProtection" in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_the_clerks_own_token_works(order, clerk):
    clerk.open(f"counter/{order.reference}")
    fields = {"verb": "pay", "_authenticator": clerk.value("_authenticator")}
    address = f"{clerk.base}/counter/{order.reference}/order-action"
    assert clerk.session.post(address, data=fields).status_code == 200
    transaction.begin()
    assert links.find(order.reference).paid


def test_a_list_of_names_that_leaves_the_site_is_logged(portal, order, clerk):
    def exports():
        files = town_folder("audit", TOWN).glob("reads-*.log")
        return sum(path.read_text().count("export_orders") for path in files)

    before = exports()
    answer = clerk.session.get(f"{clerk.base}/counter/queue?scope=all&format=csv")
    assert "Canary" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert exports() == before + 1
