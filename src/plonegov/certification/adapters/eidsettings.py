"""The town's settings for identity cards, which stand beside its keys.

``$PLONEGOV_HOME/keys/<municipality>/eid.toml`` (mode 0600) says on which host name a
card is asked and how nginx proves that it asked; ``eid/`` beside it (mode 0700) holds
the certificates of the roots and of those who issue cards.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from cryptography import x509
from dataclasses import dataclass
from dataclasses import field
from ipaddress import ip_address
from pathlib import Path
from plonegov.certification.adapters.settings import beside_keys
from plonegov.certification.adapters.settings import certificates_in
from plonegov.certification.adapters.settings import check_folder
from plonegov.certification.adapters.settings import read_toml
from plonegov.certification.domain.eidcard import POLICIES
from plonegov.certification.domain.settings import Refuser
from plonegov.certification.domain.settings import web_address
from typing import Any

import re


FILE = "eid.toml"
FOLDER = "eid"
#: Least characters of the secret.
SECRET = 32
POLICY = re.compile(r"[0-2](\.[0-9]{1,10}){2,20}")
KEYS = ("url", "proxies", "secret", "policies", "crls")


@dataclass(frozen=True)
class EidSettings:
    """What the file says, and the certificates beside it.

    ``url`` begins the address at which a card is asked; requests count only from the
    addresses ``proxies`` and with the ``secret``. A card's certificate must lead to one
    of ``roots`` by way of ``issuers`` and have one of ``policies``; ``crls`` are
    addresses of lists of revoked certificates that no certificate here names.
    """

    url: str
    proxies: frozenset[str]
    secret: str = field(repr=False)
    policies: frozenset[str]
    crls: tuple[str, ...]
    roots: tuple[x509.Certificate, ...]
    issuers: tuple[x509.Certificate, ...]

    @property
    def authorities(self) -> tuple[x509.Certificate, ...]:
        """Roots and issuers."""
        return self.roots + self.issuers


def load_eid(municipality_id: str) -> EidSettings | None:
    """Return a town's settings; None where it has none.

    :raises SettingsWrong: they can't be used.
    """
    path = beside_keys(municipality_id, FILE)
    said = read_toml(path)
    if said is None:
        return None
    found = _Said(said, Refuser(str(path)))
    roots, issuers = _authorities(beside_keys(municipality_id, FOLDER))
    return EidSettings(
        url=found.url(),
        proxies=found.proxies(),
        secret=found.secret(),
        policies=found.policies(),
        crls=found.crls(),
        roots=roots,
        issuers=issuers,
    )


class _Said:
    """What the file says, each checked when it is asked for."""

    def __init__(self, said: Mapping[str, Any], wrong: Refuser) -> None:
        self.said = said
        self.wrong = wrong
        wrong.check_keys(said, KEYS)

    def texts(self, key: str, default: Iterable[str] | None = None) -> list[str]:
        value = self.said.get(key)
        if value is None and default is not None:
            return list(default)
        texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
        if not texts or not value:
            raise self.wrong(key, value, "a list of texts")
        return list(value)

    def url(self) -> str:
        value = self.said.get("url")
        parts = web_address(value)
        if parts is None or parts.scheme != "https" or parts.query or parts.fragment:
            raise self.wrong("url", value, "https://<host name of its own>")
        return str(value).rstrip("/")

    def proxies(self) -> frozenset[str]:
        try:
            return frozenset(str(ip_address(one)) for one in self.texts("proxies"))
        except ValueError as error:
            raise self.wrong("proxies", error, "IP addresses") from error

    def secret(self) -> str:
        value = self.said.get("secret")
        length = len(value) if isinstance(value, str) and value.isascii() else 0
        if length < SECRET:
            allowed = f"at least {SECRET} characters of ASCII"
            raise self.wrong("secret", f"{length} characters", allowed)
        return str(value)

    def policies(self) -> frozenset[str]:
        found = self.texts("policies", POLICIES)
        for one in found:
            if not POLICY.fullmatch(one):
                allowed = "dotted numbers like 2.16.56.12.1.1.2.2"
                raise self.wrong("policies", one, allowed)
        return frozenset(found)

    def crls(self) -> tuple[str, ...]:
        found = self.texts("crls", ())
        for one in found:
            if web_address(one) is None:
                allowed = "addresses that begin with http:// or https://"
                raise self.wrong("crls", one, allowed)
        return tuple(found)


def _authorities(
    folder: Path,
) -> tuple[tuple[x509.Certificate, ...], tuple[x509.Certificate, ...]]:
    """Return roots and issuers, each once."""
    check_folder(folder)
    found = certificates_in(folder)
    roots = tuple(one for one in found if one.subject == one.issuer)
    if not roots:
        allowed = "at least one root certificate"
        raise Refuser(str(folder))("folder", "no root", allowed)
    return roots, tuple(one for one in found if one.subject != one.issuer)
