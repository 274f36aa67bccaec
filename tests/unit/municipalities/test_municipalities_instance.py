"""The instance is written once, private, and left alone afterwards."""

from AuthEncoding.AuthEncoding import pw_validate
from plonegov.core.ops.home import storage_dsn
from plonegov.municipalities.errors import StorageUnknown
from plonegov.municipalities.refusals import StorageNotApart
from plonegov.municipalities.server.instance import create_instance
from plonegov.municipalities.storage.places import instance_storage
from plonegov.municipalities.storage.places import parse_storage
from plonegov.municipalities.storage.places import write_storage

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
    conf = (home / "etc" / "storage.conf").read_text()
    for line in ("keep-history false", "synchronous full", "journal_mode wal"):
        assert line in conf
    assert "%include storage.conf" in (home / "etc" / "zope.conf").read_text()


@pytest.mark.parametrize(
    ("storage", "shown"),
    [
        ("floppy", "floppy"),
        ("postgresq://town:secret@host/db", "postgresq://town:***@host/db"),
    ],
)
def test_an_unknown_storage_is_refused_and_nothing_is_written(home, storage, shown):
    with pytest.raises(StorageUnknown) as caught:
        create_instance(storage)
    assert caught.value.context["storage"] == shown
    assert not home.exists()


def test_a_folder_of_sqlite_can_stand_elsewhere(home, tmp_path):
    place = tmp_path / "with $ and space"
    create_instance(f"sqlite:{place}")
    assert instance_storage() == parse_storage(f"sqlite:{place}")
    assert instance_storage().blobs == place / "blobs"
    assert storage_dsn() == ""


def test_a_configuration_with_a_storage_of_its_own_is_left_alone(home):
    create_instance()
    conf = home / "etc" / "zope.conf"
    conf.write_text(conf.read_text().replace("%include storage.conf", "<zodb_db main>"))
    with pytest.raises(StorageNotApart, match=r"%include storage\.conf"):
        write_storage(parse_storage("sqlite"))
