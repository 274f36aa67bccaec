"""The event log of a record: who did what, when and from where; append-only."""

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from plone import api
from plonegov.core.api.ports import now
from typing import Any
from zope.globalrequest import getRequest

import ipaddress


#: Who acts when no one is signed in.
CITIZEN = "citizen"

#: Who acts when a job does.
SYSTEM = "system"


@dataclass(frozen=True)
class Entry:
    """One line of the log.

    ``when`` is aware and in UTC, ``who`` a user id or "citizen", ``origin``
    the network (/24 or /64) that it came from or empty, ``details`` what was given.
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
    """Return the id of the current user, or "citizen" when nobody is signed in."""
    return CITIZEN if api.user.is_anonymous() else api.user.get_current().getId()


def log(record: Any, action: str, who: str = "", **details: Any) -> Entry:
    """Append an entry to the record's log and return it."""
    entry = Entry(now(), who or actor(), action, origin(), details)
    row = (entry.when.isoformat(), entry.who, action, entry.origin, details)
    record.events = (*getattr(record, "events", ()), row)
    return entry


def entries(record: Any) -> list[Entry]:
    """Return the record's log, oldest first."""
    return [
        Entry(datetime.fromisoformat(when), *rest)
        for when, *rest in getattr(record, "events", ())
    ]
