"""One lock per town, over the threads of a process and all processes.

Inside a process a ``FairGate`` of one place. Between processes what fits the storage
of the instance: a file lock (SQLite, which lives on one machine), or an advisory lock
in the database itself (PostgreSQL). The instance's ``etc/storage.conf`` says which.

The file lock is ``flock`` on ``<home>/locks/<site id>.lock``. A second file,
``<site id>.turn``, is held only while one waits for the first: the process that just
freed the lock finds it taken and cannot come back before the one that waits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import ExitStack
from pathlib import Path
from plonegov.core.errors import TownBusy
from plonegov.core.ops.filelock import try_lock
from plonegov.core.ops.gates import FairGate
from plonegov.core.ops.gates import GateFull
from plonegov.core.ops.gates import GateTimeout
from plonegov.core.ops.home import private_folder
from plonegov.core.ops.home import storage_dsn
from typing import Protocol

import fcntl
import os
import re
import threading
import time


#: Key of all paths that are in no known site: the Zope root, health, wrong addresses.
ROOT = "_root"
#: How often threads of a process follow one another while other processes wait.
TURNS = 4
#: Seconds between two tries for the file lock; the first is the shortest.
FIRST_PAUSE, LONGEST_PAUSE = 0.001, 0.01

_SITE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class LockNotReentrant(RuntimeError):
    """A thread asked for the lock that it holds; it would wait for itself."""


class Outer(Protocol):
    """A lock between processes; threads of one process don't meet at it."""

    @contextmanager
    def held(self, name: str, deadline: float | None) -> Iterator[None]:
        """Hold the lock of a name; wait until a time of ``time.monotonic()``.

        :raises TownBusy: it was not free in time.
        """


class TownLock:
    """The write lock of one town in this process and, through ``outer``, in others.

    Threads of this process that wait already follow one another ``TURNS`` times at most
    before another process has its turn: what the one before has in memory is what the
    next one needs, which else must be read from the database again (Dice, Marathe,
    Shavit, "Lock Cohorting", 2012).
    """

    def __init__(self, name: str, outer: Outer) -> None:
        self.name = name
        self.outer = outer
        self._gate = FairGate(1, idle=self._give_back)
        self._holder: int | None = None
        self._held = ExitStack()
        self._turns = 0

    @contextmanager
    def held(
        self, timeout: float | None = None, waiting: int | None = None
    ) -> Iterator[None]:
        """Hold the lock; wait for it at most ``timeout`` seconds (None: no limit).

        :param waiting: with so many threads waiting for it, don't (None: no bound).
        :raises TownBusy: it was not free in time, or too many threads wait.
        :raises LockNotReentrant: this thread holds it already.
        """
        me = threading.get_ident()
        if self._holder == me:
            raise LockNotReentrant(self.name)
        deadline = None if timeout is None else time.monotonic() + timeout
        try:
            self._gate.enter(timeout, waiting)
        except (GateFull, GateTimeout) as error:
            raise TownBusy() from error
        try:
            self._holder = me
            if not self._turns:
                self._held.enter_context(self.outer.held(self.name, deadline))
            self._turns += 1
            yield
        finally:
            self._holder = None
            try:
                if self._turns >= TURNS:
                    self._give_back()
            finally:
                self._gate.leave()

    def _give_back(self) -> None:
        """Let other processes have the lock; the caller is inside the gate."""
        self._turns = 0
        self._held.close()


class FileLocks:
    """Locks between the processes of one machine: files in the instance folder."""

    @contextmanager
    def held(self, name: str, deadline: float | None) -> Iterator[None]:
        """Hold the lock of a name (see ``Outer``)."""
        path = _path(name)
        turn = _take(path.with_suffix(".turn"), deadline)
        try:
            main = _take(path, deadline)
        finally:
            _free(turn)
        try:
            yield
        finally:
            _free(main)


def _take(path: Path, deadline: float | None) -> int:
    """Lock a file, made when missing, and return its descriptor.

    :raises TownBusy: another process held it until the deadline.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    pause, taken = FIRST_PAUSE, False
    try:
        while not (taken := try_lock(descriptor)):
            if deadline is not None and time.monotonic() >= deadline:
                raise TownBusy()
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
    finally:
        if not taken:
            os.close(descriptor)
    return descriptor


def _free(descriptor: int) -> None:
    # Closing alone would not free it where a forked child shares the descriptor.
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)


_locks: dict[Path, TownLock] = {}
_outers: dict[str, Outer] = {"": FileLocks()}
_guard = threading.Lock()


def lock_of(key: str) -> TownLock:
    """Return this process's lock object of a key (one per instance and key)."""
    path = _path(key)
    with _guard:
        if path not in _locks:
            _locks[path] = TownLock(key, _outer(storage_dsn()))
        return _locks[path]


def _outer(dsn: str) -> Outer:
    """Return what locks between processes: for one database always the same."""
    if dsn not in _outers:
        # Here, so that nobody needs PostgreSQL's driver without PostgreSQL.
        from plonegov.core.ops.advisory import Sessions

        _outers[dsn] = Sessions(dsn)
    return _outers[dsn]


def is_known(site_id: str) -> bool:
    """Tell whether a site has its own lock: its lock file is there."""
    return bool(_SITE_ID.fullmatch(site_id)) and _path(site_id).exists()


def make_known(site_id: str) -> None:
    """Give a site its own lock, when it is made; until then it shares ``ROOT``'s.

    Only known sites have one, so that a stranger who writes to invented addresses
    makes no files.

    :raises ValueError: no site can have this id.
    """
    if not _SITE_ID.fullmatch(site_id):
        raise ValueError(f"not the id of a site: {site_id!r}")
    _path(site_id).touch(mode=0o600)


def _path(key: str) -> Path:
    return private_folder("locks") / f"{key}.lock"
