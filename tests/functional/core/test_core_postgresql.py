"""PostgreSQL as storage: what is refused and why, and the write lock between processes."""

from contextlib import contextmanager
from contextlib import ExitStack
from itertools import pairwise
from plonegov.core.ops.home import storage_dsn
from plonegov.core.ops.townlocks import FileLocks
from plonegov.core.ops.townlocks import lock_of
from plonegov.core.ops.townlocks import TownBusy
from plonegov.core.ops.writelock import town_lock
from plonegov.municipalities.refusals import AccessRefused
from plonegov.municipalities.refusals import DatabaseMissing
from plonegov.municipalities.refusals import DatabaseUnnamed
from plonegov.municipalities.refusals import DriverMissing
from plonegov.municipalities.refusals import PasswordNeeded
from plonegov.municipalities.refusals import ServerUnreachable
from plonegov.municipalities.refusals import StorageNotEmpty
from plonegov.municipalities.refusals import TablesRefused
from plonegov.municipalities.server.instance import create_instance
from plonegov.municipalities.storage.places import instance_storage
from plonegov.municipalities.storage.places import parse_storage
from plonegov.municipalities.storage.postgresql import check_database

import importlib.util
import os
import psycopg2
import pytest
import signal
import subprocess
import sys
import time


@pytest.fixture(scope="module")
def database(server):
    with server.database() as database:
        yield database


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    path = tmp_path / "instance"
    monkeypatch.setenv("PLONEGOV_HOME", str(path))
    monkeypatch.delenv("PGPASSWORD", raising=False)
    return path


# --- what is refused ------------------------------------------------------------------


REFUSED = {
    "no server": (
        "postgresql://{user}:{password}@127.0.0.1:9/{name}",
        ServerUnreachable,
    ),
    "no such host": ("postgresql://{user}@nowhere.invalid/{name}", ServerUnreachable),
    "no socket": ("host=/nonexistent dbname={name}", ServerUnreachable),
    "no database": ("{address}:{password}@{server}/missing_database", DatabaseMissing),
    "no name": ("postgresql://{user}:{password}@{server}/", DatabaseUnnamed),
    "unreadable": (
        "postgresql://{user}:{password}@{server}/{name}?x=1",
        DatabaseUnnamed,
    ),
    "wrong password": ("{address}:wrong{password}@{server}/{name}", AccessRefused),
    "no such user": (
        "postgresql://nobody_here:x{password}@{server}/{name}",
        AccessRefused,
    ),
    "no password": ("{address}@{server}/{name}", PasswordNeeded),
    "no right to make tables": (
        "{address}:{password}@{server}/template1",
        TablesRefused,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_each_fault_is_told_apart_and_shows_no_password(case, database, home):
    text, error = REFUSED[case]
    storage = text.format(
        address=f"postgresql://{database.user}",
        server=f"{database.server.host}:{database.server.port}",
        user=database.user,
        password=database.password,
        name=database.name,
    )
    with pytest.raises(error) as caught:
        create_instance(storage)
    assert database.password not in str(caught.value)
    assert not home.exists()


def test_a_missing_driver_is_told(monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name: None if name == "psycopg2" else find(name),
    )
    with pytest.raises(DriverMissing, match="pip install"):
        parse_storage("postgresql://a@b/c")


def test_a_database_that_holds_data_gets_no_second_instance(
    server, monkeypatch, tmp_path
):
    with server.database() as taken:
        with psycopg2.connect(taken.url) as connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE object_state (zoid bigint)")
            cursor.execute("INSERT INTO object_state VALUES (0)")
        connection.close()
        with pytest.raises(StorageNotEmpty, match="storage use"):
            create_instance(taken.url)


# --- where the password goes ----------------------------------------------------------


@pytest.mark.parametrize("way", ["address", "variable"])
def test_the_password_is_in_one_private_file_only(way, database, home, monkeypatch):
    address = database.url
    if way == "variable":
        monkeypatch.setenv("PGPASSWORD", database.password)
        address = f"postgresql://{database.user}@{database.place}"
    create_instance(address)
    monkeypatch.delenv("PGPASSWORD", raising=False)
    files = [path for path in home.rglob("*") if path.is_file()]
    holding = [path.name for path in files if database.password in path.read_text()]
    assert holding == ["pgpass"]
    assert [path for path in home.rglob("*") if path.stat().st_mode & 0o077] == []
    assert database.password not in storage_dsn() + repr(instance_storage())
    assert check_database(instance_storage()) is False


# --- the write lock -------------------------------------------------------------------


PROCESS = """
from plonegov.core.ops.writelock import town_lock
import sys, time
path, rounds = sys.argv[1], int(sys.argv[2])
for _ in range(rounds):
    with town_lock("seneffe"):
        number = int(open(path).read())
        time.sleep(0.002)
        with open(path, "w") as file:
            file.write(str(number + 1))
        print(time.monotonic(), flush=True)
"""
HOLDER = """
from plonegov.core.ops.writelock import town_lock
import time
with town_lock("seneffe"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def instance(database):
    create_instance(database.url)


def begin(code, *arguments):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@contextmanager
def held_elsewhere():
    with ExitStack() as stack:
        process = stack.enter_context(begin(HOLDER))
        stack.callback(process.kill)
        assert process.stdout.readline() == "held\n"
        yield process


def test_the_storage_says_which_lock_there_is(instance, home, monkeypatch, tmp_path):
    assert not isinstance(lock_of("seneffe").outer, FileLocks)
    with town_lock("seneffe"):
        assert not (home / "locks" / "seneffe.turn").exists()
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path / "lite"))
    create_instance()
    assert isinstance(lock_of("seneffe").outer, FileLocks)


def test_two_processes_change_one_after_another_and_take_turns(instance, tmp_path):
    counter = tmp_path / "counter"
    counter.write_text("0")
    processes = [begin(PROCESS, counter, 100) for _ in range(2)]
    times = [process.communicate(timeout=60)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert counter.read_text() == "200"
    moments = sorted((float(each), who) for who in (0, 1) for each in times[who])
    begun = max(float(told[0]) for told in times)
    ended = min(float(told[-1]) for told in times)
    owners = [who for moment, who in moments if begun <= moment <= ended]
    repeated = sum(one == next_one for one, next_one in pairwise(owners))
    assert repeated <= len(owners) / 3


def test_a_killed_writer_frees_the_lock(instance):
    with held_elsewhere() as process:
        with pytest.raises(TownBusy), town_lock("seneffe", timeout=0.2):
            pass
        with town_lock("poitiers", timeout=5):
            pass
        os.kill(process.pid, signal.SIGKILL)
        with town_lock("seneffe", timeout=5):
            pass


def test_a_writer_waits_no_longer_than_the_timeout(instance):
    with held_elsewhere():
        before = time.monotonic()
        with pytest.raises(TownBusy), town_lock("seneffe", timeout=0.5):
            pass
        assert 0.4 < time.monotonic() - before < 5


def test_an_idle_connection_that_broke_is_replaced(instance, database):
    with town_lock("seneffe"):
        pass
    database.end_connections()
    with town_lock("seneffe", timeout=5):
        pass


def test_a_connection_that_breaks_while_held_ends_the_lock_only(instance, database):
    with town_lock("seneffe"):
        database.end_connections()
    with town_lock("seneffe", timeout=5):
        pass


def test_without_the_server_a_town_is_busy_and_then_not_any_more(instance, database):
    database.close()
    try:
        with pytest.raises(TownBusy), town_lock("seneffe", timeout=5):
            pass
    finally:
        database.open()
    with town_lock("seneffe", timeout=5):
        pass
