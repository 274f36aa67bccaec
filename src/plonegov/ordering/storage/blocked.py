"""Mail addresses with which nobody may order for a time, as codes that name nobody."""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from datetime import date
from persistent import Persistent


class BlockedAddresses(Persistent):
    """The last day of each block, by the address's code of the town's key."""

    #: Not published under the counter's address, nor any method of it.
    __roles__ = ACCESS_PRIVATE

    def __init__(self) -> None:
        self._until = OOBTree()

    def block(self, code: str, until: date) -> None:
        """Block an address up to a day."""
        self._until[code] = until

    def is_blocked(self, code: str, today: date) -> bool:
        """Say whether an address is blocked today."""
        until = self._until.get(code)
        return until is not None and today <= until

    def discard(self, code: str) -> None:
        """Forget a block."""
        self._until.pop(code, None)

    def expired(self, today: date) -> Iterator[str]:
        """Yield the codes of blocks that are over."""
        for code, until in list(self._until.items()):
            if until < today:
                yield code
