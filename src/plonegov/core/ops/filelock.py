"""A file that one process of this machine holds (``flock``), and the others don't."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fcntl
import os


def try_lock(descriptor: int) -> bool:
    """Lock an open file without waiting; False: another process holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def held_file(path: Path) -> Iterator[bool]:
    """Hold a file, made when missing, while entered; gives False when another does."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield try_lock(descriptor)
    finally:
        os.close(descriptor)
