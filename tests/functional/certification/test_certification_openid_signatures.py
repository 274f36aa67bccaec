"""What a provider did not sign, or with a key that is none of its: nobody is signed in."""

from base64 import urlsafe_b64encode
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import PublicFormat
from helpers.openidsite import write_settings
from helpers.provider import settings
from joserfc import jwt
from joserfc.jwk import RSAKey

import hashlib
import hmac
import json
import pytest


FOREIGN = RSAKey.generate_key(2048)


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
