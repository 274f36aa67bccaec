"""Idempotency keys: a request sent again finds the order that the first one made.

https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
"""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from persistent import Persistent


#: How long a key is remembered.
LIFETIME = timedelta(hours=24)


@dataclass(frozen=True)
class Replay:
    """The body's SHA-256 (hex) and the order that it made."""

    digest: str
    reference: str
    placed: datetime


class ReplayStore(Persistent):
    """Replays by idempotency key (a UUID's hex)."""

    #: Not published under the counter's address, nor any method of it.
    __roles__ = ACCESS_PRIVATE

    def __init__(self) -> None:
        self._replays = OOBTree()

    def remember(self, key: str, replay: Replay) -> None:
        """Keep what a key has made."""
        self._replays[key] = (replay.digest, replay.reference, replay.placed)

    def get(self, key: str, now: datetime) -> Replay | None:
        """Return what a key has made within the last day, or None."""
        row = self._replays.get(key)
        if row is None or now - row[2] > LIFETIME:
            return None
        return Replay(*row)

    def discard(self, key: str) -> None:
        """Forget a key."""
        self._replays.pop(key, None)

    def expired(self, now: datetime) -> Iterator[str]:
        """Yield the keys whose day is over."""
        for key, row in list(self._replays.items()):
            if now - row[2] > LIFETIME:
                yield key
