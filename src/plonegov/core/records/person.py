"""Finding all that is held on a person, for who asks what that is (GDPR art. 15).

Nothing is looked up in an index of names or numbers, since there is none: every record
is read, in portions, so that memory stays flat.
"""

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from enum import StrEnum
from plone.namedfile.interfaces import INamedBlobFile
from plonegov.core.mail import outbox
from plonegov.core.records.interfaces import IPersonalData
from typing import Any
from zope.component import getUtilitiesFor

import unicodedata


#: Records that are read before the object cache is emptied.
PORTION = 500

Told = Callable[[int, int], None]


class Sureness(StrEnum):
    """How sure it is that a record is about the person."""

    NUMBER = "number"
    PERSON = "names and birth date"
    NAMES = "names only"
    NONE = ""


#: What is given without a person's look at it.
CERTAIN = (Sureness.NUMBER, Sureness.PERSON)


@dataclass(frozen=True)
class Wanted:
    """Who is asked for; ``birth_date`` is ISO 8601, ``number`` as it is stored."""

    first_name: str
    last_name: str
    birth_date: str
    number: str = ""

    def sureness(self, known: dict[str, Any], number: str = "") -> Sureness:
        """Return whether a person of a record is the wanted one.

        Of the first names only the first one counts. Another number or another date of
        birth makes another person, whatever the name.

        :param known: with first_name, last_name and birth_date, as far as known.
        """
        if self.number and number:
            return Sureness.NUMBER if number == self.number else Sureness.NONE
        mine = (folded(self.last_name), first_of(self.first_name))
        theirs = (
            folded(str(known.get("last_name") or "")),
            first_of(str(known.get("first_name") or "")),
        )
        if mine != theirs:
            return Sureness.NONE
        born = known.get("birth_date") or ""
        if not born:
            return Sureness.NAMES
        return Sureness.PERSON if born == self.birth_date else Sureness.NONE


@dataclass(frozen=True)
class Held:
    """What one record holds on the person: plain values, and files by their path."""

    kind: str
    id: str
    data: dict[str, Any]
    files: list[tuple[str, INamedBlobFile]] = field(default_factory=list)
    uid: str = ""
    since: date | None = None


@dataclass
class Found:
    """What was found: records that are certain, and ids of those to be looked at."""

    held: list[Held] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)


def find(
    portal: Any, wanted: Wanted, also: Iterable[str] = (), told: Told | None = None
) -> Found:
    """Read all records of a site and return what they hold on a person.

    :param also: ids of records that somebody has looked at: they are about the person.
    :param told: called with how many records of how many are read.
    """
    ports = sorted(getUtilitiesFor(IPersonalData), key=lambda item: item[0])
    holders = [(port, one) for _name, port in ports for one in port.holders(portal)]
    also, found = set(also), Found()
    for number, (port, holder) in enumerate(holders, start=1):
        sureness = port.sureness(portal, holder, wanted)
        name = port.name(holder)
        if sureness in CERTAIN or name in also:
            found.held.append(port.held(portal, holder, wanted))
        elif sureness:
            found.doubtful.append(name)
        if number % PORTION == 0:
            portal._p_jar.cacheMinimize()
        if told is not None:
            told(number, len(holders))
    return found


def mails_about(portal: Any, uids: Iterable[str]) -> list[dict[str, str]]:
    """Return the mails about records that the town still owes, as plain values."""
    wanted = set(uids)
    return [
        {
            "queued": mail.queued.isoformat(timespec="seconds"),
            "to": mail.recipient,
            "text": mail.message.decode("utf-8", "replace"),
        }
        for mail in outbox.entries(portal).values()
        if mail.about in wanted
    ]


def folded(text: str) -> str:
    """Return the letters and digits of a name without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def first_of(names: str) -> str:
    """Return the first one of the first names, folded; a hyphen makes one of two."""
    return folded(names.replace(",", " ").split(maxsplit=1)[0]) if names.strip() else ""
