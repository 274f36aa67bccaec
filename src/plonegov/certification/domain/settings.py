"""What ``seal.toml`` may say, read into plain data; see ``docs/operations/seals.md``."""

from collections.abc import Mapping
from dataclasses import dataclass
from plonegov.certification.domain.errors import SealSettingsWrong
from typing import Any
from urllib.parse import urlsplit

import tomllib


@dataclass(frozen=True)
class Timestamps:
    """A time-stamping authority: its address, and an account if it wants one."""

    url: str
    user: str = ""
    password: str = ""


@dataclass(frozen=True)
class Token:
    """A key in a device: PKCS#11 ``module`` (path), labels of ``token`` and ``key``.

    ``pin_file`` is the name of a file beside ``seal.toml``.
    """

    module: str
    token: str
    key: str
    pin_file: str


@dataclass(frozen=True)
class SealSettings:
    """A town's settings; None: there is no such table."""

    timestamp: Timestamps | None = None
    pkcs11: Token | None = None


#: Tables of the file: the keys that each must have, and those that it may have.
TABLES = {
    "timestamp": (("url",), ("user", "password")),
    "pkcs11": (("module", "token", "key", "pin_file"), ()),
}


def read(text: str, file: str) -> SealSettings:
    """Return what the text of a file says.

    :param file: how an error names the file.
    :raises SealSettingsWrong: see there.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SealSettingsWrong(
            file=file, key="", found=str(error), allowed="TOML"
        ) from error
    for name in tables:
        if name not in TABLES:
            _refuse(file, name, "a table", " or ".join(f"[{one}]" for one in TABLES))
    values = {name: _table(file, name, table) for name, table in tables.items()}
    found = SealSettings(
        Timestamps(**values["timestamp"]) if "timestamp" in values else None,
        Token(**values["pkcs11"]) if "pkcs11" in values else None,
    )
    _check(file, found)
    return found


def _table(file: str, name: str, table: Any) -> Mapping[str, str]:
    needed, further = TABLES[name]
    if not isinstance(table, dict):
        _refuse(file, name, repr(table), f"a table [{name}]")
    for key in table:
        if key not in (*needed, *further):
            _refuse(file, f"{name}.{key}", "this key", ", ".join((*needed, *further)))
    for key in needed:
        if not table.get(key):
            _refuse(file, f"{name}.{key}", "nothing", "a text")
    for key, value in table.items():
        if not isinstance(value, str):
            _refuse(file, f"{name}.{key}", type(value).__name__, "a text")
    return table


def _check(file: str, found: SealSettings) -> None:
    if found.timestamp is not None:
        parts = urlsplit(found.timestamp.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            _refuse(file, "timestamp.url", found.timestamp.url, "https://...")
        if parts.username or parts.password:
            _refuse(file, "timestamp.url", "an account", "the keys user and password")
        if bool(found.timestamp.user) != bool(found.timestamp.password):
            _refuse(file, "timestamp", "one of them", "both user and password, or none")
    if found.pkcs11 is not None:
        if not found.pkcs11.module.startswith("/"):
            _refuse(file, "pkcs11.module", found.pkcs11.module, "an absolute path")
        if "/" in found.pkcs11.pin_file:
            _refuse(file, "pkcs11.pin_file", found.pkcs11.pin_file, "a name, no path")


def _refuse(file: str, key: str, found: str, allowed: str) -> None:
    raise SealSettingsWrong(file=file, key=key, found=found, allowed=allowed)
