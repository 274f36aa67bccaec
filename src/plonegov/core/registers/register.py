"""Registers without holes: numbers that the law wants to follow one another.

A number is given in the transaction that decides, under the town's write lock, and only
when it is committed. It is never given again: what was undone keeps its number as
cancelled, with the reason, and what was wrongly written down is rectified under the same
number (one more version).
"""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from persistent import Persistent
from plone import api
from plonegov.core.api import now
from plonegov.core.registers.errors import EntryCancelled
from plonegov.core.registers.errors import EntryUnknown
from plonegov.core.registers.errors import ReasonOfEntryMissing
from plonegov.core.registers.links import digest_of
from plonegov.core.registers.links import Key
from plonegov.core.registers.links import Registered
from zope.annotation.interfaces import IAnnotations


ANNOTATION = "plonegov.core.registers"

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entry:
    """One number of a register.

    ``number`` counts from 1 within a year. ``about`` is the UID of what got it, ``digest``
    the SHA-256 (hex) of its text as registered. ``version`` counts rectifications from 1;
    ``reason`` says why the last one was made, or why the number was ``cancelled``.
    ``facts`` (name and text) are what else a register notes of its entries.
    """

    number: int
    about: str
    digest: str
    when: datetime
    version: int = 1
    cancelled: bool = False
    reason: str = ""
    facts: Facts = ()

    def registered(self) -> Registered:
        """Return all that this version says as the chain over registers names it."""
        said = (self.about, self.digest, self.when.isoformat(), self.cancelled)
        return Registered(digest_of([*said, self.reason, *self.facts]), self.when)


class Year(Persistent):
    """The entries of a register in one year, with all their versions.

    ``last`` is the number given last: the next one follows it, whatever became of it.
    """

    __roles__ = ACCESS_PRIVATE

    def __init__(self) -> None:
        self.last = 0
        self.versions = IOBTree()

    def add(self, about: str, digest: str, when: datetime, facts: Facts = ()) -> Entry:
        entry = Entry(self.last + 1, about, digest, when, facts=facts)
        self.last = entry.number
        self.versions[entry.number] = (entry,)
        return entry

    def change(self, number: int, entry: Entry) -> Entry:
        self.versions[number] = (*self.versions[number], entry)
        return entry


class Register:
    """A register of the current town, by name (``council``, ``posting``).

    It is made by the first number that is given; reading an empty one writes nothing.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def allocate(self, year: int, about: str, digest: str, facts: Facts = ()) -> Entry:
        """Give the next number of a year.

        The caller holds the town's write lock, and decides in the same transaction.

        :param about: UID of what gets the number.
        :param digest: SHA-256 (hex) of the text that is registered.
        """
        return self._year(year).add(about, digest, now(), facts)

    def rectify(self, year: int, number: int, digest: str, reason: str) -> Entry:
        """Register another text under the same number; both stay readable.

        :raises EntryUnknown: the number was not given.
        :raises EntryCancelled: it was cancelled.
        :raises ReasonOfEntryMissing: no reason is given.
        """
        entry = self._open(year, number, reason)
        changed = replace(
            entry,
            digest=digest,
            when=now(),
            version=entry.version + 1,
            reason=reason.strip(),
        )
        return self._year(year).change(number, changed)

    def cancel(self, year: int, number: int, reason: str, facts: Facts = ()) -> Entry:
        """Say that what had a number holds no more; nothing else ever gets it.

        :param facts: noted beside those of the entry.
        :raises EntryUnknown: the number was not given.
        :raises EntryCancelled: it was cancelled before.
        :raises ReasonOfEntryMissing: no reason is given.
        """
        entry = self._open(year, number, reason)
        changed = replace(
            entry,
            when=now(),
            cancelled=True,
            reason=reason.strip(),
            facts=(*entry.facts, *facts),
        )
        return self._year(year).change(number, changed)

    def get(self, year: int, number: int) -> Entry:
        """Return a number's entry as it stands.

        :raises EntryUnknown: the number was not given.
        """
        return self.versions(year, number)[-1]

    def versions(self, year: int, number: int) -> tuple[Entry, ...]:
        """Return all that was registered under a number, first the oldest.

        :raises EntryUnknown: the number was not given.
        """
        held = self._years().get(year)
        found = held.versions.get(number) if held is not None else None
        if found is None:
            raise EntryUnknown(register=self.name, year=year, number=number)
        return found

    def last(self, year: int) -> int:
        """Return the number that was given last in a year; 0: none was.

        It only lets one foresee the next number, which is nobody's before it is given.
        """
        held = self._years().get(year)
        return held.last if held is not None else 0

    def entries(self, year: int) -> Iterator[Entry]:
        """Yield a year's entries as they stand, by number, cancelled ones too."""
        held = self._years().get(year)
        for versions in held.versions.values() if held is not None else ():
            yield versions[-1]

    def problems(self, year: int) -> list[str]:
        """Return what is wrong with a year, one line each: a hole, a number twice."""
        held = self._years().get(year)
        if held is None:
            return []
        numbers = list(held.versions)
        found = [
            f"{self.name} {year}: number {number} is missing."
            for number in range(1, held.last + 1)
            if number not in held.versions
        ]
        if numbers and numbers[-1] > held.last:
            found.append(f"{self.name} {year}: {numbers[-1]} comes after the last.")
        return found

    def _open(self, year: int, number: int, reason: str) -> Entry:
        entry = self.get(year, number)
        if entry.cancelled:
            raise EntryCancelled(number=number, year=year)
        if not reason.strip():
            raise ReasonOfEntryMissing()
        return entry

    def _years(self) -> Mapping[int, Year]:
        return IAnnotations(api.portal.get()).get(ANNOTATION, {}).get(self.name, {})

    def _year(self, year: int) -> Year:
        annotations = IAnnotations(api.portal.get())
        if ANNOTATION not in annotations:
            annotations[ANNOTATION] = OOBTree()
        registers = annotations[ANNOTATION]
        if self.name not in registers:
            registers[self.name] = IOBTree()
        years = registers[self.name]
        if year not in years:
            years[year] = Year()
        return years[year]


def names() -> list[str]:
    """Return the names of the town's registers that hold something."""
    return list(IAnnotations(api.portal.get()).get(ANNOTATION, {}))


def registered(known: Collection[Key] = ()) -> dict[Key, Registered]:
    """Return all versions of all numbers of the town's registers, but those known."""
    registers = IAnnotations(api.portal.get()).get(ANNOTATION, {})
    return {
        key: entry.registered()
        for name, years in registers.items()
        for year, held in years.items()
        for number, versions in held.versions.items()
        for index, entry in enumerate(versions, 1)
        if (key := (name, year, number, index)) not in known
    }
