"""What ``seal.toml`` may say, read into plain data; see ``docs/operations/seals.md``."""

from collections.abc import Mapping
from dataclasses import dataclass
from plonegov.certification.domain.settings import Refuser
from plonegov.certification.domain.settings import web_address
from typing import Any


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


def seal_settings(found: Mapping[str, Any], wrong: Refuser) -> SealSettings:
    """Return what a file says.

    :param wrong: the file's.
    :raises SettingsWrong: a key is unknown, missing or wrong.
    """
    wrong.check_keys(found, TABLES)
    values = {name: _table(wrong, name, table) for name, table in found.items()}
    settings = SealSettings(
        Timestamps(**values["timestamp"]) if "timestamp" in values else None,
        Token(**values["pkcs11"]) if "pkcs11" in values else None,
    )
    _check(wrong, settings)
    return settings


def _table(wrong: Refuser, name: str, table: Any) -> Mapping[str, str]:
    needed, further = TABLES[name]
    if not isinstance(table, dict):
        raise wrong(name, type(table).__name__, f"a table [{name}]")
    wrong.check_keys(table, (*needed, *further), name)
    for key in (*needed, *table):
        value = table.get(key)
        if not isinstance(value, str) or (key in needed and not value):
            raise wrong(f"{name}.{key}", type(value).__name__, "a text")
    return table


def _check(wrong: Refuser, found: SealSettings) -> None:
    if found.timestamp is not None:
        if web_address(found.timestamp.url) is None:
            allowed = "https://..., an account in the keys user and password"
            raise wrong("timestamp.url", "another text", allowed)
        if bool(found.timestamp.user) != bool(found.timestamp.password):
            allowed = "both user and password, or none"
            raise wrong("timestamp", "one of them", allowed)
    if found.pkcs11 is not None:
        if not found.pkcs11.module.startswith("/"):
            raise wrong("pkcs11.module", found.pkcs11.module, "an absolute path")
        if "/" in found.pkcs11.pin_file:
            raise wrong("pkcs11.pin_file", found.pkcs11.pin_file, "a name, no path")
