"""Finding the reads of one object in a log of many years.

A line is looked at only when it holds the object's id: the files are searched as bytes,
from the year in which the object was made. A search takes no lock, so that it delays
no read: a line that is just being written has no end yet and is left out.
"""

from collections.abc import Iterator
from datetime import date
from mmap import ACCESS_READ
from mmap import mmap
from pathlib import Path
from plonegov.core.errors import ReadLogUnwritable
from plonegov.core.ops.files import town_folder
from plonegov.core.ops.hashchain import Read
from plonegov.core.ops.hashchain import UNREADABLE
from typing import Any

import json


FIELDS = ("time", "action", "object", "user", "origin", "reason")


def reads_of(municipality_id: str, object_id: str, since: date) -> list[Read]:
    """Return the reads of an object and of its parts (``ID/part``), oldest first.

    Reads whose personal part was erased are left out.

    :param since: no read of the object is older, for example the day it was made.
    :raises ReadLogUnwritable: the log can't be read.
    """
    try:
        folder = town_folder("audit", municipality_id)
        return [
            Read(**{name: entry[name] for name in FIELDS})
            for path in sorted(folder.glob("reads-*.personal"))
            if path.stem[-4:] >= f"{since.year:04}"
            for entry in _entries_about(path, object_id)
        ]
    except (OSError, *UNREADABLE) as error:
        raise ReadLogUnwritable(municipality=municipality_id) from error


def _entries_about(path: Path, object_id: str) -> Iterator[dict[str, Any]]:
    """Yield the whole lines of a file that are about an object or a part of it."""
    with open(path, "rb") as file:
        if not path.stat().st_size:
            return
        with mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            begins = f'"object":{json.dumps(object_id)[:-1]}'.encode()
            found = data.find(begins)
            while found >= 0:
                end = data.find(b"\n", found)
                if end < 0:
                    return
                entry = json.loads(data[data.rfind(b"\n", 0, found) + 1 : end])
                if entry["object"].partition("/")[0] == object_id:
                    yield entry
                found = data.find(begins, end)
