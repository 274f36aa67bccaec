"""Sealing a town's registers for the day, and telling whether anything was changed.

The links stand in ``registers/<municipality>/chain.jsonl`` outside the database, one
JSON line each; the database holds the hash of the last one. Who changes a register must
change both, and all that was printed, mailed or saved of them.
"""

from collections.abc import Mapping
from pathlib import Path
from plone import api
from plonegov.core.api import now
from plonegov.core.ops.files import append_private
from plonegov.core.ops.files import cut_unfinished_line
from plonegov.core.ops.files import town_folder
from plonegov.core.registers import links
from plonegov.core.registers import sealed
from plonegov.core.registers.errors import RegistersChanged
from plonegov.core.registers.links import Key
from plonegov.core.registers.links import Link
from plonegov.core.registers.links import Registered
from plonegov.core.registers.register import registered
from zope.annotation.interfaces import IAnnotations


HEAD = "plonegov.core.registers.head"


def seal(municipality_id: str) -> Link | None:
    """Chain what was registered since the last link; None: nothing was.

    The caller holds the town's write lock and commits.

    :raises RegistersChanged: something sealed before is not what it was.
    :raises OSError: the link could not be written.
    """
    path = _path(municipality_id)
    if path.exists():
        cut_unfinished_line(path)
    chain, entries = _chain(path), registered()
    if found := _problems(chain, entries):
        raise RegistersChanged(problems=found)
    new = links.unsealed(chain, entries)
    last = chain[-1] if chain else None
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


def _head() -> str:
    return IAnnotations(api.portal.get()).get(HEAD, links.NO_HASH)
