"""SQLite under RelStorage, so that a write that failed leaves nothing to the next one.

RelStorage collects what a transaction writes in a temporary table of a store connection
and empties that table when it rolls the connection back. It asks for a rollback only
where SQLite says that a transaction is open. After an input/output error (a full disk, a
quota) SQLite has rolled back by itself: the connection goes back to the pool with the
rows of the refused transaction in it, and the next commit on it stores them, too: an
order that was refused would come into being, and old states would cover newer ones.
Here such a connection is always rolled back.

Sources: https://www.sqlite.org/lang_transaction.html
("Response To Errors Within A Transaction"), RelStorage 4.3
``relstorage/adapters/sqlite/mover.py``.
"""

from relstorage.adapters.sqlite.adapter import Sqlite3Adapter
from relstorage.adapters.sqlite.drivers import Sqlite3Driver
from relstorage.config import Sqlite3AdapterFactory
from relstorage.options import Options

import sqlite3


class CleanSqlite3Driver(Sqlite3Driver):
    """A driver that takes no connection for clean because SQLite rolled it back."""

    def connection_may_need_rollback(self, conn: sqlite3.Connection) -> bool:
        """Tell that a rollback is due: it empties the temporary tables."""
        return True


class CleanSqlite3Adapter(Sqlite3Adapter):
    """RelStorage's adapter with this driver."""

    def _select_driver(self, options: Options | None = None) -> Sqlite3Driver:
        return CleanSqlite3Driver()


class CleanSqlite3Factory(Sqlite3AdapterFactory):
    """What the section ``<clean-sqlite3>`` of ``zope.conf`` makes."""

    def create(self, options: Options) -> Sqlite3Adapter:
        """Return the adapter for a section."""
        pragmas = self.config.pragmas.pragmas if self.config.pragmas else {}
        return CleanSqlite3Adapter(self.config.data_dir, pragmas, options=options)
