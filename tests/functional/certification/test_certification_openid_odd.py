"""A provider that answers nonsense, an error or for another, or is changed meanwhile."""

from helpers.openidfixtures import AWAY
from helpers.openidfixtures import UNTRUSTED
from helpers.openidsite import write_settings
from helpers.provider import LEVEL
from helpers.provider import PERSON
from helpers.provider import provider
from helpers.provider import settings
from plonegov.certification.adapters.openidsettings import settings_path
from plonegov.core.municipality.example import TOWN

import pytest


DEEP = "[" * 99_999
ODD_TOKENS = [
    ({"token_changes": {"access_token": None}}, UNTRUSTED, 403),
    ({"token_changes": {"token_type": "mac"}}, UNTRUSTED, 403),
    ({"token_changes": {"id_token": None}}, UNTRUSTED, 403),
    ({"token_changes": {"id_token": ["x"]}}, UNTRUSTED, 403),
    ({"token_changes": {"expires_in": -1}}, UNTRUSTED, 403),
    ({"token_changes": {"expires_in": "soon"}}, UNTRUSTED, 403),
    ({"token_answer": (200, "<html>")}, UNTRUSTED, 403),
    ({"token_answer": (200, "[]")}, UNTRUSTED, 403),
    ({"token_answer": (200, DEEP)}, UNTRUSTED, 403),
    ({"token_answer": (400, '{"error": ["canary"]}')}, UNTRUSTED, 403),
    ({"token_answer": (302, "")}, UNTRUSTED, 403),
    ({"token_answer": (429, "slowly")}, AWAY, 502),
    ({"token_answer": (500, "{}")}, AWAY, 502),
    ({"info_answer": "{}"}, UNTRUSTED, 403),
    ({"info_answer": ""}, UNTRUSTED, 403),
]


@pytest.mark.parametrize(("said", "text", "status"), ODD_TOKENS)
def test_an_answer_that_is_none(fas, browser, refused, said, text, status):
    for name, value in said.items():
        setattr(fas, name, value)
    refused(browser.come_back(), text, status)


@pytest.mark.parametrize("info", ["<html>", "[]", '"x"', "{}", '{"sub": "x"}', DEEP])
def test_a_plain_userinfo_that_is_none(fas, browser, refused, info):
    write_settings(settings(fas, userinfo="json"))
    fas.info_answer = info
    refused(browser.come_back())


@pytest.mark.parametrize(
    ("text", "told", "status"),
    [
        (None, "can't sign in here in this way", 404),
        ("preset = 1", "can't be checked at this moment", 502),
    ],
)
def test_settings_that_change_meanwhile(fas, browser, text, told, status):
    address = browser.prove()
    path = settings_path(TOWN)
    path.unlink() if text is None else path.write_text(text)
    answer = browser.get(browser.get(address).headers["Location"])
    assert answer.status_code == status
    assert told in answer.text


def test_another_provider_has_not_asked(fas, browser):
    address = browser.prove()
    with provider() as other:
        write_settings(settings(other))
        answer = browser.get(browser.get(address).headers["Location"])
        assert (answer.status_code, other.calls) == (410, [])


def test_an_answer_in_the_name_of_another_issuer(fas, browser, refused):
    fas.answer["iss"] = "https://idp.example"
    refused(browser.come_back())
    assert "access_token" not in fas.calls


def test_a_provider_that_always_names_itself_must_do_so(fas, browser, refused):
    issuer = fas.issuer
    fas.discovery = {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/access_token",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "jwks_uri": f"{issuer}/jwk_uri",
        "authorization_response_iss_parameter_supported": True,
    }
    ours = {"preset": "generic", "acr_values": [LEVEL], "userinfo": "jwt"}
    text = settings(fas, **ours, country="BE")
    claims = '[claims]\nlast_name = "surname"\nnational_number = "egovNRN"\n'
    write_settings(f'{text}{claims}[levels]\n"{LEVEL}" = "high"\n')
    refused(browser.come_back())
    fas.answer["iss"] = issuer
    assert browser.sign_in()["last_name"] == PERSON["surname"]


@pytest.mark.parametrize(
    ("error", "text"),
    [
        ("access_denied", "You stopped before it was finished"),
        ("server_error", "could not do it this time"),
        ("canary<script>", "could not do it this time"),
    ],
)
def test_an_error_of_the_provider(fas, browser, refused, error, text):
    fas.answer |= {"code": None, "error": error, "error_description": "canary"}
    answer = browser.come_back()
    refused(answer, text)
    # Where the person was is not forgotten.
    assert "sitemap" in browser.get(answer.headers["Location"]).text
