"""Does the web server take away what only it may say of a card?

Somebody outside can send any header. The town's public addresses are asked with forged
ones, and the site tells which of them came through; a mark in their value keeps what
the web server itself says from being told to anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests


#: What nginx says of a card (docs/operations/nginx-eid.conf).
HEADERS = (
    "X-Eid-Secret",
    "X-Eid-Verify",
    "X-Eid-Certificate",
    "X-Eid-Fingerprint",
    "X-Eid-Serial",
)
MARK = "forged-"
#: Seconds to wait for an answer.
SECONDS = 5


@dataclass(frozen=True)
class Tried:
    """What came of forged headers at an address.

    ``arrived`` are the headers that came through; ``problem`` says why nothing is known;
    ``date`` is the time by the other machine's clock.
    """

    url: str
    arrived: tuple[str, ...] = ()
    problem: str = ""
    date: datetime | None = None


def arrived(environ: Mapping[str, Any]) -> list[str]:
    """Return which headers of a request are forged ones of the test."""
    return [
        name for name in HEADERS if str(environ.get(_key(name), "")).startswith(MARK)
    ]


def attempt(url: str) -> Tried:
    """Send forged headers to an address, spelled in both ways that reach a program.

    :param url: answers what ``arrived`` found as JSON, in ``arrived``.
    """
    found: set[str] = set()
    date = None
    for spelled in (str, lambda name: name.replace("-", "_")):
        headers = {spelled(name): f"{MARK}{name}" for name in HEADERS}
        try:
            answer = requests.get(
                url, headers=headers, timeout=SECONDS, allow_redirects=False
            )
            found |= set(answer.json()["arrived"])
        except (requests.RequestException, ValueError, TypeError, KeyError) as error:
            return Tried(url, problem=type(error).__name__, date=date)
        date = _date(answer)
    return Tried(url, tuple(name for name in HEADERS if name in found), date=date)


def _key(name: str) -> str:
    return f"HTTP_{name.upper().replace('-', '_')}"


def _date(answer: requests.Response) -> datetime | None:
    try:
        return parsedate_to_datetime(answer.headers["Date"])
    except (KeyError, ValueError):
        return None
