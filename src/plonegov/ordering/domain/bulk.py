"""What may be done with many orders at once: how many, and what takes it back."""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass


#: Orders of one request: the longest page of the queue.
MOST = 100

#: Documents drawn up in one request. Each takes about 33 ms, and all the time nobody
#: else in the town can save anything.
MOST_DOCUMENTS = 25


@dataclass(frozen=True)
class Before:
    """What an order was before: with whom (an account, or empty), whether paid."""

    assigned: str
    paid: bool


def _never(before: Before, user: str) -> bool:
    return False


@dataclass(frozen=True)
class BulkVerb:
    """A verb for many orders.

    ``undo`` is the verb that takes it back, for orders of which ``undoable`` says so,
    given who acts: those that are afterwards as they were before.
    """

    most: int = MOST
    undo: str = ""
    undoable: Callable[[Before, str], bool] = _never


#: A mail that was queued can't be called back, nor does a document become unmade.
BULK: Mapping[str, BulkVerb] = {
    "take": BulkVerb(undo="release", undoable=lambda before, user: not before.assigned),
    "release": BulkVerb(
        undo="take", undoable=lambda before, user: before.assigned == user
    ),
    "produce": BulkVerb(most=MOST_DOCUMENTS),
    "seal": BulkVerb(most=MOST_DOCUMENTS),
    "make_ready": BulkVerb(),
    "hand_over": BulkVerb(),
    "pay": BulkVerb(undo="unpay", undoable=lambda before, user: not before.paid),
    "unpay": BulkVerb(undo="pay", undoable=lambda before, user: before.paid),
}
