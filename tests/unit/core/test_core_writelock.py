"""The filter: one writer per town at a time, and readers are not kept waiting."""

from concurrent.futures import ThreadPoolExecutor
from helpers.wsgi import Application
from helpers.wsgi import ask
from helpers.wsgi import until
from plonegov.core.ops.townlocks import lock_of
from plonegov.core.ops.writelock import filter_factory
from plonegov.core.ops.writelock import key_of
from plonegov.core.ops.writelock import make_known

import json
import pytest
import sys
import time


#: What a program accepts that may use all methods.
REST = "application/json"


@pytest.fixture(autouse=True)
def towns(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    make_known("seneffe")
    make_known("poitiers")
    interval = sys.getswitchinterval()
    yield tmp_path
    sys.setswitchinterval(interval)


@pytest.fixture
def app():
    return Application()


@pytest.fixture
def pool():
    with ThreadPoolExecutor(40) as pool:
        yield pool


def finish(app, *futures):
    app.go.set()
    return [future.result(10)["status"] for future in futures]


# --- which lock ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/seneffe", "seneffe"),
        ("/seneffe/", "seneffe"),
        ("/seneffe/counter/@@order", "seneffe"),
        ("//seneffe/./x", "seneffe"),
        ("/other/../seneffe/x", "seneffe"),
        (
            "/VirtualHostBase/https/www.seneffe.be:443/seneffe/VirtualHostRoot/x",
            "seneffe",
        ),
        ("/VirtualHostBase/http/localhost/VirtualHostRoot/_vh_a/seneffe/x", "seneffe"),
        ("/VirtualHostBase/http/seneffe/poitiers/VirtualHostRoot/seneffe", "poitiers"),
        ("/++api++/seneffe/@orders", "seneffe"),
        ("", "_root"),
        ("/", "_root"),
        ("/health", "_root"),
        ("/unknown/seneffe", "_root"),
        ("/_root", "_root"),
        ("/manage_main", "_root"),
        ("/VirtualHostBase/http/localhost", "_root"),
        ("/..", "_root"),
        ("/../../etc/passwd", "_root"),
        ("/seneffe\x00", "_root"),
        ("/" + "a" * 5000, "_root"),
    ],
)
def test_the_path_names_the_lock(path, key):
    assert key_of(path) == key


def test_writing_to_invented_addresses_makes_no_files(towns, app):
    app.go.set()
    locked = filter_factory({})(app)
    for number in range(20):
        ask(locked, "POST", f"/invented-{number}")
    names = {path.name for path in (towns / "locks").iterdir()}
    assert names == {"_root.lock", "_root.turn", "poitiers.lock", "seneffe.lock"}


def test_lock_files_are_private(towns):
    assert (towns / "locks").stat().st_mode & 0o777 == 0o700
    assert (towns / "locks" / "seneffe.lock").stat().st_mode & 0o077 == 0


# --- writers and readers ------------------------------------------------------


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_one_writer_of_a_town_at_a_time(method, app, pool):
    locked = filter_factory({})(app)
    asked = [pool.submit(ask, locked, method, accept=REST) for _ in range(5)]
    app.wait_for(1)
    time.sleep(0.05)
    assert app.inside == [f"{method} /seneffe"]
    assert finish(app, *asked) == [200] * 5
    assert app.most == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_readers_share_the_places_without_the_lock(method, app, pool):
    locked = filter_factory({}, places=4)(app)
    asked = [pool.submit(ask, locked, method, accept=REST) for _ in range(9)]
    app.wait_for(4)
    time.sleep(0.05)
    assert len(app.inside) == 4
    assert finish(app, *asked) == [200] * 9
    assert app.most == 4


def test_two_towns_write_at_the_same_time(app, pool):
    locked = filter_factory({})(app)
    asked = [
        pool.submit(ask, locked, "POST", path) for path in ("/seneffe", "/poitiers")
    ]
    app.wait_for(2)
    assert finish(app, *asked) == [200, 200]


def test_a_waiting_writer_holds_no_place(app, pool):
    locked = filter_factory({}, places=2)(app)
    writers = [pool.submit(ask, locked, "POST") for _ in range(10)]
    app.wait_for(1)
    reader = pool.submit(ask, locked, "GET", "/read")
    app.wait_for(2)
    assert sorted(app.inside) == ["GET /read", "POST /seneffe"]
    assert finish(app, reader, *writers) == [200] * 11


def test_the_seventeenth_waiting_writer_is_told_to_come_back(app, pool):
    locked = filter_factory({}, waiting="16")(app)
    writers = [pool.submit(ask, locked, "POST")]
    app.wait_for(1)
    gate = lock_of("seneffe")._gate
    writers += [pool.submit(ask, locked, "POST") for _ in range(16)]
    until(lambda: len(gate._queue) == 16)
    refused = ask(locked, "POST")
    assert refused["status"] == 503
    assert int(refused["headers"]["Retry-After"]) > 0
    assert refused["headers"]["Cache-Control"] == "no-store"
    assert finish(app, *writers) == [200] * 17


def test_writers_of_all_towns_leave_threads_to_readers(app, pool):
    for number in range(30):
        make_known(f"town-{number}")
    locked = filter_factory({}, places=4)(app)
    writers = [
        pool.submit(ask, locked, "POST", f"/town-{number}") for number in range(30)
    ]
    until(lambda: sum(future.done() for future in writers) == 10)
    statuses = finish(app, *writers)
    assert sorted(statuses) == [200] * 20 + [503] * 10
    assert app.most == 4


def test_a_refusal_speaks_json_to_a_program(app, pool):
    locked = filter_factory({}, waiting=0)(app)
    writer = pool.submit(ask, locked, "POST")
    app.wait_for(1)
    program = ask(locked, "POST", accept="application/json")
    person = ask(locked, "POST", accept="text/html,application/xhtml+xml")
    assert program["status"] == person["status"] == 503
    body = json.loads(program["body"])
    assert (body["type"], body["errors"]) == ("town_busy", [])
    assert b"<h1>" in person["body"]
    assert program["headers"]["Content-Length"] == str(len(program["body"]))
    finish(app, writer)


def test_a_writer_waits_no_longer_than_the_timeout(app, pool):
    locked = filter_factory({}, timeout="0.05")(app)
    writer = pool.submit(ask, locked, "POST")
    app.wait_for(1)
    assert ask(locked, "POST")["status"] == 503
    assert finish(app, writer) == [200]
    assert ask(locked, "POST")["status"] == 200


def test_a_reader_waits_for_a_place_no_longer_than_the_timeout(app, pool):
    locked = filter_factory({}, places=1, timeout=0.05)(app)
    reader = pool.submit(ask, locked)
    app.wait_for(1)
    assert ask(locked)["status"] == 503
    assert finish(app, reader) == [200]
    assert ask(locked)["status"] == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_error_of_the_application_frees_lock_and_place(method, app):
    app.go.set()
    app.error = RuntimeError("broken")
    locked = filter_factory({}, places=1, waiting=0, timeout=0.05)(app)
    for _ in range(3):
        with pytest.raises(RuntimeError, match="broken"):
            ask(locked, method)
    app.error = None
    assert ask(locked, method)["status"] == 200


def test_a_slow_download_holds_neither_lock_nor_place():
    def application(environ, start_response):
        start_response("200 OK", [])
        return (chunk for chunk in [b"a", b"b"])

    locked = filter_factory({}, places=1, waiting=0, timeout=0.05)(application)
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/seneffe"}
    download = locked(environ, lambda status, headers: None)
    assert next(download) == b"a"
    assert ask(locked, "POST")["body"] == b"ab"
    assert next(download) == b"b"


def test_a_reader_is_soon_given_its_turn_beside_a_computing_writer():
    filter_factory({}, switch_interval="0.0002")
    assert sys.getswitchinterval() == pytest.approx(0.0002)
    filter_factory({})
    assert sys.getswitchinterval() < 0.001


def test_the_application_sees_which_lock_it_holds():
    seen = []

    def application(environ, start_response):
        seen.append(environ.get("plonegov.lock"))
        start_response("200 OK", [])
        return []

    locked = filter_factory({})(application)
    ask(locked, "POST", "/seneffe/x")
    ask(locked, "POST", "/x")
    ask(locked, "GET", "/seneffe/x")
    assert seen == ["seneffe", "_root", None]
