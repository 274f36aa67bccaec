"""The keys of a town on the disk: which there are, how old, and taken out of use."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from plonegov.core.errors import KeyFileExposed
from plonegov.core.errors import KeyMissing
from plonegov.core.identity.errors import KeyFileDamaged
from plonegov.core.identity.keys import create_key
from plonegov.core.identity.keys import TownKeys

import os
import pytest


KEYS = TownKeys("town")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    return tmp_path / "keys" / "town"


def test_keys_are_told_with_their_age_and_the_current_one_last(folder):
    old, older, current = (create_key("town") for _ in range(3))
    now = datetime.now(UTC)
    for key_id, days in ((old, 10), (older, 400), (current, 500)):
        past = (now - timedelta(days=days, minutes=1)).timestamp()
        os.utime(folder / f"{key_id}.key", (past, past))
    told = KEYS.files()
    assert [(key.id, key.current) for key in told] == [
        (older, False),
        (old, False),
        (current, True),
    ]
    assert [key.age_days(now) for key in told] == [400, 10, 500]


def test_other_files_are_no_keys(folder):
    key_id = create_key("town")
    (folder / "notes.key").write_text("x")
    (folder / ".new-abc").write_text("x")
    assert [key.id for key in KEYS.files()] == [key_id]


def test_a_key_set_aside_is_found_no_more_and_its_file_is_kept(folder):
    old = create_key("town")
    sealed = KEYS.encrypt("x")
    create_key("town")
    master = (folder / f"{old}.key").read_bytes()
    KEYS.set_aside(old)
    with pytest.raises(KeyMissing):
        KEYS.decrypt(sealed)
    assert old not in [key.id for key in KEYS.files()]
    kept = folder / f"{old}.retired"
    assert kept.read_bytes() == master
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.rename(folder / f"{old}.key")
    assert KEYS.decrypt(sealed) == "x"


@pytest.mark.parametrize("key_id", ["0" * 16, "", "current", "../other/x"])
def test_what_is_no_key_is_not_set_aside(folder, key_id):
    create_key("town")
    before = sorted(folder.iterdir())
    with pytest.raises(KeyMissing):
        KEYS.set_aside(key_id)
    assert sorted(folder.iterdir()) == before


def test_no_keys_no_list(folder):
    with pytest.raises(KeyMissing):
        KEYS.files()


def test_exposed_and_damaged_keys_are_told(folder):
    key_id = create_key("town")
    (folder / f"{key_id}.key").write_bytes(b"short")
    with pytest.raises(KeyFileDamaged):
        KEYS.check_present(key_id)
    folder.chmod(0o750)
    with pytest.raises(KeyFileExposed):
        KEYS.files()
