"""A provider that lies of a person, or of how sure it is: nothing of it is believed."""

from helpers.openidsite import write_settings
from helpers.provider import CLIENT
from helpers.provider import half_hash
from helpers.provider import LEVEL
from helpers.provider import LEVEL_HIGH
from helpers.provider import settings

import pytest
import time


HOUR = 3600


def now():
    return int(time.time())


ID_LIES = {
    "another nonce": lambda: {"nonce": "x"},
    "no nonce": lambda: {"nonce": None},
    "another issuer": lambda: {"iss": "https://idp.example/fas/oauth2"},
    "no issuer": lambda: {"iss": None},
    "for another": lambda: {"aud": "another"},
    "for nobody": lambda: {"aud": []},
    "for several and nobody's": lambda: {"aud": [CLIENT, "another"]},
    "for several and another's": lambda: {"aud": [CLIENT, "x"], "azp": "x"},
    "another's": lambda: {"azp": "another"},
    "expired": lambda: {"exp": now() - 120},
    "never expires": lambda: {"exp": None},
    "expires as text": lambda: {"exp": "tomorrow"},
    "issued tomorrow": lambda: {"iat": now() + 24 * HOUR},
    "issued before it was asked for": lambda: {"iat": now() - HOUR},
    "issued at no time": lambda: {"iat": None},
    "not yet valid": lambda: {"nbf": now() + HOUR},
    "another access token": lambda: {"at_hash": half_hash("another")},
    "another code": lambda: {"c_hash": half_hash("another")},
    "of nobody": lambda: {"sub": None},
    "of an empty person": lambda: {"sub": ""},
    "of another than userinfo": lambda: {"sub": "another"},
}


@pytest.mark.parametrize("lie", ID_LIES.values(), ids=ID_LIES)
def test_an_id_token_that_lies(fas, browser, refused, lie):
    fas.id_claims |= lie()
    refused(browser.come_back())


INFO_LIES = {
    "another person": lambda: {"sub": "another"},
    "nobody": lambda: {"sub": None},
    "another issuer": lambda: {"iss": "https://idp.example/fas/oauth2"},
    "for another": lambda: {"aud": "another"},
    "expired": lambda: {"exp": now() - 120},
}


@pytest.mark.parametrize("lie", INFO_LIES.values(), ids=INFO_LIES)
def test_a_userinfo_that_lies(fas, browser, refused, lie):
    fas.info_claims |= lie()
    refused(browser.come_back())


@pytest.mark.parametrize("acr", [None, "0", "urn:be:fedict:iam:fas:Level400", 500])
def test_a_level_that_is_not_in_the_table(fas, browser, refused, acr):
    fas.id_claims["acr"] = acr
    refused(browser.come_back(), "must be surer of who you are")


def test_a_level_below_the_one_that_was_asked_for(fas, browser, refused):
    write_settings(settings(fas, acr_values=[LEVEL_HIGH]))
    fas.id_claims["acr"] = LEVEL
    refused(browser.come_back(), "must be surer of who you are")


def test_a_level_that_only_userinfo_claims(fas, browser, refused):
    fas.id_claims["acr"] = LEVEL
    fas.person["acr"] = LEVEL_HIGH
    assert browser.sign_in()["level"] == "substantial"


@pytest.mark.parametrize(
    ("claims", "text"),
    [
        ({"egovNRN": "85.07.30-997.35"}, "is not a right one"),
        ({"egovNRN": 85073099734}, "is not a right one"),
        ({"givenName": "", "surname": ""}, "did not say enough about you"),
        ({"surname": ["canary"]}, "did not say enough about you"),
    ],
)
def test_facts_that_are_wrong(fas, browser, refused, claims, text):
    fas.person |= claims
    refused(browser.come_back(), text)
