"""Files of records that nobody may read any more: their bytes leave the disk.

A storage without history keeps the file of a blob that nothing refers to until the
database is packed, and the former contents of one that was written anew. What is about
people must go when its time is over (GDPR art. 5.1.e), so a file is emptied by the
transaction that lets go of it, and its former contents are deleted after the commit.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path
from plone.namedfile.interfaces import INamedBlobFile
from typing import Any
from ZODB.interfaces import BlobError
from ZODB.POSException import POSKeyError

import transaction


#: How the names of a blob's committed contents end.
CONTENTS = "*.blob"


def files_in(value: Any) -> Iterator[INamedBlobFile]:
    """Yield the files that a value holds, however deep in sequences and mappings."""
    if INamedBlobFile.providedBy(value):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from files_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from files_in(item)


def erase_files(files: Iterable[INamedBlobFile]) -> None:
    """Empty files that nothing refers to any more, and delete what they held from the
    disk as soon as the transaction is committed; if it is not, they stay whole.

    What a kill between the two leaves is deleted by ``leftovers``.
    """
    former = []
    for file in files:
        former += _committed(file)
        empty(file)
    if former:
        transaction.get().addAfterCommitHook(_delete, (former,))


def empty(file: INamedBlobFile) -> None:
    """Make a file empty and nameless."""
    file.filename = None
    with file.open("w"):
        pass


def rewrite(file: INamedBlobFile, data: bytes) -> None:
    """Give a file other contents under the same name.

    Who reads it at this moment reads on: the former contents are deleted a day later
    (``leftovers``), or with the file.
    """
    with file.open("w") as contents:
        contents.write(data)
    file._p_changed = True  # it remembers its former size


def drop_former_contents(file: INamedBlobFile) -> None:
    """Delete what a file held before its last commit."""
    file._blob._p_activate()
    current = Path(file._blob.committed())
    others = [path for path in current.parent.glob(CONTENTS) if path != current]
    _delete(True, others)


def _committed(file: INamedBlobFile) -> list[Path]:
    """Return the paths of what a file holds and held; none if it is not committed."""
    file._blob._p_activate()
    try:
        current = Path(file._blob.committed())
    except (BlobError, POSKeyError):
        return []
    return sorted(current.parent.glob(CONTENTS))


def _delete(committed: bool, paths: list[Path]) -> None:
    for path in paths if committed else ():
        path.unlink(missing_ok=True)
