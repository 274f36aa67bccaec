"""References whose link somebody asked for again, until the link is sent.

The page only writes down what was typed, whether there is such an order or not, so that
neither its answer nor its time tells. A job sends the links afterwards.
"""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from BTrees.OOBTree import OOTreeSet
from itertools import islice
from persistent import Persistent


class LinkRequests(Persistent):
    """Each reference once, however often it was typed."""

    #: Not published under the counter's address, nor any method of it.
    __roles__ = ACCESS_PRIVATE

    def __init__(self) -> None:
        self._references = OOTreeSet()

    def add(self, reference: str) -> None:
        """Note a reference, of an order or of none."""
        self._references.insert(reference)

    def first(self, number: int) -> list[str]:
        """Return at most so many of the references."""
        return list(islice(self._references, number))

    def discard(self, reference: str) -> None:
        """Forget a reference whose link was sent, or for which there is none."""
        self._references.discard(reference)
