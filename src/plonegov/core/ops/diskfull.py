"""What a person or a program reads when the disk, or the database on it, gives out.

All of it is 503: nothing of the request was kept, and it can be sent again.
"""

from plonegov.core.ops.errors import Answer
from psycopg2.errors import DiskFull
from typing import Any
from zope.component import getSiteManager
from zope.interface import implementedBy
from zope.interface import Interface
from zope.interface import providedBy

import errno
import sqlite3


#: No room on the disk, in the quota, or in the largest file that one may write.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def is_full(error: Exception) -> bool:
    """Tell whether an error says that there is no room left."""
    if isinstance(error, OSError):
        # A page template raises a copy anew, which has its arguments only.
        number = error.errno if error.errno is not None else next(iter(error.args), 0)
        return number in FULL
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
    return isinstance(error, DiskFull)


class DatabaseFailed(Answer):
    """An error of the database's driver, most often of its commit."""

    status = 503

    @property
    def code(self) -> str:
        return "disk_full" if is_full(self.error) else "storage_away"


class FileFailed(Answer):
    """An error of the operating system; only a full disk is known to pass."""

    code = "disk_full"
    status = 503

    def __call__(self) -> Any:
        if is_full(self.error):
            return super().__call__()
        asked = implementedBy(Exception), providedBy(self.request)
        view = getSiteManager().adapters.lookup(asked, Interface, "index.html")
        return view(self.error, self.request)()
