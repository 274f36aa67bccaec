"""Copies a storage into an empty one, of whatever kind, and compares them afterwards.

The copy holds what the source held at the moment it began: all is read in one
snapshot, and so is the comparison.
"""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import file_digest
from hashlib import sha256
from itertools import zip_longest
from plonegov.municipalities.refusals import CopyDiffers
from plonegov.municipalities.refusals import SameStorage
from plonegov.municipalities.refusals import StorageEmpty
from plonegov.municipalities.refusals import StorageNotEmpty
from plonegov.municipalities.storage.places import Storage
from relstorage.options import Options
from relstorage.storage import RelStorage
from typing import Any
from ZODB.blob import is_blob_record
from ZODB.interfaces import IStorageCurrentRecordIteration
from ZODB.utils import oid_repr
from zope.interface import implementer


#: Called with how many objects are done and how many there are, about.
Tell = Callable[[int, int], None]
#: Megabytes of states that RelStorage keeps in memory: each is read once.
CACHE = 10


@dataclass(frozen=True)
class Copied:
    """What both storages hold: ``digest`` is a SHA-256 over all objects and blobs."""

    objects: int
    blobs: int
    last_tid: str
    digest: str


def open_storage(storage: Storage) -> RelStorage:
    """Open a storage outside Zope; its tables are made when they are missing.

    :raises Refusal: the database can't be used.
    """
    options = Options(
        keep_history=False,
        shared_blob_dir=True,
        blob_dir=str(storage.blobs),
        cache_local_mb=CACHE,
    )
    if not storage.dsn:
        from plonegov.municipalities.storage.sqlite import CleanSqlite3Adapter

        pragmas = {"journal_mode": "wal", "synchronous": "full"}
        folder = str(storage.folder)
        adapter = CleanSqlite3Adapter(folder, pragmas, options=options)
    else:
        from psycopg2.extensions import make_dsn
        from relstorage.adapters.postgresql import PostgreSQLAdapter

        secret = {"password": storage.password} if storage.password else {}
        options.driver = "psycopg2"
        adapter = PostgreSQLAdapter(make_dsn(storage.dsn, **secret), options=options)
    return RelStorage(adapter, options=options)


def holds_data(storage: Storage) -> bool:
    """Tell whether a storage holds objects or blobs.

    :raises Refusal: its database can't be used.
    """
    if any(storage.blobs.rglob("*.blob")):
        return True
    if storage.dsn:
        from plonegov.municipalities.storage.postgresql import check_database

        return check_database(storage)
    if not (storage.folder / "main.sqlite3").exists():
        return False
    with closing(open_storage(storage)) as opened:
        return any(True for _ in records(opened))


def copy_storage(
    source: Storage, target: Storage, copying: Tell, comparing: Tell
) -> Copied:
    """Copy all objects and blobs of a storage into an empty one, then compare both.

    :raises SameStorage: they are one and the same.
    :raises StorageEmpty: the source holds nothing.
    :raises StorageNotEmpty: the target holds something.
    :raises CopyDiffers: they are not the same afterwards.
    """
    if source.place == target.place:
        raise SameStorage(place=source.place)
    if not holds_data(source):
        raise StorageEmpty(place=source.place)
    if holds_data(target):
        raise StorageNotEmpty(place=target.place)
    for folder in (target.folder, target.blobs):
        if folder is not None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        closing(open_storage(source)) as read,
        closing(open_storage(target)) as written,
    ):
        counted = Counted(read, copying)
        written.copyTransactionsFrom(counted)
        return compare(read, written, counted.done, target.place, comparing)


@implementer(IStorageCurrentRecordIteration)
class Counted:
    """A storage to copy from that tells how far the copying is."""

    def __init__(self, storage: RelStorage, tell: Tell) -> None:
        self.storage = storage
        self.tell = tell
        self.done = 0
        self.total = len(storage)

    def __len__(self) -> int:
        return self.total

    def record_iternext(self, cookie: Any = None) -> Any:
        """Return the next object (see ``IStorageCurrentRecordIteration``)."""
        self.done += 1
        self.tell(self.done, max(self.done, self.total))
        return self.storage.record_iternext(cookie)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.storage, name)


def records(storage: RelStorage) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield oid, tid and state of all objects, by oid."""
    if not _has_objects(storage):
        return
    cookie = None
    while True:
        oid, tid, state, cookie = storage.record_iternext(cookie)
        yield oid, tid, bytes(state)
        if cookie is None:
            return


def compare(
    source: RelStorage, target: RelStorage, total: int, place: str, tell: Tell
) -> Copied:
    """Compare two storages object by object and blob by blob.

    :raises CopyDiffers: they differ.
    """
    digest, blobs, count, last = sha256(), 0, 0, b""
    for mine, other in zip_longest(records(source), records(target)):
        if mine != other:
            oid = (mine or other)[0]
            raise CopyDiffers(place=place, what=f"object {oid_repr(oid)}")
        oid, tid, state = mine
        digest.update(oid + tid + sha256(state).digest())
        if is_blob_record(state):
            seen = _blob(source, oid, tid)
            if seen != _blob(target, oid, tid):
                raise CopyDiffers(place=place, what=f"blob {oid_repr(oid)}")
            digest.update(seen)
            blobs += 1
        count, last = count + 1, max(last, tid)
        tell(count, max(count, total))
    return Copied(count, blobs, last.hex(), digest.hexdigest())


def _blob(storage: RelStorage, oid: bytes, tid: bytes) -> bytes:
    with storage.openCommittedBlobFile(oid, tid) as file:
        return file_digest(file, "sha256").digest()


def _has_objects(storage: RelStorage) -> bool:
    """Tell whether there is an object; RelStorage's iteration needs one."""
    cursor = storage._load_connection.cursor
    cursor.execute("SELECT 1 FROM object_state LIMIT 1")
    return cursor.fetchone() is not None
