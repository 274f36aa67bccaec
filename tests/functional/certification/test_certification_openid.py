"""Signing in by OpenID Connect to the end, at providers that tell the truth."""

from helpers.openidsite import MARK
from helpers.openidsite import write_settings
from helpers.provider import CLIENT
from helpers.provider import LEVEL_HIGH
from helpers.provider import PERSON
from helpers.provider import SECRET
from helpers.provider import settings
from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.jwk import RSAKey
from oidc_provider_mock import run_server_in_thread
from plonegov.certification.pas.people import people
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import html
import pytest
import re
import requests
import transaction


#: What the town says of a provider with the standard claims.
STANDARD = """
preset = "generic"
issuer = "{issuer}"
client_id = "exempleville"
client_secret = "anything"
authentication = "{authentication}"
acr_values = ["sure"]
country = "BE"
[levels]
sure = "substantial"
[claims]
national_number = "egovNRN"
"""


def test_one_signs_in_with_a_signed_userinfo(fas, browser):
    answer = browser.come_back()
    assert answer.status_code == 303
    page = browser.get(answer.headers["Location"])
    assert "Élodie Marie Lefèvre" in page.text and "85073099734" not in page.text
    assert browser.confirm(page).headers["Location"].endswith(MARK)
    assert browser.proved() == {
        "level": "substantial",
        "way": "openid",
        "first_name": "Élodie Marie",
        "last_name": "Lefèvre",
        "national_number": "85073099734",
        "country": "BE",
        "birth_date": "1985-07-30",
        "email": "elodie@exempleville.example",
        "issuer": fas.issuer,
        "subject": PERSON["sub"],
    }


def test_a_surer_proof_than_asked_for_counts_as_such(fas, browser):
    fas.id_claims["acr"] = LEVEL_HIGH
    assert browser.sign_in()["level"] == "high"


def test_what_the_browser_carries_tells_nothing_of_the_person(fas, browser):
    browser.sign_in()
    carried = " ".join(browser.addresses)
    for secret in (*PERSON.values(), fas.token_request["code_verifier"]):
        assert secret not in carried
    asked = fas.asked
    assert asked["scope"] == "openid profile egovnrn"
    assert asked["acr_values"] == "urn:be:fedict:iam:fas:Level450"
    assert asked["code_challenge_method"] == "S256"
    assert asked["ui_locales"] == "en"
    assert asked["redirect_uri"] == f"{browser.site}/openid-return"


def test_all_may_stand_in_the_id_token(fas, browser):
    write_settings(settings(fas, userinfo="none"))
    fas.id_claims |= PERSON
    assert browser.sign_in()["national_number"] == "85073099734"
    assert "userinfo" not in fas.calls


def test_beginning_needs_no_network_once_the_provider_is_known(fas, browser):
    assert browser.begin().status_code == 303
    assert fas.calls == ["jwk_uri"]
    assert browser.begin().status_code == 303
    assert fas.calls == ["jwk_uri"]


def test_a_new_key_of_the_provider_is_fetched_once_a_minute_at_most(fas, browser):
    browser.sign_in()
    fas.key = RSAKey.generate_key(2048, auto_kid=True)
    # It was asked less than a minute ago: nothing is decided.
    away = browser.come_back().headers["Location"]
    assert "refused=sign_in_away" in away
    assert browser.get(away).status_code == 502
    browser.forget_when_it_was_asked()
    fas.calls.clear()
    assert browser.sign_in()["last_name"] == "Lefèvre"
    assert fas.calls.count("jwk_uri") == 1


@pytest.mark.parametrize(("kind", "alg"), [(RSAKey, "RS256"), (ECKey, "ES256")])
def test_the_town_proves_itself_with_its_key(fas, browser, kind, alg):
    key = kind.generate_key(2048 if kind is RSAKey else "P-256")
    more = {
        "authentication": "private_key_jwt",
        "client_key": "openid.pem",
        "client_key_id": "one",
    }
    write_settings(settings(fas, **more), pem=key.as_pem(private=True))
    browser.sign_in()
    sent = fas.token_request["client_assertion"]
    proof = jwt.decode(sent, key, algorithms=[alg])
    assert proof.header["kid"] == "one"
    assert proof.claims["iss"] == proof.claims["sub"] == CLIENT
    assert proof.claims["aud"] == f"{fas.issuer}/access_token"
    assert proof.claims["exp"] - proof.claims["iat"] <= 121


def test_the_secret_may_be_posted(fas, browser):
    write_settings(settings(fas, authentication="client_secret_post"))
    browser.sign_in()
    assert fas.token_request["client_secret"] == SECRET


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_one_signs_in_at_a_provider_of_the_standard(home_of_keys, browser, method):
    with run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        write_settings(STANDARD.format(issuer=issuer, authentication=method))
        claims = {
            "acr": "sure",
            "given_name": "Joris",
            "family_name": "Van den Broeck",
            "birthdate": "2004-02-14",
            "egovNRN": "04.02.14-997.68",
            "email": "joris@exempleville.example",
            "email_verified": False,
        }
        requests.put(f"{issuer}/users/joris", json=claims, timeout=10)
        page = browser.begin().headers["Location"]
        sent = requests.post(
            page, data={"sub": "joris"}, allow_redirects=False, timeout=10
        )
        back = browser.get(sent.headers["Location"])
        browser.confirm(browser.get(back.headers["Location"]))
        proved = browser.proved()
    assert proved["last_name"] == "Van den Broeck"
    assert proved["national_number"] == "04021499768"
    assert proved["birth_date"] == "2004-02-14"
    assert proved["email"] == ""  # nobody checked it
    assert (proved["issuer"], proved["subject"]) == (issuer, "joris")


def test_who_stops_there_finds_the_way_back(home_of_keys, browser, portal):
    with run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        write_settings(
            STANDARD.format(issuer=issuer, authentication="client_secret_basic")
        )
        page = browser.begin().headers["Location"]
        sent = requests.post(
            page, data={"action": "deny"}, allow_redirects=False, timeout=10
        )
    # This provider forgets the state when somebody stops: it is put back.
    state = parse_qs(urlsplit(page).query)["state"][0]
    address = sent.headers["Location"]
    assert "error=access_denied" in address
    answer = browser.get(f"{address}&state={state}")
    page = browser.get(answer.headers["Location"])
    assert page.status_code == 403
    assert "You stopped before it was finished" in page.text
    again = re.search(r'href="([^"]*prove-identity\?way=openid[^"]*)"', page.text)[1]
    given = parse_qs(urlsplit(html.unescape(again)).query)
    assert given["came_from"] == [f"{browser.site}{MARK}"]
    transaction.begin()
    assert len(people()) == 0
