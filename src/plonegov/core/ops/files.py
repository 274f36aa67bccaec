"""Files that only their owner may read: written whole, or line by line."""

from collections.abc import Iterator
from pathlib import Path
from plonegov.core.ops.home import private_folder

import os
import re
import tempfile


BLOCK = 65536  # bytes read at once, from the end of a file
MUNICIPALITY_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")

#: Permissions of the group and of others: none may be set on a private file.
OTHERS = 0o077


def town_folder(kind: str, municipality_id: str) -> Path:
    """Return ``home()/<kind>/<municipality>`` that only its owner may enter.

    It is made if missing, but one that others may enter is not mended here.

    :raises ValueError: the id is not one of a municipality (a-z, 0-9, hyphen).
    """
    if not MUNICIPALITY_ID.fullmatch(municipality_id):
        raise ValueError("A municipality id is made of a-z, 0-9 and hyphens.")
    private_folder(kind)
    return private_folder(kind, municipality_id)


def write_private(path: Path, data: bytes) -> None:
    """Write a file with mode 0600, whole or not at all, and sync it and its folder.

    :param path: the file; its folder must exist.
    :raises OSError: the file could not be written; nothing is left behind.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Sync a folder, so that a file just made in it outlives a power failure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_exposed(mode: int) -> bool:
    """Say whether the group or others have any right in a ``st_mode``."""
    return bool(mode & OTHERS)


def append_private(path: Path, line: bytes) -> None:
    """Append a line to a file with mode 0600 (made if missing) and sync it.

    :raises OSError: it could not be written; a part of it may stand at the end.
    """
    new = not path.exists()
    with open(path, "ab", opener=private_opener) as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    if new:
        sync_folder(path.parent)


def cut_unfinished_line(path: Path) -> None:
    """Cut off what a crash left after the last line end of a file."""
    with open(path, "r+b") as file:
        end = whole = file.seek(0, os.SEEK_END)
        while whole:
            start = max(0, whole - BLOCK)
            file.seek(start)
            found = file.read(whole - start).rfind(b"\n") + 1
            whole = start + found
            if found:
                break
        if whole < end:
            file.truncate(whole)


def lines_backward(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file from the last to the first, without their ends."""
    with open(path, "rb") as file:
        position = file.seek(0, os.SEEK_END)
        rest = b""
        while position:
            start = max(0, position - BLOCK)
            file.seek(start)
            first, *lines = (file.read(position - start) + rest).split(b"\n")
            yield from (line for line in reversed(lines) if line)
            rest, position = first, start
        if rest:
            yield rest


def private_opener(path: str, flags: int) -> int:
    """Open a file for ``open(..., opener=...)``; made if missing, with mode 0600."""
    return os.open(path, flags, 0o600)
