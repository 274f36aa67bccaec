"""The way through buildout: one order goes from ``bin/instance`` to a mail server."""

from helpers.orders import request
from helpers.serving import free_port
from helpers.serving import until
from pathlib import Path
from smtplistener import serve
from tests.profiles.test_profiles_wheel import LEFT_BEHIND
from tests.profiles.test_profiles_wheel import ROOT

import json
import os
import pytest
import requests
import shutil
import subprocess
import sys


JSON = {"Accept": "application/json"}
PATIENCE = 400
RECIPIENT = "ada@exempleville.example"


class Buildout:
    """A checkout that ``buildout`` was run in, with an instance of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.root = f"http://localhost:{self.port}"
        self.site = f"{self.root}/seneffe"
        self.environment = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("PYTHON", "PLONEGOV_", "VIRTUAL_ENV", "COVERAGE_"))
        }
        # pip's own words for "build with what is installed": no download.
        self.environment["PIP_NO_BUILD_ISOLATION"] = "0"

    def run(self, *command, code: int = 0, typed: str = "") -> str:
        """Run a program of the buildout from another folder; return what it prints."""
        program, *arguments = command
        done = subprocess.run(
            [self.folder / "bin" / program, *arguments],
            cwd=self.folder.parent,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def make(self) -> None:
        """Run buildout with the libraries that are installed here."""
        done = subprocess.run(
            [Path(sys.executable).with_name("buildout")],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="module")
def buildout(tmp_path_factory):
    folder = tmp_path_factory.mktemp("buildout") / "plonegov"
    shutil.copytree(ROOT, folder, ignore=LEFT_BEHIND)
    made = Buildout(folder)
    made.make()
    return made


@pytest.fixture(scope="module")
def admin(buildout):
    """Make the instance and its town; return who may do all."""
    port = str(buildout.port)
    out = buildout.run("plonegov", "instance", "create", "--port", port, "--json")
    buildout.run("plonegov", "municipality", "apply", "seneffe")
    made = json.loads(out)
    assert Path(made["home"]) == buildout.folder / "var" / "instance"
    return made["user"], made["password"]


@pytest.fixture(scope="module")
def started(buildout, admin):
    buildout.run("instance", "status", code=1)
    buildout.run("instance", "start")
    yield buildout
    buildout.run("instance", "stop")
    buildout.run("instance", "status", code=1)


@pytest.fixture
def mail_server(started, admin):
    """The town's mail server, told to the town over REST."""
    listener, server = serve()
    settings = {
        "smtp_host": listener.host,
        "smtp_port": listener.port,
        "email_from_name": "Seneffe",
        "email_from_address": "counter@seneffe.example",
    }
    address = f"{started.site}/@controlpanels/mail"
    answer = requests.patch(
        address, json=settings, auth=admin, headers=JSON, timeout=60
    )
    assert answer.status_code == 204, answer.text
    yield listener
    server.shutdown()
    server.server_close()


def test_buildout_makes_the_three_programs(buildout):
    made = {path.name for path in (buildout.folder / "bin").iterdir()}
    assert made == {"instance", "plonegov", "test"}


def test_an_order_goes_the_whole_way(started, mail_server):
    payload = request(applicant__email=RECIPIENT)
    answer = requests.post(
        f"{started.site}/@orders", json=payload, headers=JSON, timeout=60
    )
    assert answer.status_code == 201, answer.text
    placed = answer.json()
    secret = placed["tracking_url"].rpartition("=")[2]
    followed = requests.get(
        f"{started.site}/@orders/{placed['reference']}",
        headers=JSON | {"X-Order-Secret": secret},
        timeout=60,
    )
    assert followed.json()["state"] == "submitted"
    started.run("plonegov", "jobs", "run", "--municipality", "seneffe")
    until(lambda: mail_server.received)
    [mail] = mail_server.received
    assert mail.recipient == RECIPIENT
    text = mail.message.get_body(["plain"]).get_content()
    assert placed["tracking_url"] in text


def test_it_is_the_same_pipeline(started):
    shown = requests.get(f"{started.root}/metrics", timeout=60).text
    assert 'plonegov_requests_total{kind="write",status="201"}' in shown
    assert 'plonegov_lock_wait_seconds_count{site="seneffe"}' in shown
    assert 'plonegov_orders_placed_total{municipality="seneffe"} 1.0' in shown
    through = {"X-Forwarded-For": "192.0.2.7"}
    answer = requests.get(f"{started.root}/metrics", headers=through, timeout=60)
    assert answer.status_code == 404


def test_a_second_start_finds_the_first(started):
    assert "already running" in started.run("instance", "start")
    assert "running; pid=" in started.run("instance", "status")


def test_a_manager_is_added_while_it_serves(started):
    name, password = "second", "A-long-secret-1"
    started.run("instance", "adduser", name, typed=f"{password}\n")
    started.run("instance", "adduser", name, typed=f"{password}\n", code=1)
    address = f"{started.root}/manage_main"
    assert requests.get(address, timeout=60).status_code == 401
    answer = requests.get(address, auth=(name, password), timeout=60)
    assert answer.status_code == 200


def test_bin_test_runs_a_folder_of_tests(buildout):
    one = buildout.folder / "tests" / "unit"
    kept = "test_house_buildout.py"
    for path in [*one.glob("*/"), *one.glob("test_*.py")]:
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != kept:
            path.unlink()
    assert "0 failed" in buildout.run("test", "unit")
