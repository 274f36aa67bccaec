"""A backup says what it holds; what is missing, changed or outside is refused."""

from plonegov.municipalities.refusals import BackupDamaged
from plonegov.municipalities.refusals import BackupTargetTaken
from plonegov.municipalities.refusals import NotABackup
from plonegov.municipalities.storage.manifest import check_target
from plonegov.municipalities.storage.manifest import Manifest
from plonegov.municipalities.storage.manifest import read_manifest
from plonegov.municipalities.storage.manifest import verify

import json
import pytest


@pytest.fixture
def backup(tmp_path):
    """A backup of two files."""
    source = tmp_path / "source"
    source.write_bytes(b"some bytes")
    folder = tmp_path / "backup"
    manifest = Manifest("sqlite", "2026-11-22T12:00:00+00:00", {"plonegov": "1"}, ["a"])
    for name in ("files/mail/a/new/1", "files/mail/a/new/2"):
        manifest.add(source, folder, name)
    manifest.write(folder)
    return folder


def check(folder):
    verify(folder, read_manifest(folder), lambda done, total: None)


def test_a_whole_backup_is_accepted_and_private(backup):
    check(backup)
    assert read_manifest(backup).towns == ["a"]
    everything = [backup, *backup.rglob("*")]
    assert [path for path in everything if path.stat().st_mode & 0o077] == []


def change(path):
    path.write_bytes(b"other byte")


def lengthen(path):
    path.write_bytes(path.read_bytes() + b"!")


@pytest.mark.parametrize("damage", [change, lengthen, lambda path: path.unlink()])
def test_each_damage_is_named(backup, damage):
    damage(backup / "files/mail/a/new/2")
    with pytest.raises(BackupDamaged, match="files/mail/a/new/2") as caught:
        check(backup)
    assert "new/1" not in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"format": 2}, "unknown format"),
        ({"files": {"../keys/a/current": {}}}, "names"),
        ({"files": {"/etc/passwd": {}}}, "names"),
        ({"surprise": 1}, "can't be read"),
        ({"files": None}, "can't be read"),
    ],
)
def test_a_manifest_that_can_not_be_trusted_is_refused(backup, changes, reason):
    path = backup / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    with pytest.raises(NotABackup, match=reason):
        read_manifest(backup)


@pytest.mark.parametrize("text", ["", "no json", "[]", "\0"])
def test_a_manifest_that_is_none_is_refused(backup, text):
    (backup / "manifest.json").write_text(text)
    with pytest.raises(NotABackup, match="can't be read"):
        read_manifest(backup)


def test_a_backup_without_a_manifest_was_never_finished(backup):
    (backup / "manifest.json").unlink()
    with pytest.raises(NotABackup, match=r"has no manifest\.json"):
        read_manifest(backup)


@pytest.mark.parametrize(
    ("target", "apart"),
    [("home", "home"), ("home/backup", "home"), (".", "home"), ("taken", "home")],
)
def test_a_backup_goes_into_an_empty_folder_outside_the_instance(
    tmp_path, target, apart
):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").touch()
    with pytest.raises(BackupTargetTaken):
        check_target(tmp_path / target, tmp_path / apart)


@pytest.mark.parametrize("name", ["new", "empty"])
def test_an_empty_or_missing_folder_is_taken(tmp_path, name):
    (tmp_path / "empty").mkdir()
    check_target(tmp_path / name, tmp_path / "home")
