"""One moment of a database, dumped into a file while others write."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from plonegov.municipalities.refusals import BackupFailed
from plonegov.municipalities.refusals import ProgramFailed
from plonegov.municipalities.refusals import ProgramMissing
from plonegov.municipalities.storage.places import Storage
from ZODB.blob import is_blob_record
from ZODB.utils import p64

import shutil
import sqlite3
import subprocess


#: Where a backup keeps the dump, and the files of SQLite's storage.
FOLDER = "database"
DUMP = f"{FOLDER}/database.pgdump"
SQLITE_FILES = ("main.sqlite3", "oids.sqlite3")
#: Bytes by which a blob's record is found; what they find is looked at closer.
MARK = b"ZODB.blob"


@dataclass(frozen=True)
class Snapshot:
    """What was dumped: files in the backup, newest transaction, the blobs it needs."""

    files: list[str]
    last_tid: bytes
    objects: int
    blobs: list[tuple[bytes, bytes]]
    server: str


def dump(storage: Storage, folder: Path) -> Snapshot:
    """Dump the database of a storage into ``folder``/database.

    :raises Refusal: the database can't be reached, or a program failed.
    :raises BackupFailed: what was written is not whole.
    """
    (folder / FOLDER).mkdir(mode=0o700)
    return _postgresql(storage, folder) if storage.dsn else _sqlite(storage, folder)


def _sqlite(storage: Storage, folder: Path) -> Snapshot:
    """Copy the database with SQLite's online backup, which is one moment of it.

    The numbers of objects come after it: they only grow, so none is given twice.
    """
    files = [f"{FOLDER}/{name}" for name in SQLITE_FILES]
    for name, file in zip(SQLITE_FILES, files, strict=True):
        (folder / file).touch(mode=0o600)
        with (
            closing(
                sqlite3.connect(f"file:{storage.folder / name}?mode=rw", uri=True)
            ) as source,
            closing(sqlite3.connect(folder / file)) as target,
        ):
            source.backup(target)
            # In one file: the log of changes would be a second one.
            target.execute("PRAGMA journal_mode = delete")
    with closing(sqlite3.connect(folder / files[0])) as copied:
        [state] = copied.execute("PRAGMA quick_check").fetchone()
        if state != "ok":
            raise BackupFailed(
                folder=folder, reason=f"the database is damaged: {state}"
            )
        rows = copied.execute(
            "SELECT zoid, tid, state FROM object_state WHERE instr(state, ?)", (MARK,)
        )
        blobs = list(_blobs(rows))
        facts = copied.execute("SELECT count(*), max(tid) FROM object_state").fetchone()
    version = f"SQLite {sqlite3.sqlite_version}"
    return Snapshot(files, p64(facts[1] or 0), facts[0], blobs, version)


def _postgresql(storage: Storage, folder: Path) -> Snapshot:
    """Dump with pg_dump, and read what else is asked, in one and the same snapshot."""
    from plonegov.municipalities.storage.postgresql import connected

    with connected(storage) as connection:
        connection.set_session("REPEATABLE READ", readonly=True)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_export_snapshot(), current_setting('server_version')"
            )
            snapshot, version = cursor.fetchone()
            arguments = ["--format=custom", "--no-owner", "--no-privileges"]
            arguments += [f"--snapshot={snapshot}", f"--file={folder / DUMP}"]
            run_program("pg_dump", storage, *arguments)
            cursor.execute("SELECT count(*), max(tid) FROM object_state")
            facts = cursor.fetchone()
        with connection.cursor("blobs") as cursor:
            cursor.execute(
                "SELECT zoid, tid, state FROM object_state "
                "WHERE position(%s::bytea in state) > 0",
                (MARK,),
            )
            blobs = list(_blobs(cursor))
    (folder / DUMP).chmod(0o600)
    return Snapshot(
        [DUMP], p64(facts[1] or 0), facts[0], blobs, f"PostgreSQL {version}"
    )


def _blobs(rows) -> Iterator[tuple[bytes, bytes]]:
    """Yield oid and tid of the blobs among some records."""
    for oid, tid, state in rows:
        if is_blob_record(bytes(state)):
            yield p64(oid), p64(tid)


def restore_dump(storage: Storage, folder: Path) -> None:
    """Bring the dump of a backup into an empty storage of the same kind.

    :raises Refusal: it could not be done; a database of PostgreSQL is left empty.
    """
    if storage.dsn:
        arguments = ["--no-owner", "--no-privileges", "--single-transaction"]
        run_program("pg_restore", storage, *arguments, str(folder / DUMP))
        return
    for name in SQLITE_FILES:
        shutil.copyfile(folder / FOLDER / name, storage.folder / name)
        (storage.folder / name).chmod(0o600)


def run_program(name: str, storage: Storage, *arguments: str) -> None:
    """Run a program of PostgreSQL; the password, if any, is read from its file.

    :raises ProgramMissing: it is not installed.
    :raises ProgramFailed: it ended with an error.
    """
    program = shutil.which(name)
    if program is None:
        raise ProgramMissing(program=name)
    command = [program, "--no-password", f"--dbname={storage.dsn}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = " ".join(done.stderr.split()) or f"exit code {done.returncode}"
        raise ProgramFailed(program=name, reason=reason)
