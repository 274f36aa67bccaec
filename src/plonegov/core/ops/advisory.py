"""The town's write lock in PostgreSQL: an advisory lock in a connection of its own.

https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS: it is given
in the order in which it was asked for, and freed when its holder's connection ends,
so also when the process is killed. It belongs to the database, not to a machine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import ExitStack
from hashlib import sha256
from plonegov.core import logger
from plonegov.core.errors import TownBusy
from psycopg2.errors import LockNotAvailable
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import POLL_OK
from psycopg2.extensions import POLL_WRITE

import psycopg2
import select
import threading
import time


#: Server version from which an idle connection may be closed by the server.
IDLE_TIMEOUT_SINCE = 140000


def lock_number(name: str) -> int:
    """Return the number of a name's lock, below -2**62.

    RelStorage takes advisory locks on the numbers of objects, from 0 up, and on -2.
    """
    digest = int.from_bytes(sha256(f"plonegov:{name}".encode()).digest()[:8])
    return -(2**62) - 1 - digest % (2**62 - 1)


class Sessions:
    """Connections to one database, each with at most one lock at a time.

    Who waits for a thread of the own process holds none; so there are as many as
    towns that are written to at the same moment.
    """

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self._idle: list[Connection] = []
        self._guard = threading.Lock()

    @contextmanager
    def held(self, name: str, deadline: float | None) -> Iterator[None]:
        """Hold a name's lock; wait for it until a time of ``time.monotonic()``.

        :raises TownBusy: it was not free in time, or the database does not answer.
        """
        number = lock_number(name)
        connection = self._take(number, deadline)
        try:
            yield
        finally:
            self._free(connection, number)

    def _take(self, number: int, deadline: float | None) -> Connection:
        """Return a connection that holds the lock."""
        try:
            while connection := self._idle_one():
                try:
                    return _lock(connection, number, deadline)
                except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
                    if isinstance(error, LockNotAvailable):
                        raise
                    # It broke while it was idle: the next one may be whole.
            return _lock(_connect(self.dsn), number, deadline)
        except LockNotAvailable as error:
            raise TownBusy() from error
        except psycopg2.Error as error:
            logger.warning("PostgreSQL gives no write lock: %s", error)
            raise TownBusy() from error

    def _free(self, connection: Connection, number: int) -> None:
        try:
            _run(connection, "SELECT pg_advisory_unlock(%s)", number)
        except psycopg2.Error:
            # The lock ended with the connection; so did the transaction, most likely.
            logger.warning("the connection of a write lock broke", exc_info=True)
            connection.close()
        else:
            with self._guard:
                self._idle.append(connection)

    def _idle_one(self) -> Connection | None:
        with self._guard:
            return self._idle.pop() if self._idle else None


def _connect(dsn: str) -> Connection:
    connection = psycopg2.connect(dsn, async_=True, application_name="plonegov lock")
    with ExitStack() as undo:
        undo.callback(connection.close)
        _wait(connection)
        _run(connection, "SET statement_timeout = 0")
        if connection.server_version >= IDLE_TIMEOUT_SINCE:
            _run(connection, "SET idle_session_timeout = 0")
        undo.pop_all()
    return connection


def _lock(connection: Connection, number: int, deadline: float | None) -> Connection:
    """Take a lock and return the connection; without the lock it is closed.

    :raises LockNotAvailable: another session held it until the deadline.
    """
    milliseconds = 0  # no limit
    if deadline is not None:
        milliseconds = max(1, round(1000 * (deadline - time.monotonic())))
    with ExitStack() as undo:
        undo.callback(connection.close)
        _run(connection, "SET lock_timeout = %s", milliseconds)
        _run(connection, "SELECT pg_advisory_lock(%s)", number)
        undo.pop_all()
    return connection


def _run(connection: Connection, statement: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        _wait(connection)


def _wait(connection: Connection) -> None:
    """Wait for the server; unlike a call that blocks it can be interrupted (Ctrl-C)."""
    while (state := connection.poll()) != POLL_OK:
        poll = select.poll()
        wanted = select.POLLOUT if state == POLL_WRITE else select.POLLIN
        poll.register(connection.fileno(), wanted)
        poll.poll()
