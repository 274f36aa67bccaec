"""Who of the staff keeps, gets and is told of which orders, and when."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from enum import StrEnum
from plonegov.core.errors import Fault
from plonegov.core.typed.reader import Reader
from typing import Any


#: From when on the daily mail is sent, by the clock of the town.
DIGEST_FROM = time(6)

#: The longest absence that is not a mistyped year.
LONGEST = timedelta(days=366)

KEYS = ("away_from", "away_to", "digest")


class Returned(StrEnum):
    """Why an order goes back to its service, as its log says it."""

    AWAY = "returned_away"
    GONE = "returned_gone"


@dataclass(frozen=True)
class Absence:
    """From the first to the last day of an absence, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class WorkSettings:
    """What a clerk said of the own work: when away, and whether to get the mail."""

    absence: Absence | None = None
    digest: bool = True

    def is_away(self, day: date) -> bool:
        """Whether the clerk is away on a day."""
        return self.absence is not None and self.absence.covers(day)


@dataclass(frozen=True)
class Clerk:
    """A member of staff; ``services`` are those that the account is a clerk of,
    ``headed`` those that it leads."""

    user: str
    services: frozenset[str] = frozenset()
    headed: frozenset[str] = frozenset()
    settings: WorkSettings = WorkSettings()
    email: str = ""
    language: str = ""


Staff = Mapping[str, Clerk]


def returned(staff: Staff, user: str, service: str, today: date) -> Returned | None:
    """Return why an order of a service can't stay with an account; None: it stays."""
    clerk = staff.get(user)
    if clerk is None or service not in clerk.services:
        return Returned.GONE
    return Returned.AWAY if clerk.settings.is_away(today) else None


def head_of(staff: Staff, heads: Iterable[str], service: str, today: date) -> str:
    """Return the head who gets an overdue order that nobody works on: the first who
    is a clerk of the service and not away; empty when there is none."""
    for user in heads:
        if user in staff and returned(staff, user, service, today) is None:
            return user
    return ""


def told_of_overdue(clerk: Clerk, heads: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the services whose overdue orders a member of staff is told of: those
    that he or she heads, and the own ones that nobody heads.

    :param heads: service to the accounts of its heads.
    """
    unled = {service for service in clerk.services if not heads.get(service)}
    return sorted(clerk.headed | unled)


def digest_due(local: datetime, working: bool, told: date | None) -> bool:
    """Whether the daily mail is to be sent: once on a working day, from 6 o'clock on.

    :param local: now, by the clock of the town.
    :param working: whether offices work on that day.
    :param told: the day on which it was sent last.
    """
    fresh = told is None or told < local.date()
    return working and fresh and local.time() >= DIGEST_FROM


def read_settings(
    given: Mapping[str, Any], today: date, faults: list[Fault]
) -> WorkSettings | None:
    """Return what a clerk says of the own work; None when something is wrong.

    :param given: ``away_from`` and ``away_to`` (ISO 8601, both or neither) and
        ``digest`` (boolean).
    :param faults: gets what is wrong.
    """
    reader = Reader(given, KEYS, faults)
    before = len(faults)
    first = reader.day("away_from", date.min, today + LONGEST)
    last = reader.day("away_to", today, today + 2 * LONGEST)
    for one, other in (("away_from", "away_to"), ("away_to", "away_from")):
        if reader.has(one) and not reader.has(other):
            reader.fault(other, "required")
    if first and last and last < first:
        reader.fault("away_to", "date_too_early", earliest=first.isoformat())
    digest = reader.flag("digest")
    if len(faults) > before:
        return None
    return WorkSettings(Absence(first, last) if first and last else None, digest)
