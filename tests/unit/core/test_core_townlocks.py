"""Commands, jobs and the server change a town one after another."""

from concurrent.futures import ThreadPoolExecutor
from helpers.wsgi import Application
from helpers.wsgi import ask
from plonegov.core.ops.writelock import filter_factory
from plonegov.core.ops.writelock import LockNotReentrant
from plonegov.core.ops.writelock import make_known
from plonegov.core.ops.writelock import town_lock
from plonegov.core.ops.writelock import TownBusy

import contextlib
import os
import pytest
import signal
import subprocess
import sys
import threading
import time


@pytest.fixture(autouse=True)
def towns(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    make_known("seneffe")
    make_known("poitiers")
    return tmp_path


@pytest.fixture
def pool():
    with ThreadPoolExecutor(40) as pool:
        yield pool


PROCESS = """
from plonegov.core.ops.writelock import town_lock
import sys, time
path, rounds, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
for _ in range(rounds):
    with town_lock("seneffe"):
        number = int(open(path).read())
        time.sleep(pause)
        with open(path, "w") as file:
            file.write(str(number + 1))
"""

HOLDER = """
from plonegov.core.ops.writelock import town_lock
import time
with town_lock("seneffe"):
    print("held", flush=True)
    time.sleep(60)
"""


def start(code, *arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], **options
    )


@contextlib.contextmanager
def held_elsewhere():
    process = start(HOLDER, stdout=subprocess.PIPE)
    try:
        assert process.stdout.readline() == b"held\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_processes_and_threads_change_one_after_another(tmp_path, pool):
    counter = tmp_path / "counter"
    counter.write_text("0")

    def application(environ, start_response):
        number = int(counter.read_text())
        time.sleep(0.001)
        counter.write_text(str(number + 1))
        start_response("200 OK", [])
        return []

    locked = filter_factory({})(application)
    processes = [start(PROCESS, counter, 40, 0.001) for _ in range(2)]
    asked = [pool.submit(ask, locked, "POST") for _ in range(10)]
    assert [future.result(30)["status"] for future in asked] == [200] * 10
    assert [process.wait(30) for process in processes] == [0, 0]
    assert counter.read_text() == "90"


def test_a_busy_server_lets_a_command_through(tmp_path, pool):
    counter = tmp_path / "counter"
    counter.write_text("0")
    stop = threading.Event()
    written = []

    def application(environ, start_response):
        time.sleep(0.01)
        start_response("200 OK", [])
        return []

    locked = filter_factory({})(application)

    def write():
        while not stop.is_set():
            written.append(ask(locked, "POST")["status"])

    writers = [pool.submit(write) for _ in range(8)]
    try:
        command = start(PROCESS, counter, 10, 0.01)
        assert command.wait(20) == 0
    finally:
        stop.set()
    for writer in writers:
        writer.result(5)
    assert counter.read_text() == "10"
    assert set(written) == {200}


def test_a_writer_waits_for_a_command_no_longer_than_the_timeout():
    app = Application()
    app.go.set()
    locked = filter_factory({}, timeout=0.1)(app)
    with held_elsewhere():
        assert ask(locked, "POST")["status"] == 503
        assert ask(locked, "GET")["status"] == 200
        assert ask(locked, "POST", "/poitiers")["status"] == 200
        with pytest.raises(TownBusy), town_lock("seneffe", timeout=0.05):
            pass
    assert ask(locked, "POST")["status"] == 200


def test_a_killed_process_frees_the_lock():
    with held_elsewhere() as process:
        os.kill(process.pid, signal.SIGKILL)
        with town_lock("seneffe", timeout=5):
            pass


def test_a_command_waits_for_a_writer(pool):
    app = Application()
    locked = filter_factory({})(app)
    writer = pool.submit(ask, locked, "POST")
    app.wait_for(1)
    with pytest.raises(TownBusy), town_lock("seneffe", timeout=0.05):
        pass
    app.go.set()
    assert writer.result(5)["status"] == 200
    with town_lock("seneffe", timeout=5):
        pass


@pytest.mark.parametrize("site_id", ["", "..", "a/b", "_vh", "a\x00", "a" * 101])
def test_what_cannot_be_a_site_gets_no_lock(site_id):
    with pytest.raises(ValueError, match="not the id of a site"), town_lock(site_id):
        pass


def test_a_thread_cannot_take_the_lock_twice():
    with town_lock("seneffe"):
        with pytest.raises(LockNotReentrant), town_lock("seneffe"):
            pass
        with town_lock("poitiers"):
            pass
    with town_lock("seneffe", timeout=0):
        pass


def test_a_command_can_lock_the_root_beside_a_town():
    with town_lock("seneffe"), town_lock("_root", timeout=0):
        pass


def test_an_error_in_a_command_frees_the_lock():
    with pytest.raises(KeyError), town_lock("seneffe"):
        raise KeyError("broken")
    with town_lock("seneffe", timeout=0):
        pass
