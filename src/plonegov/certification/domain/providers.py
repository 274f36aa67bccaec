"""An identity provider as the town has set it up: a preset and what its file says.

Both are TOML of the same keys; what the town's file says wins, tables key by key.
"""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from plonegov.certification.domain.settings import Refuser
from plonegov.certification.domain.settings import web_address
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.levels import LEVELS
from plonegov.core.identity.levels import reaches
from typing import Any

import re


AUTHENTICATIONS = ("client_secret_basic", "client_secret_post", "private_key_jwt")
USERINFO = ("json", "jwt", "none")
#: Signatures that only the provider's private key makes; never ``none`` nor ``HS...``.
ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
)
#: What a provider can say of a person.
CLAIMS = (
    "first_name",
    "last_name",
    "national_number",
    "country",
    "birth_date",
    "email",
)
ENDPOINTS = ("authorization", "token", "userinfo", "keys")
LANGUAGES = ("fr", "nl", "en", "es")
PROVED = (AssuranceLevel.SUBSTANTIAL, AssuranceLevel.HIGH)
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
#: The town's parameters may not undo what protects the sign-in.
OURS = frozenset(
    (
        "acr_values",
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "redirect_uri",
        "response_mode",
        "response_type",
        "scope",
        "state",
    )
)


@dataclass(frozen=True)
class Provider:
    """An identity provider and the town's place at it.

    ``claims`` leads from what is known of a person to the provider's name of it,
    ``levels`` from its values of ``level_claim`` to ours. ``endpoints`` that are not
    stated are found in its discovery document. ``secret`` is the client's secret or,
    for ``private_key_jwt``, its private key (PEM).
    """

    preset: str
    issuer: str
    client_id: str
    authentication: str
    secret: str = field(repr=False)
    key_id: str
    scopes: tuple[str, ...]
    acr_values: tuple[str, ...]
    parameters: Mapping[str, str]
    endpoints: Mapping[str, str]
    claims: Mapping[str, str]
    levels: Mapping[str, AssuranceLevel]
    level_claim: str
    userinfo: str
    country: str
    algorithms: tuple[str, ...]
    title: Mapping[str, str]

    @property
    def asked(self) -> AssuranceLevel:
        """The least level that was asked for: nothing below it is accepted."""
        return min(self._asked(), key=LEVELS.index)

    @property
    def surest(self) -> AssuranceLevel:
        """The surest level that was asked for."""
        return max(self._asked(), key=LEVELS.index)

    def _asked(self) -> list[AssuranceLevel]:
        return [self.levels[value] for value in self.acr_values]

    def reached(self, values: list[str]) -> AssuranceLevel | None:
        """Return the level of what the provider named, the least if several; None
        when none of it is known, or it is below what was asked."""
        known = [self.levels[value] for value in values if value in self.levels]
        level = min(known, key=LEVELS.index) if known else None
        return level if level is not None and reaches(level, self.asked) else None


def is_safe(address: Any) -> bool:
    """Tell whether an address is one of HTTPS, or of this machine."""
    parts = web_address(address)
    if parts is None or parts.fragment:
        return False
    return parts.scheme == "https" or parts.hostname in LOCAL


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_text, value))


def _one_of(*allowed: str) -> Callable[[Any], bool]:
    return lambda value: value in allowed


def _table(keys: Callable[[str], bool], value: Callable) -> Callable[[Any], bool]:
    return lambda found: (
        isinstance(found, dict)
        and all(keys(key) and value(each) for key, each in found.items())
    )


@dataclass(frozen=True)
class Key:
    """A key of the files: what is allowed, in words and as a test; its default."""

    allowed: str
    test: Callable[[Any], bool]
    default: Any = None


KEYS = {
    "preset": Key("the name of a preset", _text, "generic"),
    "issuer": Key("an address that begins with https://", is_safe),
    "client_id": Key("the id that the provider gave", _text),
    "authentication": Key(
        ", ".join(AUTHENTICATIONS), lambda value: value in AUTHENTICATIONS
    ),
    "client_secret": Key("the secret that the provider gave", _text, ""),
    "client_key": Key("the name of a .pem file beside this one", _text, ""),
    "client_key_id": Key("the id of the key at the provider", _text, ""),
    "service_code": Key("the code of the service at the provider", _text, ""),
    "scopes": Key('a list with "openid"', lambda v: _texts(v) and "openid" in v),
    "acr_values": Key("a list of keys of [levels]", _texts),
    "level_claim": Key("the name of a claim", _text, "acr"),
    "userinfo": Key(", ".join(USERINFO), lambda value: value in USERINFO, "json"),
    "country": Key("two capitals (BE)", re.compile("[A-Z]{2}").fullmatch, ""),
    "algorithms": Key(
        f"a list of: {', '.join(ALGORITHMS)}",
        lambda value: _texts(value) and set(value) <= set(ALGORITHMS),
        list(ALGORITHMS),
    ),
    "endpoints": Key(
        f"addresses of https:// for: {', '.join(ENDPOINTS)}",
        _table(_one_of(*ENDPOINTS), _text),
        {},
    ),
    "parameters": Key(
        "texts by their names; none that the sign-in itself needs",
        _table(lambda name: name not in OURS, _text),
        {},
    ),
    "claims": Key(
        f"names of claims for: {', '.join(CLAIMS)}", _table(_one_of(*CLAIMS), _text), {}
    ),
    "levels": Key(
        "values of acr to substantial or high", _table(_text, _one_of(*PROVED)), {}
    ),
    "title": Key(
        f"texts for: {', '.join(LANGUAGES)}", _table(_one_of(*LANGUAGES), _text), {}
    ),
}
SECRET = frozenset({"client_secret"})


def preset_of(own: Mapping[str, Any], known: list[str], wrong: Refuser) -> str:
    """Return the name of the preset that a town's file builds upon.

    :raises SettingsWrong: there is no such preset.
    """
    name = own.get("preset", KEYS["preset"].default)
    if name not in known:
        raise wrong("preset", name, ", ".join(known))
    return name


def provider_of(
    own: Mapping[str, Any],
    preset: Mapping[str, Any],
    wrong: Refuser,
    read_key: Callable[[str], str],
) -> Provider:
    """Return the provider that a town's file and its preset describe.

    :param wrong: the town's file's.
    :param read_key: returns the text of a key's file beside it.
    :raises SettingsWrong: a key is unknown, missing or wrong.
    """
    settings = _Settings(own, preset, wrong)
    text, listed = settings.text, settings.listed
    return Provider(
        preset=text("preset"),
        issuer=text("issuer"),
        client_id=text("client_id"),
        authentication=text("authentication"),
        secret=settings.secret(read_key),
        key_id=text("client_key_id"),
        scopes=settings.scopes(),
        acr_values=settings.acr_values(),
        parameters=settings.table("parameters"),
        endpoints=settings.endpoints(),
        claims=settings.table("claims"),
        levels=settings.levels(),
        level_claim=text("level_claim"),
        userinfo=text("userinfo"),
        country=settings.country(),
        algorithms=listed("algorithms"),
        title=settings.table("title"),
    )


class _Settings:
    """Both files' values, each checked when it is asked for."""

    def __init__(
        self, own: Mapping[str, Any], preset: Mapping[str, Any], wrong: Refuser
    ) -> None:
        self.wrong = wrong
        self.merged: dict[str, Any] = {**preset, **own}
        wrong.check_keys(own, KEYS)
        for name, value in preset.items():
            if isinstance(value, dict) and isinstance(own.get(name), dict):
                self.merged[name] = {**value, **own[name]}
        for name, value in self.merged.items():
            if not KEYS[name].test(value):
                found = "***" if name in SECRET else value
                raise self.wrong(name, found, KEYS[name].allowed)

    def value(self, name: str) -> Any:
        default = KEYS[name].default
        if name not in self.merged and default is None:
            raise self.wrong(name, "", KEYS[name].allowed)
        return self.merged.get(name, default)

    def text(self, name: str) -> str:
        return str(self.value(name)).strip()

    def listed(self, name: str) -> tuple[str, ...]:
        return tuple(self.value(name))

    def table(self, name: str) -> dict[str, str]:
        return dict(self.value(name))

    def secret(self, read_key: Callable[[str], str]) -> str:
        name = (
            "client_key"
            if self.text("authentication") == "private_key_jwt"
            else "client_secret"
        )
        if not self.text(name):
            raise self.wrong(name, "", KEYS[name].allowed)
        return read_key(self.text(name)) if name == "client_key" else self.text(name)

    def scopes(self) -> tuple[str, ...]:
        code = self.text("service_code")
        named = any("{service_code}" in scope for scope in self.listed("scopes"))
        if named and not code:
            raise self.wrong("service_code", "", KEYS["service_code"].allowed)
        return tuple(
            scope.replace("{service_code}", code) for scope in self.listed("scopes")
        )

    def country(self) -> str:
        claims = self.value("claims")
        country = self.text("country")
        stated = country or "country" in claims
        if "national_number" in claims and not stated:
            raise self.wrong("country", "", KEYS["country"].allowed)
        return country

    def acr_values(self) -> tuple[str, ...]:
        asked = self.listed("acr_values")
        for value in asked:
            if value not in self.value("levels"):
                raise self.wrong("acr_values", value, KEYS["acr_values"].allowed)
        return asked

    def levels(self) -> dict[str, AssuranceLevel]:
        named = self.table("levels").items()
        return {value: AssuranceLevel(level) for value, level in named}

    def endpoints(self) -> dict[str, str]:
        issuer = self.text("issuer").rstrip("/")
        found = {
            name: address.replace("{issuer}", issuer)
            for name, address in self.table("endpoints").items()
        }
        for name, address in found.items():
            if not is_safe(address):
                raise self.wrong(f"endpoints.{name}", address, KEYS["issuer"].allowed)
        return found
