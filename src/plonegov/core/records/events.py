"""The event log of a record: what happened when, and apart from it who did it.

A row of ``record.events`` is the time, the action, the digest of the entry's personal
part and a hash over these and the hash of the row before. The personal part (a salt,
who, from where, what was given) stands in ``record.event_parts`` under the row's
number. It can be erased, and the log still tells what happened when.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from plone import api
from plonegov.core.api.ports import now
from typing import Any
from zope.globalrequest import getRequest

import ipaddress
import json
import secrets


#: Who acts when no one is signed in; no account can have this name.
CITIZEN = "(citizen)"

#: Who acts when a job does; no account can have this name either.
SYSTEM = "(system)"

#: The action that says that the personal parts before it were erased.
ERASED = "erased"

Row = tuple[str, str, str, str]
Part = tuple[str, str, str, dict[str, Any]]


@dataclass(frozen=True)
class Entry:
    """One line of the log.

    ``when`` is aware and in UTC, ``who`` a user id, CITIZEN or SYSTEM, ``origin``
    the network (/24 or /64) that it came from or empty, ``details`` what was given.
    The last three are empty once they were erased.
    """

    when: datetime
    who: str
    action: str
    origin: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def network(address: str) -> str:
    """Return the /24 or /64 network of an IP address, or "" where there is none."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    prefix = 24 if ip.version == 4 else 64
    return str(ipaddress.ip_network(f"{ip}/{prefix}", strict=False))


def origin() -> str:
    """Return the network that the current request came from, or ""."""
    request = getRequest()
    return network(request.getClientAddr()) if request is not None else ""


def actor() -> str:
    """Return the id of the current user, or CITIZEN when nobody is signed in."""
    return CITIZEN if api.user.is_anonymous() else api.user.get_current().getId()


def log(record: Any, action: str, who: str = "", **details: Any) -> Entry:
    """Append an entry to the record's log and return it."""
    entry = Entry(now(), who or actor(), action, origin(), details)
    rows, parts = _stored(record)
    part = (secrets.token_hex(16), entry.who, entry.origin, details)
    record.events = (*rows, _row(rows, entry.when.isoformat(), action, _digest(part)))
    record.event_parts = {**parts, len(rows): part}
    return entry


def entries(record: Any) -> list[Entry]:
    """Return the record's log, oldest first."""
    rows, parts = _stored(record)
    return [
        Entry(datetime.fromisoformat(when), who, action, place, details)
        for number, (when, action, *_rest) in enumerate(rows)
        for _salt, who, place, details in [parts.get(number, ("", "", "", {}))]
    ]


def forget_people(record: Any) -> None:
    """Erase the personal parts of all entries; that it was done is an entry itself."""
    record.event_parts = {}
    log(record, ERASED, SYSTEM)


def verify(record: Any) -> list[str]:
    """Return what is wrong with the record's log, one line each; [] if nothing.

    A row that was changed, taken out or put in is found, and a personal part that was
    changed or is missing although nothing says that it was erased. Rows missing at
    the end are not, nor a log that was written anew as a whole.
    """
    return list(_problems(*_stored(record)))


def backdate(record: Any, back: timedelta, first: timedelta | None = None) -> None:
    """Move the whole log into the past, as demonstrations need it.

    :param first: how far its first entry goes back, where that differs.
    """
    rows, moved = _stored(record)[0], ()
    for when, action, digest, _hash in rows:
        by = back if moved or first is None else first
        earlier = (datetime.fromisoformat(when) - by).isoformat()
        moved = (*moved, _row(moved, earlier, action, digest))
    record.events = moved


def _stored(record: Any) -> tuple[tuple[Row, ...], dict[int, Part]]:
    return getattr(record, "events", ()), getattr(record, "event_parts", {})


def _row(rows: tuple[Row, ...], when: str, action: str, digest: str) -> Row:
    before = rows[-1][3] if rows else ""
    return (when, action, digest, _digest((before, when, action, digest)))


def _digest(values: tuple[Any, ...]) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _problems(rows: tuple[Row, ...], parts: dict[int, Part]) -> Iterator[str]:
    erased = [number for number, row in enumerate(rows) if row[1] == ERASED]
    for number, (when, action, digest, stated) in enumerate(rows):
        if stated != _row(rows[:number], when, action, digest)[3]:
            yield f"entry {number + 1}: it, or one before it, was changed."
        if number not in parts:
            if number >= max(erased, default=0):
                yield f"entry {number + 1}: its personal part was never erased."
        elif _digest(parts[number]) != digest:
            yield f"entry {number + 1}: its personal part was changed."
