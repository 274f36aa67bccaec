"""One write lock per town, taken before the database connection opens.

A paste filter around Zope (``use = egg:plonegov#lock``). Every unsafe request holds
its town's lock from before Zope opens its connection until after the commit, so no
two transactions of a town conflict. The server has many threads and Zope few places:
a writer takes the lock first, then a place, so who waits to write holds neither a
connection nor a place that a reader could use.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import ExitStack
from plonegov.core import logger
from plonegov.core.ops.counters import counted
from plonegov.core.ops.counters import waiting as counted_waiting
from plonegov.core.ops.gates import FairGate
from plonegov.core.ops.gates import GateFull
from plonegov.core.ops.gates import GateTimeout
from plonegov.core.ops.head import HeadAsGet
from plonegov.core.ops.methods import MethodsOfPages
from plonegov.core.ops.townlocks import is_known
from plonegov.core.ops.townlocks import lock_of
from plonegov.core.ops.townlocks import LockNotReentrant
from plonegov.core.ops.townlocks import make_known
from plonegov.core.ops.townlocks import ROOT
from plonegov.core.ops.townlocks import TownBusy

import json
import sys


__all__ = ["LockNotReentrant", "TownBusy", "filter_factory", "make_known", "town_lock"]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
#: Views and services of a site that read only, though they are sent something.
READING = frozenset({"verify", "@verify"})
#: Seconds after which a refused client may try again.
RETRY_AFTER = "3"
#: Writing requests of all towns together that may be inside; the server has more
#: threads, so some always remain for readers.
WRITERS = 20
#: What the filter tells the application: the key of the lock that the request holds.
ENVIRON_KEY = "plonegov.lock"

BUSY = "Too many changes are being saved at this moment. Please try again."
AWAY = "The data can't be reached at this moment. Please try again."


@contextmanager
def town_lock(site_id: str, timeout: float | None = None) -> Iterator[None]:
    """Hold a town's write lock: for jobs and commands, around a whole transaction.

    Take it before ``transaction.begin()`` and leave it after the commit.

    :param site_id: the site's id in the Zope root; ``"_root"`` for changes there.
    :param timeout: seconds to wait at most; None waits as long as needed.
    :raises TownBusy: the lock was not free in time.
    :raises LockNotReentrant: this thread holds it already.
    :raises ValueError: no site can have this id.
    """
    if site_id != ROOT:
        make_known(site_id)
    with lock_of(site_id).held(timeout):
        yield


def key_of(path: str) -> str:
    """Return the lock's key for a request path: a known site's id, or ``ROOT``.

    Follows Zope: empty and ``.`` segments count for nothing, ``..`` takes one away,
    ``VirtualHostBase/<scheme>/<host>``, ``VirtualHostRoot`` and ``_vh_...`` name none.
    """
    segments = _segments(path)
    return segments[0] if segments and is_known(segments[0]) else ROOT


def reads_only(path: str) -> bool:
    """Tell whether what is sent to a path changes nothing: it needs no lock."""
    segments = _segments(path)
    return len(segments) == 2 and is_known(segments[0]) and segments[1] in READING


def _segments(path: str) -> list[str]:
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    if segments[:1] == ["VirtualHostBase"]:
        del segments[:3]
    return [
        segment
        for segment in segments
        if segment != "VirtualHostRoot" and not segment.startswith(("_vh_", "++"))
    ]


class WriteLock:
    """WSGI filter: the town's lock and a place for writers, a place for readers."""

    def __init__(
        self, app: Callable, places: int, waiting: int, timeout: float
    ) -> None:
        self.app = app
        self.waiting = waiting
        self.timeout = timeout
        self.places = FairGate(places)
        self.writers = FairGate(max(WRITERS, waiting + 1))

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        writes = environ["REQUEST_METHOD"] not in SAFE_METHODS
        writes = writes and not reads_only(environ.get("PATH_INFO", ""))
        start_response = counted("write" if writes else "read", start_response)
        with ExitStack() as held:
            try:
                if writes:
                    self._lock(environ, held)
                self.places.enter(self.timeout)
            except (GateFull, GateTimeout, TownBusy):
                return busy(environ, start_response)
            held.callback(self.places.leave)
            # Zope commits and closes its connection inside this call; what it
            # returns (bytes or an open file) needs neither the lock nor a place.
            try:
                return self.app(environ, start_response)
            except away_errors():
                logger.exception("The database can't be reached.")
                return busy(environ, start_response, "storage_away", AWAY)

    def _lock(self, environ: dict, held: ExitStack) -> None:
        key = key_of(environ.get("PATH_INFO", ""))
        with counted_waiting(key):
            self.writers.enter(waiting=0)
            held.callback(self.writers.leave)
            held.enter_context(lock_of(key).held(self.timeout, self.waiting))
        environ[ENVIRON_KEY] = key


def away_errors() -> tuple[type[Exception], ...]:
    """Return what is raised when the database's server or file is away or damaged."""
    # Here, so that a command that only wants a lock does not load both drivers.
    import psycopg2
    import sqlite3

    return psycopg2.Error, sqlite3.Error


def busy(
    environ: dict,
    start_response: Callable,
    code: str = TownBusy.code,
    message: str = BUSY,
) -> Iterable[bytes]:
    """Answer 503 with Retry-After, as JSON or as a plain page."""
    if "json" in environ.get("HTTP_ACCEPT", ""):
        kind = "application/json"
        text = json.dumps({"type": code, "message": message, "errors": []})
    else:
        kind = "text/html; charset=utf-8"
        text = (
            '<!doctype html><html lang="en"><meta charset="utf-8">'
            f"<title>503</title><h1>{message}</h1></html>"
        )
    body = text.encode()
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("Retry-After", RETRY_AFTER),
        ("Cache-Control", "no-store"),
    ]
    start_response("503 Service Unavailable", headers)
    return [body]


def filter_factory(
    global_conf: dict,
    places: int = 4,
    waiting: int = 16,
    timeout: float = 30,
    switch_interval: float = 0.00005,
) -> Callable[[Callable], Callable]:
    """Paste entry point ``egg:plonegov#lock``.

    :param places: requests at once inside Zope.
    :param waiting: writers per town that may wait; the next is answered 503.
    :param timeout: seconds to wait at most for the lock, and for a place.
    :param switch_interval: seconds that a thread may compute while another wants to.
        A page of 6 ms asks the database some ten times; beside a busy writer it would
        wait each time for the 5 ms that are Python's own value.
    """
    sys.setswitchinterval(float(switch_interval))

    def make(app: Callable) -> Callable:
        inside = HeadAsGet(app)
        lock = WriteLock(inside, int(places), int(waiting), float(timeout))
        return MethodsOfPages(lock)

    return make
