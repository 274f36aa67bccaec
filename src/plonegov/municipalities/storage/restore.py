"""Restore of a backup into a new instance folder.

What is restored is some days old: mails that it still owed were sent since, and people
were erased since. So mails are held back, and erasures are done again.
"""

from collections import defaultdict
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from pathlib import Path
from plonegov.core.api.records import record_containers
from plonegov.core.mail import outbox
from plonegov.core.ops.erasures import Erasure
from plonegov.core.ops.erasures import FOLDER as ERASURES
from plonegov.core.ops.erasures import keep_erasures
from plonegov.core.ops.erasures import read_erasures
from plonegov.core.ops.home import home
from plonegov.core.ops.townlocks import make_known
from plonegov.core.records.interfaces import IErasable
from plonegov.core.records.retention import take_out
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.loader.sites import municipality_sites
from plonegov.municipalities.refusals import ErasuresUnreadable
from plonegov.municipalities.refusals import KindDiffers
from plonegov.municipalities.refusals import NotABackup
from plonegov.municipalities.refusals import StorageNotEmpty
from plonegov.municipalities.server.instance import write_configuration
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from plonegov.municipalities.server.runtime import writing
from plonegov.municipalities.storage.backup import Tell
from plonegov.municipalities.storage.copying import holds_data
from plonegov.municipalities.storage.manifest import check_target
from plonegov.municipalities.storage.manifest import copy_private
from plonegov.municipalities.storage.manifest import Manifest
from plonegov.municipalities.storage.manifest import read_manifest
from plonegov.municipalities.storage.manifest import verify
from plonegov.municipalities.storage.places import parse_storage
from plonegov.municipalities.storage.places import Storage
from plonegov.municipalities.storage.snapshots import restore_dump

import os


#: Code with which mails that a backup owed are held back.
HELD = "held_after_restore"
EXAMPLES = {"sqlite": "sqlite", "postgresql": "postgresql://user@host/database"}


@dataclass(frozen=True)
class Wanted:
    """What to restore: folders, the storage (empty: by the backup), the port.

    ``erasures`` is a log of erasures or a folder of such, ``send_mail`` sends the
    mails that the backup still owed.
    """

    source: Path
    target: Path
    keys: Path | None = None
    storage: str = ""
    port: int = 8080
    erasures: Path | None = None
    send_mail: bool = False


@dataclass
class Restored:
    """What was restored; ``keys_missing`` names towns whose keys are not there."""

    manifest: Manifest
    keys_missing: list[str]
    held: dict[str, int] = field(default_factory=dict)
    erased: dict[str, int] = field(default_factory=dict)


def restore(wanted: Wanted, bar: Callable[[str], Tell]) -> Restored:
    """Restore a backup and open it once; ``home()`` is the new folder from then on.

    Everything is checked before the first file is written.

    :raises Refusal: the backup, a folder, the storage or the log is not right.
    """
    os.environ["PLONEGOV_HOME"] = str(wanted.target)
    manifest = read_manifest(wanted.source)
    keys = _check_keys(wanted.keys, bar)
    storage = _check_storage(wanted.source, manifest, wanted.storage)
    erasures = _read(wanted.erasures)
    check_target(home(), wanted.source)
    if storage.dsn and holds_data(storage):
        raise StorageNotEmpty(place=storage.place)
    verify(wanted.source, manifest, bar("Checking"))
    write_configuration(storage, wanted.port)
    restore_dump(storage, wanted.source)
    _copy(manifest, wanted.source, storage, bar("Copying"))
    if keys is not None:
        for name in keys.files:
            copy_private(wanted.keys / name, home() / name)
    for site_id in manifest.sites:
        make_known(site_id)
    return _open(wanted, Restored(manifest, _keys_missing(manifest)), erasures)


def _check_keys(folder: Path | None, bar: Callable[[str], Tell]) -> Manifest | None:
    if folder is None:
        return None
    manifest = read_manifest(folder)
    if manifest.kind != "keys":
        raise NotABackup(folder=folder, reason="it holds no keys, but an instance")
    verify(folder, manifest, bar("Checking keys"))
    return manifest


def _check_storage(source: Path, manifest: Manifest, text: str) -> Storage:
    if manifest.kind not in EXAMPLES:
        raise NotABackup(folder=source, reason="it holds keys, and no instance")
    storage = parse_storage(text or "sqlite")
    if storage.kind != manifest.kind:
        raise KindDiffers(kind=manifest.kind, example=EXAMPLES[manifest.kind])
    return storage


def _read(path: Path | None) -> list[Erasure]:
    try:
        if path is None:
            return []
        if not path.exists():
            raise FileNotFoundError(f"there is no {path}")
        return read_erasures(path)
    except (OSError, ValueError) as error:
        raise ErasuresUnreadable(reason=str(error)) from error


def _copy(manifest: Manifest, source: Path, storage: Storage, tell: Tell) -> None:
    """Copy blobs and other files to where they belong.

    The configuration was just made; that of the backup is kept for comparing.
    """
    places = {
        "blobs": storage.blobs,
        "files": home(),
        "etc": home() / "etc" / "backup",
    }
    for number, name in enumerate(manifest.files, start=1):
        kind, _, rest = name.partition("/")
        if kind in places:
            target = places[kind] / rest
            if target.exists():
                target.unlink()
            copy_private(source / name, target)
        tell(number, len(manifest.files))


def _keys_missing(manifest: Manifest) -> list[str]:
    return [
        town
        for town in manifest.towns
        if not (home() / "keys" / town / "current").is_file()
    ]


def _open(wanted: Wanted, restored: Restored, given: list[Erasure]) -> Restored:
    """Open the restored instance, hold back its mails and erase again."""
    known = read_erasures(home() / ERASURES)
    keep_erasures(erasure for erasure in given if erasure not in known)
    start_zope()
    with application() as app:
        for town, site_id in municipality_sites(app).items():
            days = {
                item.uid: datetime.fromisoformat(item.time).date()
                for item in [*known, *given]
                if item.municipality == town
            }
            with writing(site_id):
                site = get_site(app, town)
                restored.erased[town] = erase_again(site, days)
                if not wanted.send_mail:
                    restored.held[town] = hold_mails(site)
    return restored


def erase_again(site, days: Mapping[str, date]) -> int:
    """Erase the records with these UIDs in a site once more, under its write lock.

    :returns: how many there were.
    :param days: the day on which each was erased, by UID.
    """
    by_day: dict[date, list] = defaultdict(list)
    for container in record_containers(site):
        for uid, day in days.items():
            record = container.records.get_by_uid(uid)
            if record is not None and not IErasable(record).erased():
                by_day[day].append(record.__of__(container))
    return sum(take_out(site, records, day) for day, records in by_day.items())


def hold_mails(site) -> int:
    """Mark all mails that a site owes as not to be sent; return how many."""
    owed = outbox.entries(site)
    waiting = [key for key, mail in owed.items() if not mail.refused]
    outbox.settle(site, (), dict.fromkeys(waiting, HELD))
    return len(waiting)
