"""What was erased for good: a log outside the database, so that a backup can't undo it.

``<home>/erasures/<municipality>.log`` holds one JSON line per erased record: when, and
its UID, which says nothing about a person. It only grows; after a backup was restored
what it lists is erased again (GDPR art. 17 and 5.1.e).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from plonegov.core.ops.files import append_private
from plonegov.core.ops.files import MUNICIPALITY_ID
from plonegov.core.ops.home import private_folder
from typing import NamedTuple

import json


FOLDER = "erasures"


class Erasure(NamedTuple):
    """One erased record; ``time`` is ISO 8601 in UTC."""

    time: str
    municipality: str
    uid: str


def note_erased(municipality_id: str, uids: Iterable[str], when: datetime) -> None:
    """Note records that are being erased, before the commit that does it.

    What is noted and then not erased, its job erases at the next run.

    :raises OSError: it could not be written, so don't erase.
    """
    time = when.isoformat(timespec="seconds")
    keep_erasures([Erasure(time, municipality_id, uid) for uid in uids])


def keep_erasures(erasures: Iterable[Erasure]) -> None:
    """Add erasures to the logs of their municipalities.

    :raises OSError: they could not be written.
    """
    lines: dict[str, bytes] = defaultdict(bytes)
    for erasure in erasures:
        lines[erasure.municipality] += json.dumps(erasure._asdict()).encode() + b"\n"
    for town, text in lines.items():
        append_private(private_folder(FOLDER) / f"{town}.log", text)


def read_erasures(path: Path) -> list[Erasure]:
    """Return what a log lists, or all logs in a folder; nothing if there is no folder.

    :raises ValueError: a line, which it names, is none of such a log.
    :raises OSError: it can't be read.
    """
    found = []
    for file in [path] if path.is_file() else sorted(path.glob("*.log")):
        lines = file.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            try:
                found.append(Erasure(**json.loads(line)))
            except (ValueError, TypeError) as error:
                raise ValueError(f"{file}, line {number}") from error
            if not MUNICIPALITY_ID.fullmatch(found[-1].municipality):
                raise ValueError(f"{file}, line {number}")
    return found
