"""An instance in processes of its own: the command, the server with its worker."""

from pathlib import Path

import http.client
import os
import signal
import socket
import subprocess
import sys
import time


PROGRAM = Path(sys.executable).with_name("plonegov")
SECONDS = 180


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
        self.url = f"http://localhost:{self.port}/seneffe"
        self.process: subprocess.Popen | None = None
        self.environment = {
            key: value for key, value in os.environ.items() if "PLONEGOV" not in key
        }
        self.environment["PLONEGOV_HOME"] = str(home)
        if self.environment.pop("PYTHONDONTWRITEBYTECODE", ""):
            # Each command would compile all of Plone again.
            self.environment["PYTHONPYCACHEPREFIX"] = str(home.with_name("bytecode"))

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
