"""The chain over a town's registers: what stood in them on the day it was sealed.

A link names each version of each number that was registered since the link before, by
the SHA-256 of all that it says, and takes in the hash of that link (FIPS 180-4). So what
is changed, taken away, put in, exchanged or cut off afterwards is found: against the
links, and against the head of the chain, which is kept in another place than they are.
"""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import asdict
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import json


#: Register, year, number and version: what a registered version goes by.
Key = tuple[str, int, int, int]
NO_HASH = ""


@dataclass(frozen=True)
class Registered:
    """What a register says now under a key: its SHA-256 (hex), and since when."""

    digest: str
    when: datetime


@dataclass(frozen=True)
class Link:
    """A day's link: ``time`` is ISO 8601 in UTC, ``entries`` key and digest each.

    ``before`` is the hash of the link before, "" for the first one.
    """

    number: int
    time: str
    entries: tuple[tuple[Key, str], ...]
    before: str
    hash: str


def digest_of(facts: Sequence[Any]) -> str:
    """Return the SHA-256 (hex) of facts that JSON can say, in their order."""
    text = json.dumps(facts, separators=(",", ":"), ensure_ascii=False, default=str)
    return sha256(text.encode()).hexdigest()


def make_link(
    before: Link | None, time: datetime, entries: Mapping[Key, Registered]
) -> Link:
    """Return the link that follows another one (None: the first).

    :param time: aware.
    :param entries: what no link names yet.
    """
    number = before.number + 1 if before else 1
    rows = tuple((key, entries[key].digest) for key in sorted(entries))
    link = Link(number, time.isoformat(), rows, before.hash if before else NO_HASH, "")
    return Link(**{**vars(link), "hash": _hash(link)})


def unsealed(links: Sequence[Link], now: Mapping[Key, Registered]) -> dict:
    """Return what stands in the registers and in no link."""
    named = {key for link in links for key, _digest in link.entries}
    return {key: entry for key, entry in now.items() if key not in named}


def write_line(link: Link) -> bytes:
    """Return a link as a line of JSON."""
    return json.dumps(asdict(link), separators=(",", ":")).encode() + b"\n"


def read_line(line: bytes) -> Link:
    """Return the link of a line.

    :raises ValueError: it is none.
    """
    try:
        facts = json.loads(line)
        entries = tuple(
            ((str(register), int(year), int(number), int(version)), str(digest))
            for (register, year, number, version), digest in facts["entries"]
        )
        return Link(
            int(facts["number"]),
            str(facts["time"]),
            entries,
            str(facts["before"]),
            str(facts["hash"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("A line of the chain is no link.") from error


def problems(
    links: Sequence[Link], head: str, now: Mapping[Key, Registered]
) -> list[str]:
    """Return what is wrong with chain and registers, one line of English each.

    :param head: hash of the last link, as noted with the registers. A link more is no
        problem: the machine may have stopped between writing it and noting it.
    :param now: all versions of all numbers, as they stand.
    """
    return [*_broken(links, head), *_changed(links, now), *_strange(links, now)]


def _hash(link: Link) -> str:
    return digest_of([link.number, link.time, link.entries, link.before])


def _broken(links: Sequence[Link], head: str) -> Iterator[str]:
    before = NO_HASH
    for number, link in enumerate(links, 1):
        if link.number != number:
            yield f"Link {number} of the chain is missing or in another place."
        if link.hash != _hash(link):
            yield f"Link {link.number} of {link.time} was changed."
        if link.before != before:
            yield f"Link {link.number} does not follow the one before it."
        before = link.hash
    ends = [NO_HASH, *(link.hash for link in links)][-2:]
    if head not in ends:
        yield "The chain does not end where the registers say: links were cut off."


def _changed(links: Sequence[Link], now: Mapping[Key, Registered]) -> Iterator[str]:
    named = [entry for link in links for entry in link.entries]
    for key, count in Counter(key for key, _digest in named).items():
        if count > 1:
            yield f"{_said(key)} stands in {count} links."
    for key, digest in named:
        if key not in now:
            yield f"{_said(key)} was sealed and is gone."
        elif now[key].digest != digest:
            yield f"{_said(key)} was changed after it was sealed."


def _strange(links: Sequence[Link], now: Mapping[Key, Registered]) -> Iterator[str]:
    last = links[-1].time if links else ""
    for key, entry in unsealed(links, now).items():
        if last and entry.when <= datetime.fromisoformat(last):
            yield f"{_said(key)} was put in before what was sealed already."
    numbers: dict[tuple[str, int], set[int]] = {}
    for register, year, number, _version in now:
        numbers.setdefault((register, year), set()).add(number)
    for (register, year), given in numbers.items():
        for number in sorted(set(range(1, max(given) + 1)) - given):
            yield f"{register} {year}: number {number} is missing."


def _said(key: Key) -> str:
    register, year, number, version = key
    return f"{register} {year}: number {number}, version {version}"
