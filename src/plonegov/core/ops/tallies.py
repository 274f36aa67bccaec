"""How often something was done on a day, outside the database: limits on misuse.

A count that stood in the database would be one more thing that all writers change, and
would be undone with the request that it should stop. ``limits/<municipality>/tally.db``
is SQLite, so that all processes of the machine count together; what is counted stands
there as a code of the town's key, so that the file names no address and no person.
Days before yesterday are forgotten.
"""

from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from contextlib import suppress
from datetime import date
from datetime import timedelta
from pathlib import Path
from plonegov.core.errors import LimitReached
from plonegov.core.errors import TallyUnwritable
from plonegov.core.identity.keys import TownKeys
from plonegov.core.ops.files import private_opener
from plonegov.core.ops.files import town_folder
from uuid import uuid4

import os
import sqlite3
import threading


PURPOSE = "tally"
TIMEOUT = 5.0  # seconds to wait for another process
TABLE = """
CREATE TABLE tally (
    day TEXT, kind TEXT, subject TEXT, count INTEGER NOT NULL,
    PRIMARY KEY (day, kind, subject)
) WITHOUT ROWID
"""
READ = "SELECT count FROM tally WHERE day = ? AND kind = ? AND subject = ?"
ADD = """
INSERT INTO tally VALUES (?, ?, ?, max(0, ?))
ON CONFLICT DO UPDATE SET count = max(0, count + ?)
"""
FORGET = "DELETE FROM tally WHERE day < ?"


class Tally:
    """The counts of one municipality.

    :param kind: what is counted, as a snake_case id.
    :param subject: of whom or from where: an address, a network, a reference.
    :param day: the day in the town.
    """

    def __init__(self, municipality_id: str) -> None:
        self.municipality_id = municipality_id

    def count(self, kind: str, subject: str, day: date) -> int:
        """Return how often something was counted.

        :raises TallyUnwritable: the file can't be used.
        """
        with self._opened() as store:
            return self._read(store, self._key(kind, subject, day))

    def add(self, kind: str, subject: str, day: date, amount: int = 1) -> int:
        """Count something (or take it back with -1); return the count.

        :raises TallyUnwritable: the file can't be used.
        """
        with self._opened() as store:
            return self._add(store, self._key(kind, subject, day), amount)

    def take(self, kind: str, subject: str, day: date, limit: int) -> None:
        """Count something that may be done so often a day at most.

        :raises LimitReached: it was done that often already.
        :raises TallyUnwritable: the file can't be used.
        """
        with self._opened() as store:
            key = self._key(kind, subject, day)
            if self._read(store, key) >= limit:
                raise LimitReached(kind=kind)
            self._add(store, key, 1)

    def _key(self, kind: str, subject: str, day: date) -> tuple[str, str, str]:
        code = TownKeys(self.municipality_id).mac(PURPOSE, kind, subject)
        return (day.isoformat(), kind, code)

    @staticmethod
    def _read(store: sqlite3.Connection, key: tuple[str, str, str]) -> int:
        row = store.execute(READ, key).fetchone()
        return row[0] if row else 0

    def _add(
        self, store: sqlite3.Connection, key: tuple[str, str, str], amount: int
    ) -> int:
        store.execute(ADD, (*key, amount, amount))
        yesterday = date.fromisoformat(key[0]) - timedelta(days=1)
        store.execute(FORGET, (yesterday.isoformat(),))
        return self._read(store, key)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Give the store in a transaction of its own, which a refusal undoes."""
        try:
            path = town_folder("limits", self.municipality_id) / "tally.db"
            with _KEPT.transaction(path) as store:
                yield store
        except (OSError, sqlite3.Error) as error:
            _KEPT.close()
            raise TallyUnwritable(municipality=self.municipality_id) from error


class _Kept(threading.local):
    """The file that a thread counted in last: opening it anew takes most of the time.

    It is opened anew when the thread counts in another one, or when the file under its
    name is another by now; nothing is open in a process that forks.
    """

    store: sqlite3.Connection | None = None
    file: tuple[Path, int] | None = None

    @contextmanager
    def transaction(self, path: Path) -> Iterator[sqlite3.Connection]:
        """Give a file in a transaction that an error undoes."""
        store = self._open(path)
        store.execute("BEGIN IMMEDIATE")
        try:
            yield store
        except BaseException:
            store.execute("ROLLBACK")
            raise
        store.execute("COMMIT")

    def close(self) -> None:
        """Close the file, if one is open."""
        if self.store is not None:
            self.store.close()
        self.store = self.file = None

    def _open(self, path: Path) -> sqlite3.Connection:
        # Never opened but by SQLite: closing a file gives up its locks on it.
        if not path.exists():
            _make(path)
        found = (path, path.stat().st_ino)
        if self.store is None or found != self.file:
            self.close()
            store = sqlite3.connect(path, timeout=TIMEOUT, isolation_level=None)
            self.store, self.file = store, found
            store.execute("PRAGMA synchronous = NORMAL")
        return self.store


def _make(path: Path) -> None:
    """Make an empty file, whole at once: only one connection can turn a log on."""
    draft = path.with_name(f"{uuid4().hex}.new")
    try:
        os.close(private_opener(str(draft), os.O_CREAT | os.O_EXCL))
        with closing(sqlite3.connect(draft)) as store:
            store.execute("PRAGMA journal_mode = WAL")
            store.execute(TABLE)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


_KEPT = _Kept()
os.register_at_fork(before=_KEPT.close)
