"""The instance folder: what the suite keeps outside the database."""

from pathlib import Path

import os


def home() -> Path:
    """Return ``$PLONEGOV_HOME``, or ``var/instance`` below the current folder.

    Below it: ``etc``, ``storage``, ``keys/<municipality>``, ``mail/<municipality>``,
    ``audit/<municipality>``, ``erasures``, ``limits``, ``locks``, ``log``,
    ``profiles``; with PostgreSQL ``blobs``.
    """
    return Path(os.environ.get("PLONEGOV_HOME") or "var/instance").absolute()


def private_folder(*parts: str) -> Path:
    """Return a folder below ``home()`` that only its owner may enter (made if missing)."""
    folder = home().joinpath(*parts)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def storage_dsn() -> str:
    """Return the DSN of the instance's PostgreSQL database; empty for another storage.

    It holds no password.
    """
    return storage_setting("dsn")


def storage_setting(name: str) -> str:
    """Return a setting of ``etc/storage.conf``, where Zope reads it from; or nothing."""
    file = home() / "etc" / "storage.conf"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    for line in lines:
        key, _, value = line.strip().partition(" ")
        if key == name:
            return value.strip().replace("$$", "$")
    return ""
