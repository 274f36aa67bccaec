"""Seneffe's demonstration site, made and served by the ``plonegov`` command."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email import policy
from email.message import EmailMessage
from pathlib import Path

import json
import os
import requests
import socket
import subprocess
import sys
import time


PROGRAM = Path(sys.executable).with_name("plonegov")
PASSWORD = "A-long-secret-1"
MUNICIPALITY = "seneffe"
#: Seconds that making the site, or the start of the server, may take.
PATIENCE = 180


@dataclass(frozen=True)
class Served:
    """A site that is served: its instance folder, its address, who may do all."""

    home: Path
    url: str
    admin: tuple[str, str]

    def orders(self) -> int:
        """Return how many orders the clerk may see."""
        answer = requests.get(
            f"{self.url}/@orders",
            headers={"Accept": "application/json"},
            auth=("clerk", PASSWORD),
            timeout=60,
        )
        answer.raise_for_status()
        return answer.json()["items_total"]

    def create(self, folder: str, content: dict) -> None:
        """Add an item to a folder and publish it."""
        for path, body in (
            (folder, content),
            (f"{folder}/{content['id']}/@workflow/publish", {}),
        ):
            self._send("POST", path, body)

    def open_registration(self) -> None:
        """Let everybody make an account."""
        settings = {"enable_self_reg": True, "enable_user_pwd_choice": True}
        self._send("PATCH", "@controlpanels/security", settings)

    def _send(self, method: str, path: str, content: dict) -> None:
        """Change something as the Zope's administrator."""
        answer = requests.request(
            method,
            f"{self.url}/{path}",
            json=content,
            headers={"Accept": "application/json"},
            auth=self.admin,
            timeout=60,
        )
        answer.raise_for_status()

    def mails_to(self, address: str) -> list[EmailMessage]:
        """Return the mails in the town's queue to an address, oldest first."""
        folder = self.home / "mail" / MUNICIPALITY / "new"
        found = [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in folder.glob("*")
        ]
        return sorted(
            (mail for mail in found if address in mail["To"]),
            key=lambda mail: mail["Date"].datetime,
        )


def until(condition, seconds=PATIENCE):
    """Wait until a condition holds; return what it gave."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.2)
    return found


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(home: Path) -> Iterator[Served]:
    """Make the instance and the demonstration site in a folder, and serve it."""
    port = free_port()
    environment = {
        key: value for key, value in os.environ.items() if "PLONEGOV" not in key
    }
    environment |= {"PLONEGOV_HOME": str(home), "PLONEGOV_DEMO_PASSWORD": PASSWORD}
    made = _run(environment, "instance", "create", "--port", str(port))
    _run(environment, "municipality", "apply", MUNICIPALITY, "--demo")
    url = f"http://localhost:{port}/{MUNICIPALITY}"
    site = Served(home, url, (made["user"], made["password"]))
    process = subprocess.Popen([PROGRAM, "serve"], env=environment)
    try:
        until(lambda: _answers(site))
        yield site
    finally:
        process.terminate()
        process.wait(60)


def _run(environment: dict[str, str], *arguments: str) -> dict:
    done = subprocess.run(
        [PROGRAM, *arguments, "--json"],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        timeout=PATIENCE,
    )
    return json.loads(done.stdout)


def _answers(site: Served) -> bool:
    try:
        return requests.get(site.url, timeout=60).ok
    except requests.ConnectionError:
        return False
