"""Every command works while the site serves; the server stops cleanly."""

from copy import deepcopy
from pathlib import Path
from plonegov.core.testing import FACTS
from tests.profiles.conftest import write_profile

import http.client
import json
import os
import pytest
import signal
import socket
import subprocess
import sys
import time


PROGRAM = Path(sys.executable).with_name("plonegov")
SECONDS = 180


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port, path):
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def until(condition):
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("serving") / "instance"


@pytest.fixture(scope="module")
def plonegov(place):
    """Run a command on the instance: exit code, output, errors."""
    environment = {
        key: value for key, value in os.environ.items() if "PLONEGOV" not in key
    }
    environment["PLONEGOV_HOME"] = str(place)

    def run(*arguments):
        done = subprocess.run(
            [PROGRAM, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        return done.returncode, done.stdout, done.stderr

    run.environment = environment
    return run


@pytest.fixture(scope="module")
def port():
    return free_port()


@pytest.fixture(scope="module")
def server(plonegov, port):
    """The instance with Seneffe, served."""
    code, out, err = plonegov("instance", "create", "--port", str(port), "--json")
    assert code == 0, err
    assert json.loads(out)["user"] == "admin"
    code, _, err = plonegov("municipality", "apply", "seneffe")
    assert code == 0, err
    process = subprocess.Popen([PROGRAM, "serve"], env=plonegov.environment)
    until(lambda: answers(port))
    yield process
    process.terminate()
    process.wait(60)


def answers(port):
    try:
        return get(port, "/health")[0] == 200
    except OSError:
        return False


def worker_of(server):
    """The process ids of the server's children."""
    path = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    found = [path, *Path(f"/proc/{server.pid}/task").glob("*/children")]
    return sorted({pid for file in found for pid in file.read_text().split()})


def test_the_front_page_stands_at_the_root_of_the_site(server, port):
    status, page = get(port, "/seneffe")
    assert status == 200
    assert "Seneffe" in page


def test_list_names_the_profile_and_its_site(server, plonegov):
    code, out, _ = plonegov("municipality", "list", "--json")
    assert code == 0
    sites = {row["id"]: row["site"] for row in json.loads(out)}
    assert sites["seneffe"] == "seneffe"


def test_check_accepts_a_good_profile(server, plonegov):
    code, out, _ = plonegov("municipality", "check", "seneffe", "--json")
    assert (code, json.loads(out)) == (0, [])


def test_check_names_file_line_key_and_what_is_allowed(server, plonegov, place):
    facts = deepcopy(FACTS) | {"timezone": "Europe/Nowhere"}
    folder = write_profile(place / "profiles", facts)
    code, out, _ = plonegov("municipality", "check", FACTS["id"])
    assert code == 1
    assert f"{folder / 'municipality.toml'}, line " in out
    assert "key timezone: found 'Europe/Nowhere'; allowed is a name of" in out
    code, _, err = plonegov("municipality", "apply", FACTS["id"])
    assert code == 1
    assert "key timezone" in err


def test_apply_finds_nothing_to_do(server, plonegov):
    code, out, err = plonegov("municipality", "apply", "seneffe", "--json")
    assert code == 0, err
    outcome = json.loads(out)
    assert (outcome["created"], outcome["changed"]) == (False, [])


def test_another_town_appears_without_a_restart(server, plonegov, place, port):
    write_profile(place / "profiles", FACTS)
    code, _, err = plonegov("municipality", "apply", FACTS["id"], "--site", "exemple")
    assert code == 0, err
    status, page = get(port, "/exemple")
    assert status == 200
    assert FACTS["name"]["fr"] in page


def test_jobs_run_beside_the_worker(server, plonegov):
    code, out, err = plonegov("jobs", "run", "--municipality", "seneffe", "--json")
    assert code == 0, err
    assert {run["state"] for run in json.loads(out)} <= {"done", "busy"}


def test_the_doctor_finds_all_in_order(server, plonegov, port):
    code, out, err = plonegov("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(out)}
    assert code == 0, (checks, err)
    assert "served" in checks[f"port {port}"]["note"]
    assert "keys of seneffe" in checks


def test_the_doctor_sees_exposed_keys(server, plonegov, place):
    folder = place / "keys" / "seneffe"
    folder.chmod(0o755)
    try:
        code, out, _ = plonegov("doctor", "--json")
    finally:
        folder.chmod(0o700)
    assert code == 1
    bad = [check["name"] for check in json.loads(out) if not check["ok"]]
    assert bad == ["keys of seneffe"]


def test_a_second_server_on_the_same_port_is_refused(server, plonegov):
    code, _, err = plonegov("serve")
    assert code == 1
    assert "--port" in err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("municipality", "apply", "atlantis"), 1),
        (("municipality", "apply"), 2),
        (("jobs", "run", "--municipality", "atlantis"), 1),
        (("instance", "create", "--storage", "floppy"), 1),
        (("instance", "create", "--port", "none"), 2),
        (("fly",), 2),
    ],
)
def test_what_is_refused_ends_with_1_and_wrong_usage_with_2(
    server, plonegov, arguments, code
):
    assert plonegov(*arguments)[0] == code


def test_a_dead_worker_is_started_again(server):
    until(lambda: worker_of(server))
    (before,) = worker_of(server)
    os.kill(int(before), signal.SIGKILL)
    until(lambda: worker_of(server) not in ([], [before]))


def test_the_server_stops_with_its_worker(server, place):
    until(lambda: worker_of(server))
    (worker,) = worker_of(server)
    server.terminate()
    assert server.wait(60) == 0
    until(lambda: not Path(f"/proc/{worker}").exists())
    assert not (place / "serve.pid").exists()
