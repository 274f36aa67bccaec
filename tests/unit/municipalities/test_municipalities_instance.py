"""The instance is written once, private, and left alone afterwards."""

from AuthEncoding.AuthEncoding import pw_validate
from plonegov.municipalities.errors import StorageUnknown
from plonegov.municipalities.instance import create_instance

import configparser
import pytest


@pytest.fixture
def home(tmp_path, monkeypatch):
    path = tmp_path / "instance"
    monkeypatch.setenv("PLONEGOV_HOME", str(path))
    return path


def test_the_password_is_kept_as_a_hash_only(home):
    made = create_instance()
    name, hashed = (home / "inituser").read_text().strip().split(":", 1)
    assert (name, made.created) == ("admin", True)
    assert pw_validate(hashed.encode(), made.password.encode())
    texts = [path.read_text() for path in home.rglob("*") if path.is_file()]
    assert not any(made.password in text for text in texts)


def test_nobody_else_may_read_the_instance(home):
    create_instance()
    assert [str(path) for path in home.rglob("*") if path.stat().st_mode & 0o077] == []


def test_a_second_call_changes_nothing(home):
    create_instance(port=8100)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    again = create_instance(port=9999)
    assert (again.created, again.password) == (False, "")
    assert before == {
        path: path.read_bytes() for path in home.rglob("*") if path.is_file()
    }


def test_the_server_listens_on_this_machine_with_the_lock_before_zope(home):
    create_instance(port=8123)
    ini = configparser.RawConfigParser()
    ini.read(home / "etc" / "zope.ini")
    assert ini["server:main"]["listen"] == "127.0.0.1:8123"
    assert ini["server:main"]["threads"] == "24"
    assert ini["pipeline:main"]["pipeline"].split()[0] == "lock"


def test_the_storage_is_history_free_and_synced(home):
    create_instance()
    conf = (home / "etc" / "zope.conf").read_text()
    for line in ("keep-history false", "synchronous full", "journal_mode wal"):
        assert line in conf


def test_an_unknown_storage_is_refused_and_nothing_is_written(home):
    with pytest.raises(StorageUnknown) as caught:
        create_instance("floppy")
    assert caught.value.context == {"storage": "floppy", "known": "sqlite"}
    assert not home.exists()
