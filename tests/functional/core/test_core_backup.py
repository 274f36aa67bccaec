"""Restore rehearsal: what was acknowledged before the backup began is there again."""

from contextlib import nullcontext
from datetime import date
from hashlib import sha256
from helpers.load import order
from helpers.load import under_load
from helpers.serving import until
from helpers.storages import Town
from pathlib import Path

import json
import pytest
import time


class Rehearsal:
    """A backup under load and what was restored from it."""

    def __init__(self, town, folder, database):
        self.town, self.folder = town, folder
        self.restored = Town(folder / "restored", database)
        self.erased = order(town)[1]
        town.keep_file("kept", b"kept before the backup")
        with under_load(town) as self.load:
            until(lambda: len(self.load.acknowledged) >= 5)
            self.began = time.monotonic()
            self.backup = town.told(
                "backup", str(folder / "backup"), "--keys", self.keys
            )
            town.keep_file("kept", b"changed after the backup")
            self.blobs = hashes(town.storage.blobs)
        entry = {"time": "2026-11-22T12:00:00+00:00", "municipality": "seneffe"}
        log = folder / "erased.log"
        log.write_text(json.dumps(entry | {"uid": town.uid(self.erased)}) + "\n")
        arguments = ["--to", str(self.restored.home), "--keys", self.keys]
        arguments += ["--port", str(self.restored.port), "--erasures", str(log)]
        if database is not None:
            arguments += ["--storage", database.url]
        self.answer = self.restored.told("restore", str(folder / "backup"), *arguments)

    @property
    def keys(self):
        return str(self.folder / "keys")


def hashes(folder):
    """Return the SHA-256 of all blobs below a folder."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.blob")
    }


@pytest.fixture(scope="module")
def rehearsal(pair, server, tmp_path_factory):
    with server.database() if pair.database else nullcontext() as database:
        yield Rehearsal(pair, tmp_path_factory.mktemp("rehearsal"), database)


def test_every_order_acknowledged_before_the_backup_is_there_again(rehearsal):
    assert rehearsal.load.failed == []
    acknowledged = rehearsal.load.before(rehearsal.began)
    assert len(acknowledged) >= 5
    assert acknowledged <= rehearsal.restored.references()
    assert rehearsal.backup["sites"] == rehearsal.backup["towns"] == ["seneffe"]


def test_the_blobs_are_equal_by_their_hash(rehearsal):
    restored = hashes(rehearsal.restored.storage.blobs)
    assert len(restored) == rehearsal.backup["blobs"] >= 2
    assert rehearsal.backup["missing_blobs"] == []
    assert restored.items() < rehearsal.blobs.items()


def test_what_was_erased_is_erased_again_and_stays_listed(rehearsal):
    assert rehearsal.answer["erased_again"] == {"seneffe": 1}
    with rehearsal.restored.site() as site:
        order = site._tree["counter"].records.get(rehearsal.erased)
        assert (order.applicant_name, order.anonymised) == ("", date(2026, 11, 22))
    assert (rehearsal.restored.home / "erasures" / "seneffe.log").exists()


def test_mails_that_were_owed_are_held_back(rehearsal):
    with rehearsal.restored.site() as site:
        owed = list(site.__annotations__["plonegov.core.outbox"].values())
        assert {mail.refused for mail in owed} == {"held_after_restore"}
    assert len(owed) >= rehearsal.answer["mails_held"]["seneffe"] > 0


def test_the_keys_are_in_a_folder_of_their_own(rehearsal):
    names = [path.name for path in (rehearsal.folder / "backup").rglob("*")]
    assert not [name for name in names if name.endswith(".key") or name == "pgpass"]
    keys = Path(rehearsal.keys)
    assert list(keys.rglob("*.key"))
    both = [*keys.rglob("*"), *(rehearsal.folder / "backup").rglob("*")]
    assert [path for path in both if path.stat().st_mode & 0o077] == []


def test_the_restored_instance_is_in_order(rehearsal):
    _, output, errors = rehearsal.restored.run("doctor", "--json")
    assert output, errors
    bad = {check["name"] for check in json.loads(output) if not check["ok"]}
    # The profile of Seneffe states none: that was so before the backup.
    assert bad == {"address of seneffe"}
    assert rehearsal.answer["keys_missing"] == []


@pytest.mark.parametrize("pair", ["sqlite"], indirect=True)
def test_a_damaged_backup_is_refused_before_anything_is_written(rehearsal, tmp_path):
    backup = rehearsal.folder / "backup"
    [layout] = backup.rglob(".layout")
    text = layout.read_bytes()
    layout.write_bytes(b"lawn!")
    try:
        town = Town(tmp_path / "instance")
        code, _, errors = town.run("restore", str(backup), "--to", str(town.home))
    finally:
        layout.write_bytes(text)
    assert (code, "blobs/.layout" in errors) == (1, True), errors
    assert not town.home.exists()


@pytest.mark.parametrize("pair", ["sqlite"], indirect=True)
def test_a_taken_folder_is_refused(rehearsal):
    backup = str(rehearsal.folder / "backup")
    taken = str(rehearsal.restored.home)
    assert rehearsal.town.run("backup", backup)[0] == 1
    assert rehearsal.town.run("restore", backup, "--to", taken)[0] == 1
