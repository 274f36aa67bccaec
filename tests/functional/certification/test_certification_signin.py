"""Signing in with a proof: begun, confirmed and opened in one browser, once."""

from base64 import b64decode
from base64 import b64encode
from datetime import timedelta
from helpers.signin import SignIn
from plone import api
from plone.app.testing import TEST_USER_NAME
from plonegov.certification.adapters.demoway import PERSONS
from plonegov.certification.api import codes
from plonegov.certification.api import signin
from plonegov.certification.jobs import ForgetPeople
from plonegov.certification.jobs import KEPT
from plonegov.certification.pas.people import people
from plonegov.core.api import town_today
from plonegov.core.identity.current import town_keys
from plonegov.core.municipality.facts import settings
from plonegov.core.ops.home import home
from urllib.parse import parse_qs
from urllib.parse import unquote
from urllib.parse import urlsplit
from zope.globalrequest import getRequest

import html
import pytest
import re
import shutil
import transaction


ELODIE, JORIS = PERSONS["elodie"], PERSONS["joris"]


@pytest.fixture
def browser(base):
    return SignIn(base)


def known():
    """Return the ids of the people of the site, as it is now."""
    transaction.begin()
    return list(people())


def test_a_person_is_asked_confirms_and_is_signed_in(browser, base):
    page = browser.return_page(f"{base}/verify?x=1")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Élodie Marie Lefèvre" in page.text
    assert "••.••.••-•••.34" in page.text
    assert ELODIE.national_number not in page.text
    assert known() == []
    answer = browser.confirm(page.text)
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"{base}/verify?x=1",
    )
    assert browser.name() == "Élodie Marie Lefèvre"
    [person] = known()
    assert people().get(person).facts(town_keys()) == ELODIE


def test_who_comes_again_is_the_same_person(browser, base):
    browser.sign_in()
    SignIn(base).sign_in()
    assert len(known()) == 1
    SignIn(base).sign_in(person="joris")
    assert len(known()) == 2


@pytest.mark.parametrize(
    "came_from",
    ["", "https://elsewhere.example/x", "//elsewhere.example", "javascript:1"],
)
def test_another_site_is_never_returned_to(browser, base, came_from):
    assert browser.sign_in(came_from).headers["Location"] == base


def test_a_double_click_signs_in_once(browser, base):
    page = browser.return_page(f"{base}/verify").text
    before = browser.session.cookies.copy()
    first = browser.confirm(page)
    browser.session.cookies = before
    second = browser.confirm(page)
    assert {first.status_code, second.status_code} == {303}
    assert first.headers["Location"] == second.headers["Location"]
    assert len(known()) == 1
    assert browser.confirm(page).headers["Location"] == base


def test_a_confirmed_code_opens_no_session_later(browser, monkeypatch):
    page = browser.return_page().text
    before = browser.session.cookies.copy()
    assert browser.confirm(page).status_code == 303
    began = codes.now()
    monkeypatch.setattr(codes, "now", lambda: began + timedelta(seconds=11))
    browser.session.cookies = before
    late = browser.confirm(page)
    assert late.status_code == 410
    assert "Begin again" in late.text
    assert browser.name() == ""


def test_a_second_click_makes_no_proof_younger(browser, proof, monkeypatch):
    page = browser.return_page().text
    before = browser.session.cookies.copy()
    browser.confirm(page)
    browser.session.cookies = before
    began = signin.now()
    for module in (codes, signin):
        monkeypatch.setattr(module, "now", lambda: began + timedelta(seconds=9))
    assert browser.confirm(page).status_code == 303
    assert proof() is not None
    late = began + signin.LIFETIME + timedelta(seconds=5)
    monkeypatch.setattr(signin, "now", lambda: late)
    assert proof() is None


def test_a_page_that_is_fetched_signs_nobody_in(browser):
    page = browser.return_page().text
    code = re.search(r'name="code"[^>]*value="(.*?)"', page)[1]
    assert browser.get("identity-return", code=code).status_code == 410
    assert browser.name() == ""
    assert known() == []


def test_without_the_page_s_token_nobody_is_signed_in(browser):
    page = browser.return_page().text
    assert browser.confirm(page, _authenticator="").status_code == 403
    assert browser.name() == ""
    assert known() == []


def test_a_proof_is_returned_once(browser):
    address = browser.choose(browser.begin()).headers["Location"]
    assert browser.get(address).status_code == 200
    assert browser.get(address).status_code == 410


def test_another_browser_can_use_neither_code(browser, base):
    stranger = SignIn(base)
    stranger.begin()
    assert stranger.choose(browser.begin()).status_code == 410
    address = browser.choose(browser.begin()).headers["Location"]
    assert stranger.get(address).status_code == 410
    assert stranger.confirm(browser.return_page().text).status_code in (403, 410)
    assert SignIn(base).get(address).status_code == 410
    assert (stranger.name(), known()) == ("", [])


def test_two_sign_ins_of_one_browser_don_t_disturb_each_other(browser, base):
    first, second = browser.begin(), browser.begin(f"{base}/verify")
    for code in (second, first):
        assert browser.choose(code).status_code == 303


def test_a_proof_is_good_for_a_minute(browser, monkeypatch):
    address = browser.choose(browser.begin()).headers["Location"]
    began = codes.now()
    monkeypatch.setattr(codes, "now", lambda: began + timedelta(seconds=61))
    assert browser.get(address).status_code == 410


def test_what_is_kept_between_is_encrypted(browser):
    shutil.rmtree(home() / codes.FOLDER)
    browser.return_page()
    [file] = (home() / codes.FOLDER).glob("*/*")
    for text in (ELODIE.national_number, "Lefèvre", "1985"):
        assert text not in file.read_text()


def test_addresses_and_cookies_tell_nobody_s_number(browser):
    seen = []
    answer = browser.choose(browser.begin())
    seen.append(answer.headers["Location"])
    answer = browser.confirm(browser.get(answer.headers["Location"]).text)
    seen += [str(answer.headers), *known(), str(browser.session.cookies.get_dict())]
    for text in seen:
        assert ELODIE.national_number not in text
        assert "850730" not in text


@pytest.fixture
def proof(portal, browser):
    """Return a function that tells what the site sees proved in the browser's session."""
    request = getRequest()

    def proved(user=""):
        transaction.begin()
        ticket = unquote(browser.session.cookies["__ac"]).strip('"')
        request.cookies["__ac"] = ticket
        [person] = people()
        with api.env.adopt_user(user or person):
            return signin.proved_now()

    yield proved
    request.cookies.pop("__ac", None)


@pytest.mark.parametrize(("person", "identity"), PERSONS.items())
def test_the_session_has_the_level_of_its_proof(browser, proof, person, identity):
    browser.sign_in(person=person)
    assert proof() == identity


def test_a_session_of_somebody_else_proves_nothing(browser, proof):
    browser.sign_in()
    assert proof(TEST_USER_NAME) is None


def test_a_proof_counts_two_hours_though_the_session_goes_on(
    browser, proof, monkeypatch
):
    browser.sign_in()
    began = signin.now()
    for passed, counts in (
        (signin.LIFETIME - timedelta(minutes=1), True),
        (signin.LIFETIME + timedelta(minutes=1), False),
        (-timedelta(minutes=5), False),
    ):
        monkeypatch.setattr(signin, "now", lambda passed=passed: began + passed)
        assert (proof() is not None) is counts
    assert browser.name() == "Élodie Marie Lefèvre"


@pytest.mark.parametrize(
    ("tokens", "at"),
    [
        (("high", "demo"), ""),
        (("high", "demo"), "yesterday"),
        (("account",), "now"),
        ((), "now"),
        (("highest",), "now"),
    ],
)
def test_an_ordinary_session_proves_nothing(browser, proof, portal, tokens, at):
    browser.sign_in()
    [person] = known()
    moment = str(int(signin.now().timestamp())) if at == "now" else at
    response = getRequest().response
    session = portal.acl_users[signin.SESSION]
    session._setupSession(person, response, tokens=tokens, user_data=moment)
    transaction.commit()
    ticket = response.cookies["__ac"]["value"].decode()
    browser.session.cookies.clear()
    browser.session.cookies["__ac"] = ticket
    assert proof() is None


def test_a_changed_ticket_proves_nothing(browser, proof):
    browser.sign_in()
    raw = bytearray(b64decode(unquote(browser.session.cookies["__ac"]).strip('"')))
    assert b"high" in raw
    ticket = bytes(raw).replace(b"high", b"HIGH")
    browser.session.cookies.clear()
    browser.session.cookies["__ac"] = b64encode(ticket).decode()
    assert proof() is None


def test_signing_out_ends_it(browser):
    browser.sign_in()
    browser.get("logout")
    assert browser.name() == ""
    assert "__ac" not in browser.session.cookies


def test_the_ways_stand_on_the_sign_in_page_and_lead_back(browser, base):
    came_from = f"{base}/verify"
    for path in ("login", "prove-identity"):
        page = browser.get(path, came_from=came_from).text
        [address] = re.findall(r'href="([^"]*prove-identity\?way=demo[^"]*)"', page)
        query = parse_qs(urlsplit(html.unescape(address)).query)
        assert query["came_from"] == [came_from]


def test_a_real_town_has_no_fictitious_people(browser, portal):
    code = browser.begin()
    settings().demo = False
    transaction.commit()
    assert browser.choose(code).status_code == 404
    refused = browser.get("prove-identity", way="demo")
    assert refused.status_code == 404
    assert "in this way" in refused.text
    assert "Come to the counter" in browser.get("prove-identity").text
    assert "prove-identity" not in browser.get("login").text


@pytest.mark.parametrize("way", ["", "nothing", b"eid\xff"])
def test_an_unknown_way_is_refused_with_the_known_ones(browser, way):
    answer = browser.get("prove-identity", way=way)
    assert answer.status_code == (404 if way == "nothing" else 200)
    assert "A fictitious person" in answer.text


def test_a_network_begins_so_many_a_day(browser, monkeypatch):
    monkeypatch.setattr(signin, "BEGINNINGS_A_DAY", 2)
    monkeypatch.setattr(signin.limits, "client_network", lambda: "192.0.2.0/24")
    answers = [browser.get("prove-identity", way="demo") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]


def test_who_does_not_come_back_for_two_years_is_forgotten(portal, base):
    today, keys = town_today(), town_keys()
    old = people().keep(ELODIE, keys, today - KEPT - timedelta(1)).id
    recent = people().keep(JORIS, keys, today - KEPT).id
    transaction.commit()
    assert ForgetPeople().run(portal) == "1 forgotten"
    assert known() == [recent]
    assert ForgetPeople().run(portal) is None
    assert api.user.get(userid=old) is None
