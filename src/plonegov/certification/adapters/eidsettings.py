"""The town's settings for identity cards, which stand beside its keys.

``$PLONEGOV_HOME/keys/<municipality>/eid.toml`` (mode 0600) says on which host name a
card is asked and how nginx proves that it asked; ``eid/`` beside it holds the
certificates of the roots and of those who issue cards (PEM or DER). They are looked at
at each use, so that a change counts at once.
"""

from collections.abc import Iterable
from cryptography import x509
from dataclasses import dataclass
from dataclasses import field
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from plonegov.certification.domain.eidcard import POLICIES
from plonegov.certification.domain.errors import IdentitySettingsWrong
from plonegov.core.ops.files import is_exposed
from plonegov.core.ops.home import home
from typing import Any
from urllib.parse import urlsplit

import re
import tomllib


FILE = "eid.toml"
FOLDER = "eid"
#: Least characters of the secret.
SECRET = 32
SUFFIXES = {".cer", ".crt", ".der", ".pem"}
#: Files with certificates that are kept read: some hundreds for each town.
KEPT = 2048
PEM = b"-----BEGIN CERTIFICATE-----"
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


def settings_path(municipality_id: str) -> Path:
    """Return where a town's settings are expected."""
    return home() / "keys" / municipality_id / FILE


def load_settings(municipality_id: str) -> EidSettings | None:
    """Return a town's settings; None where it has none.

    :raises IdentitySettingsWrong: they can't be used.
    """
    path = settings_path(municipality_id)
    if not path.exists():
        return None
    _check_mode(path, "0600")
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong("TOML", str(error), "a TOML file in UTF-8") from error
    unknown = sorted(set(found) - set(KEYS))
    if unknown:
        raise _wrong(unknown[0], "not known", ", ".join(KEYS))
    roots, issuers = _authorities(path.parent / FOLDER)
    return EidSettings(
        url=_url(found.get("url")),
        proxies=frozenset(map(_address, _list(found, "proxies"))),
        secret=_secret(found.get("secret")),
        policies=frozenset(map(_policy, _list(found, "policies", POLICIES))),
        crls=tuple(_web_address("crls", url) for url in _list(found, "crls", ())),
        roots=roots,
        issuers=issuers,
    )


def _check_mode(path: Path, allowed: str) -> None:
    mode = path.stat().st_mode
    if is_exposed(mode):
        raise _wrong(f"mode of {path.name}", f"{mode & 0o777:04o}", allowed)


def _list(found: dict[str, Any], key: str, default: Iterable[str] | None = None):
    value = found.get(key)
    if value is None and default is not None:
        return default
    texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
    if not texts or not value:
        raise _wrong(key, value, "a list of texts")
    return value


def _url(value: Any) -> str:
    parts = urlsplit(value) if isinstance(value, str) else None
    if parts is None or parts.scheme != "https" or not parts.hostname:
        raise _wrong("url", value, "https://<host name of its own>")
    if parts.query or parts.fragment or parts.username:
        raise _wrong("url", value, "https://<host name of its own>")
    return str(value).rstrip("/")


def _web_address(key: str, value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _wrong(key, value, "addresses that begin with http:// or https://")
    return value


def _address(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError as error:
        raise _wrong("proxies", value, "IP addresses") from error


def _secret(value: Any) -> str:
    length = len(value) if isinstance(value, str) and value.isascii() else 0
    if length < SECRET:
        allowed = f"at least {SECRET} characters of ASCII"
        raise _wrong("secret", f"{length} characters", allowed)
    return str(value)


def _policy(value: str) -> str:
    if not re.fullmatch(r"[0-2](\.[0-9]{1,10}){2,20}", value):
        raise _wrong("policies", value, "dotted numbers like 2.16.56.12.1.1.2.2")
    return value


def _authorities(folder: Path):
    """Return roots and issuers, each once."""
    if not folder.is_dir():
        raise _wrong(f"{FOLDER}/", "missing", "a folder with certificates")
    _check_mode(folder, "0700")
    found: dict[x509.Certificate, None] = {}
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in SUFFIXES:
            stat = file.stat()
            stamp = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
            found.update(dict.fromkeys(_certificates(file, stamp)))
    roots = tuple(one for one in found if one.subject == one.issuer)
    if not roots:
        raise _wrong(f"{FOLDER}/", "no root", "at least one root certificate")
    return roots, tuple(one for one in found if one.subject != one.issuer)


@lru_cache(KEPT)
def _certificates(file: Path, stamp: tuple[int, ...]) -> tuple[x509.Certificate, ...]:
    """Return the certificates of a file; it is read anew when its stamp differs."""
    data = file.read_bytes()
    try:
        if PEM in data:
            return tuple(x509.load_pem_x509_certificates(data))
        return (x509.load_der_x509_certificate(data),)
    except ValueError as error:
        named = f"{FOLDER}/{file.name}"
        raise _wrong(named, "damaged", "certificates in PEM or DER") from error


def _wrong(key: str, found: Any, allowed: str) -> IdentitySettingsWrong:
    return IdentitySettingsWrong(file=FILE, key=key, found=found, allowed=allowed)
