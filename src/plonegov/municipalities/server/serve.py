"""The web server in the foreground and its worker beside it.

Several servers of one instance may run at once, each on a port of its own: all their
workers but one wait until that one ends (``worker``).

``python -m plonegov.municipalities.server.serve [PORT]``, which ``plonegov serve`` becomes.
"""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from paste.deploy import loadapp
from paste.deploy.loadwsgi import loadcontext
from paste.deploy.loadwsgi import SERVER
from pathlib import Path
from plonegov.core.errors import PlonegovError
from plonegov.core.ops.files import private_opener
from plonegov.core.ops.home import home
from plonegov.core.ops.townlocks import make_known
from plonegov.municipalities import logger
from plonegov.municipalities.commands.output import words
from plonegov.municipalities.errors import PortTaken
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import compile_translations
from plonegov.municipalities.server.runtime import zope_conf
from plonegov.municipalities.storage.places import instance_storage
from Zope2.Startup.serve import setup_logging

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import Zope2


#: Seconds: pause before a dead worker is started again, time a worker has to stop.
RESTART_PAUSE = 5.0
STOP_TIMEOUT = 20.0
#: File of the instance with process id and port, locked while the server runs; one on
#: another port than the instance's has a note of its own, ``serve-<port>.pid``.
NOTE = "serve.pid"


def become_server(port: int | None = None) -> None:
    """Replace this process by the server; what it imports reads the environment.

    Page templates are compiled in memory: where the disk is full when a page is shown for
    the first time, one that is compiled to a file would stay broken until a restart.

    :param port: where to listen instead of the port that ``zope.ini`` names.
    :raises InstanceMissing: there is no instance yet.
    """
    zope_conf()
    environment = os.environ | {"PLONEGOV_HOME": str(home())}
    environment.pop("CHAMELEON_CACHE", None)
    arguments = [] if port is None else [str(port)]
    program = [sys.executable, "-m", "plonegov.municipalities.server.serve", *arguments]
    os.execve(sys.executable, program, environment)


def serve(port: int | None = None) -> None:
    """Serve until SIGTERM or SIGINT; then let requests and the worker finish.

    :raises InstanceMissing: there is no instance yet.
    :raises PortTaken: something else listens there.
    :raises Refusal: the instance's database can't be used.
    """
    spec = f"config:{zope_conf().with_name('zope.ini')}"
    port = port or stated_port()
    setup_logging(spec.removeprefix("config:"))
    signal.signal(signal.SIGTERM, _stop)
    server = _server(spec, port)
    check_storage()
    compile_translations()
    wsgi = loadapp(spec)
    know_sites()
    with _noted(port), Worker():
        print(f"Serving http://localhost:{port}", flush=True)
        server(wsgi)
    for database in Zope2.opened:
        database.close()


def stated_port() -> int:
    """Return the port that the instance's ``zope.ini`` names.

    :raises InstanceMissing: there is no instance yet.
    """
    text = zope_conf().with_name("zope.ini").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("listen")]
    return int(lines[0].rsplit(":", 1)[1])


def used_port() -> int:
    """Return the port of a server that runs, else the one that would be used."""
    return next(iter(used_ports()), None) or stated_port()


def used_ports() -> list[int]:
    """Return the ports on which servers of the instance run, on this machine."""
    notes = [path for path in home().glob("serve*.pid") if _is_locked(path)]
    return sorted(int(path.read_text(encoding="utf-8").split()[1]) for path in notes)


def check_storage() -> None:
    """Check that the instance's database can be reached, when it is a server's.

    :raises Refusal: what is wrong with it.
    """
    storage = instance_storage()
    if storage.dsn:
        # Here, so that nobody needs PostgreSQL's driver without PostgreSQL.
        from plonegov.municipalities.storage.postgresql import check_database

        check_database(storage)


def know_sites() -> None:
    """Give each site its own write lock, also in a folder that was just restored."""
    with application() as app:
        for site_id in app.objectIds("Plone Site"):
            make_known(site_id)


def _server(spec: str, port: int) -> Callable[[Callable], None]:
    """Return the web server that ``zope.ini`` describes, on this port.

    :raises PortTaken: something else listens there.
    """
    context = loadcontext(SERVER, spec)
    host = context.local_conf["listen"].rsplit(":", 1)[0]
    context.local_conf["listen"] = f"{host}:{port}"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(port=port) from error
    return context.create()


class Worker:
    """Context manager: keeps one worker process alive while it is entered."""

    def __enter__(self) -> "Worker":
        self.stopping = threading.Event()
        self.process = self._start()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self.stopping.set()
        self.process.stdin.close()
        try:
            self.process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.thread.join()

    def _start(self) -> subprocess.Popen:
        # A group of its own: Ctrl-C reaches the parent only, which then closes stdin.
        return subprocess.Popen(
            [sys.executable, "-m", "plonegov.municipalities.server.worker"],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def _watch(self) -> None:
        while not self.stopping.wait(0.5):
            code = self.process.poll()
            if code is None:
                continue
            logger.error("the worker ended with %s and is started again", code)
            if not self.stopping.wait(RESTART_PAUSE):
                self.process = self._start()


@contextmanager
def _noted(port: int) -> Iterator[None]:
    """Hold the note of a port, which names this process, until the server ends."""
    path = home() / (NOTE if port == stated_port() else f"serve-{port}.pid")
    with open(path, "ab", opener=private_opener) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(f"{os.getpid()} {port}\n".encode())
        file.flush()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _is_locked(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _stop(number: int, frame: object) -> None:
    raise SystemExit(0)


def main() -> int:
    """Serve on the port given as argument, if any; return the exit code."""
    try:
        serve(*map(int, sys.argv[1:]))
    except PlonegovError as error:
        print(words(error), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
