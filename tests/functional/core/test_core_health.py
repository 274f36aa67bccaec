"""``health`` on the Zope root: does this process work?"""

from helpers.wsgi import ask
from plonegov.core.ops.health import Health
from plonegov.core.ops.writelock import filter_factory
from relstorage.adapters.sqlite.adapter import Sqlite3Adapter
from relstorage.options import Options
from relstorage.storage import RelStorage
from transaction import TransactionManager
from ZODB import DB
from zope.publisher.browser import TestRequest

import os
import psycopg2
import pytest
import requests


@pytest.fixture
def address(functional):
    return f"http://{functional['host']}:{functional['port']}/health"


def test_a_working_process_is_healthy(address):
    answer = requests.get(address, timeout=60)
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["Cache-Control"] == "no-store"


def test_health_tells_no_facts(address):
    answer = requests.get(address, timeout=60)
    assert set(answer.text) <= set("ok\n")
    assert "plonegov" not in str(answer.headers).lower()


def test_health_leaves_nothing_behind(address):
    home = os.environ["PLONEGOV_HOME"]
    before = os.listdir(home)
    assert requests.get(address, timeout=60).status_code == 200
    assert os.listdir(home) == before


def test_a_disk_that_takes_no_file_is_unhealthy(address, tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("PLONEGOV_HOME", str(blocked / "home"))
    answer = requests.get(address, timeout=60)
    assert (answer.status_code, answer.text) == (503, "unavailable\n")


@pytest.fixture
def database(tmp_path):
    """Return a database and a function that damages its files."""
    options = Options(keep_history=False, blob_dir=str(tmp_path / "blobs"))
    adapter = Sqlite3Adapter(str(tmp_path), {}, options=options)

    def damage():
        for file in tmp_path.glob("*.sqlite3*"):
            file.write_bytes(b"not a database any more")

    return DB(RelStorage(adapter, options=options)), damage


def test_a_database_that_does_not_answer_is_unhealthy(database):
    opened, damage = database
    connection = opened.open(TransactionManager())
    root, request = connection.root(), TestRequest()
    assert Health(root, request)() == "ok\n"
    connection._storage._load_connection.drop()
    damage()
    assert Health(root, request)() == "unavailable\n"
    assert request.response.getStatus() == 503


def open_damaged(database):
    opened, damage = database
    damage()
    opened.open(TransactionManager()).root()


def connect_nowhere(database):
    psycopg2.connect("host=localhost port=1 dbname=plonegov")


@pytest.mark.parametrize("fails", [open_damaged, connect_nowhere])
def test_a_database_that_opens_no_connection_is_unhealthy(database, fails):
    def zope(environ, start_response):
        fails(database)

    answer = ask(filter_factory({})(zope), path="/health")
    assert answer["status"] == 503
    assert answer["headers"]["Cache-Control"] == "no-store"


def test_a_site_has_no_health(portal):
    answer = requests.get(f"{portal.absolute_url()}/health", timeout=60)
    assert answer.status_code == 404
