"""Checks of what an identity provider signed (OpenID Connect Core 1.0, 3.1.3.7 and
5.3.2; RFC 7519), by Authlib's rules of claims and joserfc's of signatures."""

from authlib.oidc.core.claims import CodeIDToken
from authlib.oidc.core.claims import HybridIDToken
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from joserfc import jwt
from joserfc.errors import ClaimError
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry
from plonegov.certification.domain.openid import AnswerWrong
from plonegov.certification.domain.providers import Provider
from typing import Any


#: Seconds that the provider's clock may differ.
LEEWAY = 60
#: What reading nonsense raises.
UNREADABLE = (JoseError, ValueError, TypeError, RecursionError)
#: What signs with which algorithm, by its first letters.
KINDS = {"RS": RSAKey, "PS": RSAKey, "ES": ECKey}


class KeyUnknown(Exception):
    """The key that a token names is none that is known of the provider."""


class IdToken(CodeIDToken):
    """Authlib's checks, and that of the code's hash where there is one."""

    def validate(self, now: int | None = None, leeway: int = 0) -> None:
        super().validate(now, leeway)
        if "c_hash" in self:
            HybridIDToken.validate_c_hash(self)


@dataclass(frozen=True)
class Asked:
    """What the town asked, and what came of it: the token must fit to each.

    ``began``, ``now``: seconds since 1970.
    """

    nonce: str
    code: str
    access_token: str
    began: int
    now: int


def id_claims(
    provider: Provider, keys: list[dict[str, Any]], token: Any, asked: Asked
) -> dict[str, Any]:
    """Return the claims of an ID token.

    :raises KeyUnknown: ask for the keys anew.
    :raises AnswerWrong: it is not what was asked for, or not the provider's.
    """
    decoded = _decoded(provider, keys, token)
    claims = IdToken(
        decoded.claims,
        decoded.header,
        {
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
        },
        {
            "nonce": asked.nonce,
            "client_id": provider.client_id,
            "access_token": asked.access_token,
            "code": asked.code,
        },
    )
    try:
        claims.validate(asked.now, LEEWAY)
    except UNREADABLE as error:
        raise AnswerWrong(f"id_token: {_told(error)}") from error
    if not claims["sub"] or claims["iat"] < asked.began - LEEWAY:
        raise AnswerWrong("id_token: issued before it was asked for")
    return dict(claims)


def userinfo_claims(
    provider: Provider, keys: list[dict[str, Any]], token: Any, now: datetime
) -> dict[str, Any]:
    """Return the claims of a userinfo answer that is signed.

    It need not say whose it is and for whom, nor for how long; what it says must hold.

    :raises KeyUnknown: ask for the keys anew.
    :raises AnswerWrong: it is not the provider's, or not for the town.
    """
    claims = _decoded(provider, keys, token).claims
    rules = JWTClaimsRegistry(
        int(now.timestamp()),
        LEEWAY,
        iss={"value": provider.issuer},
        aud={"value": provider.client_id},
    )
    try:
        rules.validate(claims)
    except UNREADABLE as error:
        raise AnswerWrong(f"userinfo: {_told(error)}") from error
    return claims


def _decoded(provider: Provider, keys: list[dict[str, Any]], token: Any) -> jwt.Token:
    if not isinstance(token, str):
        raise AnswerWrong("no token")
    registry = JWSRegistry(algorithms=provider.algorithms, strict_check_header=False)
    try:
        return jwt.decode(
            token,
            lambda found: _key(provider, keys, found.headers()),
            registry=registry,
        )
    except UNREADABLE as error:
        raise AnswerWrong(_told(error)) from error


def _key(
    provider: Provider, keys: list[dict[str, Any]], header: Mapping[str, Any]
) -> RSAKey | ECKey:
    """Return the one key that a token's header means; nothing else in it counts."""
    algorithm, key_id = header.get("alg"), header.get("kid")
    if algorithm not in provider.algorithms:
        raise AnswerWrong("algorithm not allowed")
    kind = KINDS[algorithm[:2]]
    found = [
        key
        for key in keys
        if key.get("kty") == kind.key_type
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and key_id in (None, key.get("kid"))
    ]
    if not found:
        raise KeyUnknown()
    if len(found) > 1:
        raise AnswerWrong("several keys fit")
    return kind.import_key(found[0])


def _told(error: Exception) -> str:
    """Return what is wrong without any value."""
    code = getattr(error, "error", type(error).__name__)
    return f"{code} {error.claim}" if isinstance(error, ClaimError) else str(code)
