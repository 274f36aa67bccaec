"""Is a PostgreSQL database fit for an instance? Each fault is told apart."""

from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from plonegov.municipalities.refusals import AccessRefused
from plonegov.municipalities.refusals import DatabaseMissing
from plonegov.municipalities.refusals import PasswordNeeded
from plonegov.municipalities.refusals import Refusal
from plonegov.municipalities.refusals import ServerUnreachable
from plonegov.municipalities.refusals import TablesRefused
from plonegov.municipalities.storage.places import dsn_facts
from plonegov.municipalities.storage.places import Storage
from psycopg2.extensions import connection as Connection

import psycopg2


#: Databases that a server has from the start, to ask it which others it has.
FIRST_DATABASES = ("postgres", "template1")
#: RelStorage looks for its functions in the schema public.
MAY_WRITE = """
    SELECT has_schema_privilege('public', 'CREATE')
    AND (to_regclass('public.object_state') IS NULL
         OR has_table_privilege('public.object_state', 'INSERT, UPDATE, DELETE'))
"""


@contextmanager
def connected(storage: Storage) -> Iterator[Connection]:
    """Open a connection to a PostgreSQL storage; close it afterwards.

    :raises Refusal: what is wrong: server, database, password or access.
    """
    try:
        connection = _connect(storage)
    except psycopg2.OperationalError as error:
        raise _reason(storage, str(error)) from error
    with closing(connection):
        yield connection


def check_database(storage: Storage) -> bool:
    """Check that an instance may use a database; tell whether it holds data.

    :raises Refusal: it may not; see the classes of ``refusals``.
    """
    with connected(storage) as connection, connection.cursor() as cursor:
        cursor.execute(MAY_WRITE)
        if not cursor.fetchone()[0]:
            raise TablesRefused(**dsn_facts(storage.dsn))
        cursor.execute("SELECT to_regclass('public.object_state')")
        if cursor.fetchone()[0] is None:
            return False
        cursor.execute("SELECT EXISTS (SELECT 1 FROM object_state)")
        return cursor.fetchone()[0]


def _connect(storage: Storage, **changes: str) -> Connection:
    if storage.password:
        changes["password"] = storage.password
    return psycopg2.connect(storage.dsn, **changes)


def _reason(storage: Storage, text: str) -> Refusal:
    """Return why no connection came about; the server may speak any language."""
    facts = dsn_facts(storage.dsn)
    reason = text.strip().splitlines()[-1 if "FATAL" in text else 0]
    reason = reason.rpartition("failed: ")[2].strip().removeprefix("FATAL:").strip()
    if "no password supplied" in text:
        return PasswordNeeded(**facts)
    if "FATAL" not in text:
        return ServerUnreachable(reason=reason, **facts)
    if _is_missing(storage, facts["database"]):
        return DatabaseMissing(**facts)
    return AccessRefused(reason=reason, **facts)


def _is_missing(storage: Storage, database: str) -> bool:
    for name in FIRST_DATABASES:
        try:
            connection = _connect(storage, dbname=name)
        except psycopg2.OperationalError:
            continue
        with closing(connection), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,))
            return cursor.fetchone() is None
    return False
