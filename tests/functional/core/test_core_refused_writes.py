"""What SQLite refused to write is not written by the next transaction."""

from contextlib import contextmanager
from persistent.mapping import PersistentMapping
from plonegov.municipalities.storage.copying import open_storage
from plonegov.municipalities.storage.places import Storage
from transaction import TransactionManager
from ZODB.config import databaseFromString
from ZODB.DB import DB

import pytest
import resource
import sqlite3


@pytest.fixture(params=["configured", "opened"])
def database(request, tmp_path):
    """Return a database as Zope opens it, and as the commands do."""
    storage = Storage(blobs=tmp_path / "blobs", folder=tmp_path / "database")
    storage.folder.mkdir()
    if request.param == "configured":
        section = storage.section().replace("zodb_db", "zodb")
        made = databaseFromString(section.replace("mount-point /", ""))
    else:
        made = DB(open_storage(storage))
    yield made
    made.close()


@contextmanager
def no_room(size):
    """Let this process write no file beyond a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("room", [4096, 40960])
def test_a_refused_write_does_not_come_with_the_next(database, room):
    manager = TransactionManager()
    root = database.open(manager).root()
    root["orders"], root["forms"] = PersistentMapping(), PersistentMapping()
    manager.commit()
    for _ in range(3):
        root["orders"]["second"] = "refused" * 20_000
        with no_room(room), pytest.raises(sqlite3.OperationalError):
            manager.commit()
        manager.abort()
    root["forms"]["first"] = "kept"
    manager.commit()
    seen = database.open(TransactionManager()).root()
    assert (dict(seen["forms"]), dict(seen["orders"])) == ({"first": "kept"}, {})
