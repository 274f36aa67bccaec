"""Calls to somebody else's machine from within a request.

Zope has few places. Two such calls may be under way in a process, and each is given up
after ten seconds, whatever the other machine does; who comes third is told so at once.
"""

from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from plonegov.certification.domain.errors import SignInAway
from threading import BoundedSemaphore
from typing import Any


MOST = 2
SECONDS = 10


class Outgoing:
    """Some calls at once, each for some time."""

    def __init__(self, most: int, seconds: float) -> None:
        self.free = BoundedSemaphore(most)
        self.seconds = seconds

    @contextmanager
    def place(self) -> Iterator["Place"]:
        """Hold a place for one call.

        :raises SignInAway: there is none.
        """
        if not self.free.acquire(blocking=False):
            raise SignInAway()
        place = Place(self)
        try:
            yield place
        finally:
            if not place.used:
                self.free.release()


class Place:
    """A place for one call, which must touch neither the database nor the request."""

    def __init__(self, outgoing: Outgoing) -> None:
        self.outgoing = outgoing
        self.used = False

    def call(self, function: Callable[..., Any], *args: Any) -> Any:
        """Return what a function returns, within the time.

        The place is free again when the function has ended, not when it is given up.

        :raises SignInAway: it takes too long.
        """
        pool = ThreadPoolExecutor(1, thread_name_prefix="outgoing")
        future: Future = pool.submit(function, *args)
        self.used = True
        future.add_done_callback(lambda _: self.outgoing.free.release())
        pool.shutdown(wait=False)
        try:
            return future.result(self.outgoing.seconds)
        except TimeoutError as error:
            raise SignInAway() from error


OUTGOING = Outgoing(MOST, SECONDS)
