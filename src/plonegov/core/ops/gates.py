"""A gate that lets a few pass at once and the others in the order they came."""

from collections import deque
from collections.abc import Callable

import threading


class GateFull(Exception):
    """As many wait before the gate as may."""


class GateTimeout(Exception):
    """The gate did not open in time."""


class FairGate:
    """At most ``places`` threads inside; the others enter in order of arrival.

    Unlike ``threading.Semaphore`` a place is handed to the one who waits longest,
    so a newcomer never overtakes.

    :param idle: called when a place comes free and nobody waits for it, before anybody
        can enter.
    """

    def __init__(self, places: int, idle: Callable[[], None] | None = None) -> None:
        self._free = places
        self._idle = idle
        self._queue: deque[threading.Lock] = deque()
        self._guard = threading.Lock()

    def enter(self, timeout: float | None = None, waiting: int | None = None) -> None:
        """Take a place, waiting at most ``timeout`` seconds (None: as long as needed).

        :param waiting: with so many others waiting, don't (None: no bound).
        :raises GateFull: ``waiting`` others wait already.
        :raises GateTimeout: no place came free in time.
        """
        with self._guard:
            if self._free and not self._queue:
                self._free -= 1
                return
            if waiting is not None and len(self._queue) >= waiting:
                raise GateFull
            ticket = threading.Lock()
            ticket.acquire()
            self._queue.append(ticket)
        self._wait(ticket, timeout)

    def leave(self) -> None:
        """Give the place to who waits longest."""
        with self._guard:
            if self._queue:
                self._queue.popleft().release()
                return
            try:
                if self._idle is not None:
                    self._idle()
            finally:
                self._free += 1

    def _wait(self, ticket: threading.Lock, timeout: float | None) -> None:
        called = False
        try:
            called = ticket.acquire(timeout=-1 if timeout is None else max(timeout, 0))
        finally:
            if not called:  # too late, or interrupted (Ctrl-C in a command)
                self._give_up(ticket)
        if not called:
            raise GateTimeout

    def _give_up(self, ticket: threading.Lock) -> None:
        with self._guard:
            handed_over = ticket not in self._queue
            if not handed_over:
                self._queue.remove(ticket)
        if handed_over:
            self.leave()
