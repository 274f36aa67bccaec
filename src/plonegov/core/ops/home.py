"""The instance folder: what the suite keeps outside the database."""

from pathlib import Path

import os


def home() -> Path:
    """Return ``$PLONEGOV_HOME``, or ``var/instance`` below the current folder.

    Below it: ``etc``, ``storage``, ``keys/<municipality>``, ``mail/<municipality>``,
    ``audit/<municipality>``, ``locks``, ``log``, ``profiles``.
    """
    return Path(os.environ.get("PLONEGOV_HOME") or "var/instance").absolute()


def private_folder(*parts: str) -> Path:
    """Return a folder below ``home()`` that only its owner may enter (made if missing)."""
    folder = home().joinpath(*parts)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
