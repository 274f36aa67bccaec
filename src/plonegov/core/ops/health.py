"""``health`` on the Zope root: does this process work? Answers no facts."""

from plonegov.core.ops.home import private_folder
from Products.Five.browser import BrowserView
from tempfile import TemporaryFile
from ZODB.POSException import POSError
from ZODB.utils import z64

import psycopg2
import sqlite3


#: What a storage raises when its database is away, damaged or locked.
STORAGE_ERRORS = (POSError, OSError, sqlite3.Error, psycopg2.Error)


class Health(BrowserView):
    """200 when the database answers and the disk takes a file, else 503."""

    def __call__(self) -> str:
        response = self.request.response
        response.setHeader("Content-Type", "text/plain; charset=utf-8")
        response.setHeader("Cache-Control", "no-store")
        if self.storage_answers() and disk_takes_a_file():
            return "ok\n"
        response.setStatus(503)
        return "unavailable\n"

    def storage_answers(self) -> bool:
        """Ask the database for the root object, past all caches."""
        try:
            self.context._p_jar._storage.history(z64)
        except STORAGE_ERRORS:
            return False
        return True


def disk_takes_a_file() -> bool:
    """Write a little into the instance folder."""
    try:
        with TemporaryFile(dir=private_folder()) as file:
            file.write(bytes(4096))
            file.flush()
    except OSError:
        return False
    return True
