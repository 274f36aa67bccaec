"""What killed processes leave in the folder of blobs, deleted once a day.

A commit writes a file anew beside its former contents; ``blobs.erase_files`` deletes
these after the commit, and uploads wait in a folder of their own until it. A process
that is killed in between leaves them, with what a citizen sent.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path
from plonegov.core.ops.interfaces import IJob
from plonegov.core.records.blobs import CONTENTS
from typing import Any
from ZODB.blob import FilesystemHelper
from zope.interface import implementer

import time
import transaction


#: Seconds after which nobody reads former contents, or writes a file, any more.
AGE = 86400
#: How the names of contents contain that a commit was about to put in place.
UNFINISHED = "*.tmp*"


@implementer(IJob)
class DeleteLeftovers:
    """Delete former contents of blobs, and uploads that were never committed."""

    every = 86400

    def run(self, portal: Any) -> str | None:
        """Delete what is older than a day; return how many files, or None."""
        transaction.begin()
        before = time.time() - AGE
        storage = portal._p_jar._storage
        found = [
            *_former(storage, before),
            *_old(Path(storage.temporaryDirectory()).iterdir(), before),
        ]
        for path in found:
            path.unlink(missing_ok=True)
        return f"{len(found)} deleted" if found else None


def _former(storage: Any, before: float) -> Iterator[Path]:
    """Yield the former contents of blobs whose present ones are old enough."""
    blobs = FilesystemHelper(str(Path(storage.temporaryDirectory()).parent))
    for oid, folder in blobs.listOIDs():
        contents = list(Path(folder).glob(CONTENTS))
        if len(contents) > 1:
            present = _present(storage, blobs, oid)
            if _time(present) < before:
                yield from (path for path in contents if path.name < present.name)
        yield from _old(Path(folder).glob(UNFINISHED), before)


def _present(storage: Any, blobs: FilesystemHelper, oid: bytes) -> Path:
    _state, serial = storage.load(oid)
    return Path(blobs.getBlobFilename(oid, serial))


def _old(paths: Iterable[Path], before: float) -> Iterator[Path]:
    for path in paths:
        if path.is_file() and _time(path) < before:
            yield path


def _time(path: Path) -> float:
    """Return when a file was written last; now if it is gone."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()
