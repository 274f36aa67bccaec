"""A provider that lies, and people who bring what is not theirs: each is refused, and
nothing of it is in the site's database."""

from base64 import urlsafe_b64encode
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import PublicFormat
from helpers.openidsite import Browser
from helpers.openidsite import write_settings
from helpers.provider import CLIENT
from helpers.provider import half_hash
from helpers.provider import LEVEL
from helpers.provider import LEVEL_HIGH
from helpers.provider import PERSON
from helpers.provider import provider
from helpers.provider import settings
from joserfc import jwt
from joserfc.jwk import RSAKey
from plonegov.certification.adapters.openidsettings import settings_path
from plonegov.certification.pas.people import people
from plonegov.core.municipality.example import TOWN
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import hashlib
import hmac
import json
import logging
import pytest
import time
import transaction


UNTRUSTED = "can't be trusted"
AWAY = "can't be checked at this moment"
HOUR = 3600
FOREIGN = RSAKey.generate_key(2048)


@pytest.fixture
def fas(home_of_keys):
    with provider() as stub:
        write_settings(settings(stub))
        yield stub


@pytest.fixture
def refused(portal, browser, caplog):
    """Return a function that says an answer refuses for a reason and keeps nothing."""
    transaction.begin()
    storage = portal._p_jar.db().storage
    before = storage.lastTransaction()

    def check(answer, text=UNTRUSTED, status=403):
        if answer.status_code == 303:
            answer = browser.get(answer.headers["Location"])
        assert answer.status_code == status
        assert text in answer.text
        assert "prove-identity?way=openid" in answer.text  # the way to begin again
        assert "no-store" in answer.headers["Cache-Control"]
        assert storage.lastTransaction() == before
        transaction.begin()
        assert len(people()) == 0
        assert browser.proved() is None
        told = caplog.text + " ".join(str(record.args) for record in caplog.records)
        for secret in (*PERSON.values(), "canary", "85.07.30"):
            assert secret not in told and secret not in answer.text

    caplog.set_level(logging.DEBUG, "plonegov")
    return check


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


def part(content):
    return urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=")


def unsigned(claims, key):
    return (part({"alg": "none", "kid": key.kid}) + b"." + part(claims) + b".").decode()


def by_the_public_key(claims, key):
    """Sign as with a shared secret, which is the key that everybody has."""
    public = key.public_key.public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    signed = part({"alg": "HS256", "kid": key.kid}) + b"." + part(claims)
    code = hmac.digest(public, signed, hashlib.sha256)
    return (signed + b"." + urlsafe_b64encode(code).rstrip(b"=")).decode()


def by_a_foreign_key(claims, key):
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, FOREIGN)


def by_a_key_of_its_own(claims, key):
    header = {"alg": "RS256", "jwk": FOREIGN.as_dict(private=False)}
    return jwt.encode(header, claims, FOREIGN)


def changed_afterwards(claims, key):
    token = jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)
    head, _body, signature = token.split(".")
    return f"{head}.{part({**claims, 'extra': 1}).decode()}.{signature}"


def no_token(claims, key):
    return "no.token"


def with_a_header(header):
    def sign(claims, key):
        return f"{part(header).decode()}.{part(claims).decode()}.AAAA"

    return sign


SIGNERS = [
    with_a_header({"alg": ["RS256"]}),
    with_a_header({"alg": "RS256", "kid": 1}),
    with_a_header({"alg": "RS256", "crit": ["canary"], "canary": 1}),
    with_a_header(["RS256"]),
    with_a_header({}),
    unsigned,
    by_the_public_key,
    by_a_foreign_key,
    by_a_key_of_its_own,
    changed_afterwards,
    no_token,
]


@pytest.mark.parametrize("token", ["id_token", "userinfo"])
@pytest.mark.parametrize("sign", SIGNERS)
def test_a_signature_that_is_none(fas, browser, refused, sign, token):
    def only_one(claims, key):
        lies = ("nonce" in claims) == (token == "id_token")
        if lies:
            return sign(claims, key)
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)

    fas.sign = only_one
    refused(browser.come_back())


def test_an_unknown_key_is_asked_for_and_then_refused(fas, browser, refused):
    fas.sign = lambda claims, key: jwt.encode(
        {"alg": "RS256", "kid": "unknown"}, claims, FOREIGN
    )
    answer = browser.prove()
    browser.forget_when_it_was_asked()
    refused(browser.get(answer))


def test_an_algorithm_that_the_town_did_not_allow(fas, browser, refused):
    write_settings(settings(fas, algorithms=["ES256"]))
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
        ({"givenName": "", "surname": ""}, "did not give your name"),
        ({"surname": ["canary"]}, "did not give your name"),
    ],
)
def test_facts_that_are_wrong(fas, browser, refused, claims, text):
    fas.person |= claims
    refused(browser.come_back(), text)


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
    "lack", [{"n": None}, {"n": ""}, {"e": 1}, {"n": "AQAB"}, {"x5c": 1, "n": "?"}]
)
def test_a_key_that_is_none(fas, browser, refused, lack):
    key = {**fas.key.as_dict(private=False), **lack}
    fas.keys = [{name: value for name, value in key.items() if value is not None}]
    refused(browser.come_back())


def test_a_key_that_could_be_several(fas, browser, refused):
    both = [fas.key.as_dict(private=False), FOREIGN.as_dict(private=False)]
    fas.keys = [{**key, "kid": None} for key in both]
    fas.sign = lambda claims, key: jwt.encode({"alg": "RS256"}, claims, key)
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
    text = settings(fas, preset="generic", acr_values=[LEVEL], userinfo="jwt")
    claims = '[claims]\nlast_name = "surname"\n'
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
