"""An instance in processes of its own: the command, the server with its worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email import policy
from email.message import EmailMessage
from pathlib import Path

import http.client
import json
import os
import requests
import signal
import socket
import subprocess
import sys
import time


#: Where compiled modules are kept when they may not stand beside their sources.
BYTECODE = Path(__file__).parents[2] / "var" / "bytecode"
PROGRAM = Path(sys.executable).with_name("plonegov")
SECONDS = 180
#: Password of all accounts of a demonstration.
PASSWORD = "A-long-secret-1"
MUNICIPALITY = "seneffe"
JSON = {"Accept": "application/json"}


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, seconds: float = SECONDS):
    """Wait until a condition holds; return what it gave."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.2)
    return found


class Served:
    """An instance folder with the town of Seneffe; ``process`` is its server."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://localhost:{self.port}/{MUNICIPALITY}"
        self.process: subprocess.Popen | None = None
        self.environment = {
            key: value for key, value in os.environ.items() if "PLONEGOV" not in key
        }
        self.environment["PLONEGOV_HOME"] = str(home)
        self.environment["COLUMNS"] = "1000"  # so that no message is broken in two
        if self.environment.pop("PYTHONDONTWRITEBYTECODE", ""):
            # Each command would compile all of Plone again.
            self.environment["PYTHONPYCACHEPREFIX"] = str(BYTECODE)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run a command on the instance: exit code, output, errors."""
        return self._run(PROGRAM, *arguments)

    def script(self, text: str, *arguments: str) -> None:
        """Run a Python script beside the server, in a process of its own."""
        code, _, errors = self._run(sys.executable, "-c", text, *arguments)
        assert code == 0, errors

    def start(self) -> None:
        """Serve, and wait until the server answers."""
        self.process = subprocess.Popen([PROGRAM, "serve"], env=self.environment)
        until(self.answers)

    def stop(self) -> int:
        """Ask the server to stop, when it runs; return its exit code."""
        if self.is_running():
            self.process.terminate()
            self.process.wait(60)
        return self.process.returncode

    def is_running(self) -> bool:
        """Tell whether the server was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """Kill the server and its worker on the spot."""
        victims = [self.process.pid, *map(int, self.workers())]
        for victim in victims:
            os.kill(victim, signal.SIGKILL)
        self.process.wait(60)

    def workers(self) -> list[str]:
        """Return the process ids of the server's children."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        found = [file.read_text().split() for file in tasks.glob("*/children")]
        return sorted({pid for pids in found for pid in pids})

    def get(self, path: str) -> tuple[int, str]:
        """Return status and text of an address of the server."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def answers(self) -> bool:
        """Tell whether the server is up."""
        assert self.is_running(), "the server ended"
        try:
            return self.get("/health")[0] == 200
        except OSError:
            return False

    def _run(self, *command) -> tuple[int, str, str]:
        done = subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        return done.returncode, done.stdout, done.stderr


class Demonstration(Served):
    """Seneffe with its demonstration data; ``admin`` is who may do all."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.environment["PLONEGOV_DEMO_PASSWORD"] = PASSWORD
        self.admin = ("", "")

    def make(self) -> None:
        """Make the instance and the site."""
        port = str(self.port)
        made = self._told("instance", "create", "--port", port)
        self.admin = (made["user"], made["password"])
        self._told("municipality", "apply", MUNICIPALITY, "--demo")

    def password(self, account: str) -> str:
        """Return the password of an account, the administrator's too."""
        name, own = self.admin
        return own if account == name else PASSWORD

    def orders(self) -> int:
        """Return how many orders the clerk may see."""
        answer = requests.get(
            f"{self.url}/@orders", headers=JSON, auth=("clerk", PASSWORD), timeout=60
        )
        answer.raise_for_status()
        return answer.json()["items_total"]

    def create(self, folder: str, content: dict) -> None:
        """Add an item to a folder and publish it."""
        self.send("POST", folder, content)
        self.send("POST", f"{folder}/{content['id']}/@workflow/publish", {})

    def open_registration(self) -> None:
        """Let everybody make an account."""
        settings = {"enable_self_reg": True, "enable_user_pwd_choice": True}
        self.send("PATCH", "@controlpanels/security", settings)

    def send(self, method: str, path: str, content: dict) -> None:
        """Change something as the Zope's administrator."""
        answer = requests.request(
            method,
            f"{self.url}/{path}",
            json=content,
            headers=JSON,
            auth=self.admin,
            timeout=60,
        )
        answer.raise_for_status()

    def mails_to(self, address: str) -> list[EmailMessage]:
        """Return the mails in the town's queue to an address, oldest first."""
        folder = self.home / "mail" / MUNICIPALITY / "new"
        found = [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in folder.glob("[!.]*")
        ]
        return sorted(
            (mail for mail in found if address in mail["To"]),
            key=lambda mail: mail["Date"].datetime,
        )

    def _told(self, *arguments: str) -> dict:
        code, output, errors = self.run(*arguments, "--json")
        assert code == 0, errors
        return json.loads(output)


@contextmanager
def demonstration(home: Path) -> Iterator[Demonstration]:
    """Make the demonstration in a folder, and serve it."""
    site = Demonstration(home)
    site.make()
    site.start()
    try:
        yield site
    finally:
        site.stop()
