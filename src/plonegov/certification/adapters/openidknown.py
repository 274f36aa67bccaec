"""What is known of an identity provider: its addresses and keys, in a file.

``$PLONEGOV_HOME/openid/<municipality>/known.json``, so that beginning a sign-in needs no
network. A job refreshes it; a key that is not in it is asked for once a minute at most.
"""

from authlib.oidc.discovery import get_well_known_url
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from plonegov.certification.adapters.openidhttp import decoded
from plonegov.certification.adapters.openidhttp import nobody
from plonegov.certification.adapters.openidhttp import Session
from plonegov.certification.adapters.openidhttp import Unreachable
from plonegov.certification.domain.openid import AnswerWrong
from plonegov.certification.domain.providers import ENDPOINTS
from plonegov.certification.domain.providers import is_safe
from plonegov.certification.domain.providers import Provider
from plonegov.core.ops.files import town_folder
from plonegov.core.ops.files import write_private
from requests import Response
from typing import Any

import json


FOLDER = "openid"
NAME = "known.json"
#: A key that the provider took back is trusted no longer than this.
OLDEST = timedelta(days=2)
PAUSE = timedelta(minutes=1)
#: Our names of addresses to those of OpenID Connect Discovery 1.0, section 3.
METADATA = {
    "authorization": "authorization_endpoint",
    "token": "token_endpoint",
    "userinfo": "userinfo_endpoint",
    "keys": "jwks_uri",
}


@dataclass(frozen=True)
class Known:
    """Addresses and keys (JWK) of a provider, and when they were fetched (aware).

    ``names_itself``: its answers by the browser say whose they are (RFC 9207).
    """

    issuer: str
    fetched: datetime
    endpoints: Mapping[str, str]
    keys: list[dict[str, Any]]
    names_itself: bool = False

    def is_old(self, now: datetime) -> bool:
        """Tell whether it must be fetched anew before it is trusted."""
        return not timedelta(0) <= now - self.fetched <= OLDEST


class KnownFile:
    """The file of one town; it may be used in any thread."""

    def __init__(self, municipality_id: str) -> None:
        self.path: Path = town_folder(FOLDER, municipality_id) / NAME
        self.tried = self.path.with_name("tried")

    def read(self, provider: Provider) -> Known | None:
        """Return what is known of a provider; None when that is nothing, or was asked
        with other settings."""
        try:
            found = json.loads(self.path.read_bytes())
            known = Known(
                **{**found, "fetched": datetime.fromisoformat(found["fetched"])}
            )
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return None
        stated = dict(provider.endpoints).items()
        same = known.issuer == provider.issuer
        return known if same and stated <= dict(known.endpoints).items() else None

    def fetch(self, provider: Provider, now: datetime) -> Known:
        """Ask the provider, and keep what it says.

        :raises Unreachable: it does not answer.
        :raises AnswerWrong: it answers nonsense.
        """
        with Session() as client:
            endpoints, names_itself = _endpoints(client, provider)
            keys = decoded(_get(client, endpoints["keys"])).get("keys")
        if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
            raise AnswerWrong("no keys")
        known = Known(provider.issuer, now, endpoints, keys, names_itself)
        plain = {**vars(known), "fetched": now.isoformat()}
        write_private(self.path, json.dumps(plain).encode())
        return known

    def fetch_soon(self, provider: Provider, now: datetime) -> Known:
        """Ask the provider, unless that was done within the last minute.

        :raises Unreachable: it was, or the provider does not answer.
        :raises AnswerWrong: it answers nonsense.
        """
        try:
            asked, last = self.tried.read_text("ascii").split()
            age = now - datetime.fromisoformat(last)
        except (FileNotFoundError, ValueError):
            asked, age = "", PAUSE
        if asked == provider.issuer and timedelta(0) <= age < PAUSE:
            raise Unreachable("asked a moment ago")
        write_private(self.tried, f"{provider.issuer} {now.isoformat()}".encode())
        return self.fetch(provider, now)


def _endpoints(client: Session, provider: Provider) -> tuple[dict[str, str], bool]:
    needed = set(ENDPOINTS) - ({"userinfo"} if provider.userinfo == "none" else set())
    if needed <= set(provider.endpoints):
        return dict(provider.endpoints), False
    url = get_well_known_url(provider.issuer, external=True)
    document = decoded(_get(client, url))
    if document.get("issuer") != provider.issuer:
        raise AnswerWrong("discovery: issuer")
    said = {name: document.get(key) for name, key in METADATA.items()}
    found = {name: url for name, url in said.items() if url is not None}
    found |= provider.endpoints
    for name in needed:
        if not is_safe(found.get(name)):
            raise AnswerWrong(f"discovery: {name}")
    names_itself = document.get("authorization_response_iss_parameter_supported")
    return found, names_itself is True


def _get(client: Session, url: str) -> Response:
    return client.fetched(url, nobody)
