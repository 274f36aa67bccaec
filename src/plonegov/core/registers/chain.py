"""Sealing a town's registers for the day, and telling whether anything was changed.

The links stand in ``registers/<municipality>/chain.jsonl`` outside the database, one
JSON line each; the database holds the hash of the last one. Who changes a register must
change both, and all that was printed, mailed or saved of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from plone import api
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.ops.files import append_private
from plonegov.core.ops.files import cut_unfinished_line
from plonegov.core.ops.files import town_folder
from plonegov.core.ops.writelock import town_lock
from plonegov.core.registers import links
from plonegov.core.registers import sealed
from plonegov.core.registers.errors import RegistersChanged
from plonegov.core.registers.links import Key
from plonegov.core.registers.links import Link
from plonegov.core.registers.links import Registered
from plonegov.core.registers.register import registered
from typing import Any
from zope.annotation.interfaces import IAnnotations

import transaction


HEAD = "plonegov.core.registers.head"


@dataclass(frozen=True)
class Examined:
    """Registers that are as they were sealed: what the chain names, and its end.

    ``size`` is that of the file, in bytes: the length of its whole lines.
    """

    municipality_id: str
    named: frozenset[Key]
    last: Link | None
    size: int


def seal_town(portal: Any) -> Link | None:
    """Chain what was registered since the last link; None: nothing was.

    All that was sealed before is compared without the town's write lock; under it only
    what is new is looked at.

    :raises RegistersChanged: something sealed before is not what it was.
    :raises OSError: the link could not be written.
    """
    while True:
        transaction.begin()
        found = examine(municipality().id)
        with town_lock(portal.getId()):
            transaction.begin()
            if _size(_path(found.municipality_id)) == found.size:
                link = append(found)
                transaction.commit()
                return link
        # Somebody else chained meanwhile: what is to be compared is longer now.


def seal(municipality_id: str) -> Link | None:
    """Do the same as ``seal_town`` in a transaction of the caller, who holds the lock."""
    return append(examine(municipality_id))


def examine(municipality_id: str) -> Examined:
    """Return what the chain names, once all of it is what stands in the registers.

    :raises RegistersChanged: something sealed before is not what it was.
    """
    path = _path(municipality_id)
    chain = _chain(path)
    if found := _problems(chain, registered()):
        raise RegistersChanged(problems=found)
    named = frozenset(key for link in chain for key, _digest in link.entries)
    return Examined(municipality_id, named, chain[-1] if chain else None, _size(path))


def append(examined: Examined) -> Link | None:
    """Chain what the chain does not name; None: there is nothing.

    The caller holds the town's write lock and commits.

    :raises OSError: the link could not be written.
    """
    path = _path(examined.municipality_id)
    if path.exists():
        cut_unfinished_line(path)
    new, last = registered(examined.named), examined.last
    if new:
        last = links.make_link(last, now(), new)
        append_private(path, links.write_line(last))
    if last is not None and _head() != last.hash:
        IAnnotations(api.portal.get())[HEAD] = last.hash
    return last if new else None


def verify(municipality_id: str) -> list[str]:
    """Return what is wrong with the town's registers, one line each; [] if nothing.

    :raises OSError: the links could not be read.
    """
    try:
        chain = _chain(_path(municipality_id))
    except RegistersChanged as error:
        return list(error.context["problems"])
    return _problems(chain, registered())


def _problems(chain: list[Link], entries: Mapping[Key, Registered]) -> list[str]:
    return links.problems(chain, _head(), entries) + sealed.problems()


def _path(municipality_id: str) -> Path:
    return town_folder("registers", municipality_id) / "chain.jsonl"


def _chain(path: Path) -> list[Link]:
    if not path.exists():
        return []
    whole, end, _unfinished = path.read_bytes().rpartition(b"\n")
    try:
        return [links.read_line(line) for line in (whole + end).splitlines()]
    except ValueError as error:
        raise RegistersChanged(problems=[str(error)]) from error


def _size(path: Path) -> int:
    """Return the length of the whole lines of a file, in bytes."""
    if not path.exists():
        return 0
    whole, end, _unfinished = path.read_bytes().rpartition(b"\n")
    return len(whole + end)


def _head() -> str:
    return IAnnotations(api.portal.get()).get(HEAD, links.NO_HASH)
