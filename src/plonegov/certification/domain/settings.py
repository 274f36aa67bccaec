"""What all files of a town's private settings have in common, read into plain data."""

from collections.abc import Collection
from plonegov.certification.domain.errors import SettingsWrong
from typing import Any
from urllib.parse import SplitResult
from urllib.parse import urlsplit

import re
import tomllib


class Refuser:
    """Says what is wrong with a file; ``file`` is its path."""

    def __init__(self, file: str) -> None:
        self.file = file

    def __call__(self, key: str, found: Any, allowed: str) -> SettingsWrong:
        """Return the error of a key, or of the mode or text of the file."""
        shown = str(found)[:80] or "-"
        return SettingsWrong(file=self.file, key=key, found=shown, allowed=allowed)

    def check_keys(
        self, found: Collection[str], known: Collection[str], table: str = ""
    ) -> None:
        """Refuse keys that nobody knows, which are mistyped ones mostly.

        :param table: the table in which they stand.
        :raises SettingsWrong: see there.
        """
        for key in found:
            if key not in known:
                name = f"{table}.{key}" if table else key
                raise self(name, "not known", ", ".join(known))


def parsed(text: str, wrong: Refuser) -> dict[str, Any]:
    """Return what the text of a file says.

    :raises SettingsWrong: it is no TOML.
    """
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise wrong("text", error, "TOML") from error


def web_address(value: Any) -> SplitResult | None:
    """Return the parts of an address of HTTP or HTTPS without an account, else None."""
    if not isinstance(value, str) or not re.fullmatch(r"[!-~]+", value):
        return None
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return None
    good = host and parts.scheme in ("http", "https") and "@" not in parts.netloc
    return parts if good else None
