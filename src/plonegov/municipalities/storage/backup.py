"""Backup of an instance while it is served: database, then blobs, then other files.

In this order each blob that the database names is there, whatever is written
meanwhile. The keys go into a folder of their own, so that neither folder alone
reveals a national number.
"""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import nullcontext
from datetime import datetime
from datetime import UTC
from importlib.metadata import version
from pathlib import Path
from pathlib import PurePosixPath
from plonegov.core.ops.home import home
from plonegov.core.ops.townlocks import ROOT
from plonegov.municipalities.refusals import BackupFailed
from plonegov.municipalities.server.runtime import zope_conf
from plonegov.municipalities.storage.manifest import check_target
from plonegov.municipalities.storage.manifest import make_folder
from plonegov.municipalities.storage.manifest import Manifest
from plonegov.municipalities.storage.places import instance_storage
from plonegov.municipalities.storage.places import Storage
from plonegov.municipalities.storage.snapshots import dump
from plonegov.municipalities.storage.snapshots import Snapshot
from ZODB.blob import FilesystemHelper
from ZODB.blob import LAYOUT_MARKER
from ZODB.utils import oid_repr

import fcntl
import platform
import sqlite3


#: Folders of the instance that a backup leaves out: what the dump and the blobs are
#: made of, what is made again, and what must stay apart.
SECRETS = ("keys", "demo")
LEFT_OUT = frozenset({*SECRETS, "storage", "blobs", "locks", "log", "var", "etc"})
CONFIGURATION = ("zope.conf", "zope.ini", "site.zcml")
PACKAGES = ("plonegov", "Products.CMFPlone", "Zope", "ZODB", "RelStorage")
#: Beginnings of the names of files that are being written or sent.
PASSING = (".new-", ".sending-")

Tell = Callable[[int, int], None]


def back_up(target: Path, keys: Path | None, tell: Tell) -> Manifest:
    """Write a backup of the instance in ``home()`` into a new folder.

    :param keys: a new folder for the keys and the demonstration passwords; None
        leaves them out.
    :param tell: told how many blobs are copied.
    :returns: its manifest; ``missing_blobs`` names what the storage itself lacks.
    :raises InstanceMissing: there is no instance.
    :raises BackupTargetTaken: a folder can't be taken.
    :raises Refusal: the database can't be read.
    :raises BackupFailed: the disk is full, or something can't be read.
    """
    zope_conf()
    for folder, other in ((target, home()), (keys, home()), (keys, target)):
        if folder is not None:
            check_target(folder, other)
    storage = instance_storage()
    try:
        make_folder(target)
        manifest = Manifest(storage.kind, _now(), _versions(), _towns(), _sites())
        snapshot = dump(storage, target)
        _describe(manifest, snapshot, target)
        _add_blobs(manifest, snapshot, storage, target, tell)
        _add_files(manifest, target)
        if keys is not None:
            _write_keys(keys, manifest)
        manifest.write(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(folder=target, reason=str(error)) from error
    return manifest


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _versions() -> dict[str, str]:
    return {name: version(name) for name in PACKAGES} | {
        "Python": platform.python_version()
    }


def _towns() -> list[str]:
    """Return the municipalities that have keys, that is all that were ever applied."""
    return sorted(path.name for path in (home() / "keys").glob("*") if path.is_dir())


def _sites() -> list[str]:
    """Return the ids of the sites that have a write lock of their own."""
    names = {path.stem for path in (home() / "locks").glob("*.lock")}
    return sorted(names - {ROOT})


def _describe(manifest: Manifest, snapshot: Snapshot, target: Path) -> None:
    manifest.last_tid = snapshot.last_tid.hex()
    manifest.objects = snapshot.objects
    manifest.versions["database"] = snapshot.server
    for name in snapshot.files:
        manifest.note(target, name)


def _add_blobs(
    manifest: Manifest, snapshot: Snapshot, storage: Storage, target: Path, tell: Tell
) -> None:
    """Copy the blobs that the snapshot names, and nothing else."""
    marker = storage.blobs / LAYOUT_MARKER
    if marker.exists():
        manifest.add(marker, target, f"blobs/{LAYOUT_MARKER}")
    names = FilesystemHelper(str(storage.blobs))
    for number, (oid, tid) in enumerate(snapshot.blobs, start=1):
        source = Path(names.getBlobFilename(oid, tid))
        name = f"blobs/{source.relative_to(storage.blobs).as_posix()}"
        try:
            manifest.add(source, target, name)
            manifest.blobs += 1
        except FileNotFoundError:
            manifest.missing_blobs.append(oid_repr(oid))
        tell(number, len(snapshot.blobs))


def _add_files(manifest: Manifest, target: Path) -> None:
    """Copy the other files: mails, logs of reads, erasures, profiles, configuration."""
    for name in CONFIGURATION:
        manifest.add(home() / "etc" / name, target, f"etc/{name}")
    for folder in sorted(home().iterdir()):
        if folder.is_dir() and folder.name not in LEFT_OUT:
            for entry in sorted(folder.iterdir()):
                with _still(entry):
                    _add_tree(manifest, entry, target, f"files/{folder.name}")


def _add_tree(manifest: Manifest, source: Path, target: Path, below: str) -> None:
    """Copy a file or folder; what is gone or only passing is left out."""
    paths = [source] if source.is_file() else sorted(source.rglob("*"))
    for path in paths:
        if not path.is_file() or path.is_symlink() or path.name.startswith(PASSING):
            continue
        name = PurePosixPath(below, path.relative_to(source.parent)).as_posix()
        try:
            manifest.add(path, target, name)
        except FileNotFoundError:  # a mail that has just been sent
            (target / name).unlink(missing_ok=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def _still(folder: Path):
    """Hold a town's log of reads still, so that its two files go together."""
    lock = folder / "lock"
    return _locked(lock) if lock.is_file() else nullcontext()


def _write_keys(folder: Path, manifest: Manifest) -> None:
    """Write the keys and demonstration passwords into a backup of their own."""
    make_folder(folder)
    apart = Manifest("keys", manifest.created, manifest.versions, manifest.towns)
    for name in SECRETS:
        if (home() / name).is_dir():
            _add_tree(apart, home() / name, folder, "")
    apart.write(folder)
