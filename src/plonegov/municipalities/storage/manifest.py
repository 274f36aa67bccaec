"""The manifest of a backup: what is in it, with a SHA-256 of each file."""

from collections.abc import Callable
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from hashlib import file_digest
from hashlib import sha256
from pathlib import Path
from pathlib import PurePosixPath
from plonegov.core.ops.files import private_opener
from plonegov.core.ops.files import write_private
from plonegov.municipalities.refusals import BackupDamaged
from plonegov.municipalities.refusals import BackupTargetTaken
from plonegov.municipalities.refusals import NotABackup
from typing import Any

import json
import os


NAME = "manifest.json"
FORMAT = 1
BLOCK = 1 << 20  # bytes copied at once
NAMED = 5  # damaged files that a message names


@dataclass
class Manifest:
    """What a backup holds; ``kind`` is a storage's, or ``keys``.

    ``files`` gives size in bytes and SHA-256 of each file by its path in the backup;
    ``created`` is ISO 8601 in UTC, ``last_tid`` the newest transaction in it (hex).
    """

    kind: str
    created: str
    versions: dict[str, str]
    towns: list[str]
    sites: list[str] = field(default_factory=list)
    last_tid: str = ""
    objects: int = 0
    blobs: int = 0
    missing_blobs: list[str] = field(default_factory=list)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def note(self, folder: Path, name: str) -> None:
        """Note a file that stands in the backup already."""
        path = folder / name
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        self.files[name] = {"size": path.stat().st_size, "sha256": digest}

    def add(self, source: Path, folder: Path, name: str) -> None:
        """Copy a file into the backup and note it.

        :raises FileNotFoundError: there is no such file (any more).
        """
        size, digest = copy_private(source, folder / name)
        self.files[name] = {"size": size, "sha256": digest}

    def write(self, folder: Path) -> None:
        """Write the manifest, after everything else is on the disk."""
        os.sync()
        text = json.dumps({"format": FORMAT, **asdict(self)}, indent=1)
        write_private(folder / NAME, text.encode())


def copy_private(source: Path, target: Path) -> tuple[int, str]:
    """Copy a file to a new one with mode 0600; return its size and SHA-256."""
    digest, size = sha256(), 0
    with source.open("rb") as read:
        make_folder(target.parent)
        with open(target, "xb", opener=private_opener) as written:
            while block := read.read(BLOCK):
                written.write(block)
                digest.update(block)
                size += len(block)
    return size, digest.hexdigest()


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; only the owner may enter the new ones."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def check_target(folder: Path, apart: Path) -> None:
    """Check that a folder can be written to: empty or missing, and outside another.

    :raises BackupTargetTaken: it can't.
    """
    if folder == apart or apart in folder.parents or folder in apart.parents:
        raise BackupTargetTaken(folder=folder, reason=f"is not apart from {apart}")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupTargetTaken(folder=folder, reason="holds something already")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a backup.

    :raises NotABackup: there is none, or it can't be read.
    """
    path = folder / NAME
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values.pop("format") != FORMAT:
            raise NotABackup(folder=folder, reason="it is of an unknown format")
        manifest = Manifest(**values)
        outside = [name for name in manifest.files if not _is_inside(name)]
    except FileNotFoundError as error:
        raise NotABackup(folder=folder, reason=f"it has no {NAME}") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotABackup(folder=folder, reason=f"{NAME} can't be read") from error
    if outside:
        raise NotABackup(folder=folder, reason=f"{NAME} names {outside[0]}")
    return manifest


def verify(folder: Path, manifest: Manifest, tell: Callable[[int, int], None]) -> None:
    """Compare all files of a backup with its manifest.

    :raises BackupDamaged: some are missing or were changed.
    """
    bad = []
    for number, (name, stated) in enumerate(manifest.files.items(), start=1):
        if not _is_whole(folder / name, stated):
            bad.append(name)
        tell(number, len(manifest.files))
    if bad:
        more = f" and {len(bad) - NAMED} more" if len(bad) > NAMED else ""
        raise BackupDamaged(folder=folder, files=", ".join(bad[:NAMED]) + more)


def _is_whole(path: Path, stated: dict[str, Any]) -> bool:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            digest = file_digest(file, "sha256").hexdigest()
    except OSError:
        return False
    return (size, digest) == (stated["size"], stated["sha256"])


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)
