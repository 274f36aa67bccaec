"""How many bytes of files a town's records hold, counted as they come and go."""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from BTrees.Length import Length
from BTrees.OLBTree import OLBTree
from persistent import Persistent


class Weights(Persistent):
    """Bytes by key, and their sum; a key without files has no entry."""

    #: Not published under its container's address, nor any method of it.
    __roles__ = ACCESS_PRIVATE

    def __init__(self) -> None:
        self._bytes = OLBTree()
        self._total = Length()

    @property
    def total(self) -> int:
        """The bytes of all files."""
        return self._total()

    def put(self, key: str, size: int) -> None:
        """Count the bytes of a key's files in place of those counted before."""
        before = self._bytes.get(key, 0)
        if size == before:
            return
        if size:
            self._bytes[key] = size
        else:
            del self._bytes[key]
        self._total.change(size - before)

    def drop(self, key: str) -> None:
        """Count a key no more."""
        self.put(key, 0)
