"""Mail addresses with which nobody may order for a time, as codes that name nobody."""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from datetime import datetime
from persistent import Persistent


class BlockedAddresses(Persistent):
    """The end of each block, by the address's code of the town's key."""

    #: Not published under the counter's address, nor any method of it.
    __roles__ = ACCESS_PRIVATE

    def __init__(self) -> None:
        self._until = OOBTree()

    def block(self, code: str, until: datetime) -> None:
        """Block an address up to a moment."""
        self._until[code] = until

    def get(self, code: str, now: datetime) -> datetime | None:
        """Return until when an address is blocked, or None."""
        until = self._until.get(code)
        return None if until is None or until < now else until

    def discard(self, code: str) -> None:
        """Forget a block."""
        self._until.pop(code, None)

    def expired(self, now: datetime) -> Iterator[str]:
        """Yield the codes of blocks that are over."""
        for code, until in list(self._until.items()):
            if until < now:
                yield code
