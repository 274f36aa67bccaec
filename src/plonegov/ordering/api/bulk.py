"""One verb for many orders: each of them is done or refused for itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from plone import api
from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound
from plonegov.ordering.api import changes
from plonegov.ordering.api import links
from plonegov.ordering.api import verbs
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.bulk import Before
from plonegov.ordering.domain.bulk import BULK
from plonegov.ordering.domain.errors import OrderChanged

import transaction


@dataclass(frozen=True)
class Shown:
    """What the queue showed of a selected order: where it was, and with whom."""

    reference: str
    state: str
    assigned: str

    @classmethod
    def read(cls, text: str) -> "Shown":
        """Return what ``str`` wrote; what is missing in it is empty."""
        reference, _, rest = text.partition(":")
        state, _, assigned = rest.partition(":")
        return cls(reference, state, assigned)

    @classmethod
    def of(cls, order: Order) -> "Shown":
        """Return what the queue would show of an order now."""
        return cls(order.reference, order.state, order.assigned)

    def __str__(self) -> str:
        return f"{self.reference}:{self.state}:{self.assigned}"


@dataclass(frozen=True)
class Refusal:
    """An order with which nothing was done, and why."""

    shown: Shown
    error: PlonegovError


@dataclass(frozen=True)
class Outcome:
    """What became of the selected orders.

    ``undoable`` are those of ``done``, as they are now, that ``BULK``'s undo takes
    back; ``left`` those that were too many for one request.
    """

    verb: str
    done: tuple[Shown, ...]
    refused: tuple[Refusal, ...]
    left: tuple[Shown, ...]
    undoable: tuple[Shown, ...]


def do_all(verb: str, selected: Sequence[Shown]) -> Outcome:
    """Do a verb with each order under the rules that hold for one alone.

    An order that is refused is put back to what it was; the others are done. An order
    that the queue showed otherwise than it is now is refused, too.

    :raises RecordNotFound: there is no such verb for many.
    """
    if verb not in BULK:
        raise RecordNotFound()
    rule, user = BULK[verb], api.user.get_current().getId()
    done: list[Shown] = []
    undoable: list[Shown] = []
    refused: list[Refusal] = []
    selected = tuple(dict.fromkeys(selected))
    for shown in selected[: rule.most]:
        try:
            before, now = _do(verb, shown)
        except PlonegovError as error:
            refused.append(Refusal(shown, error))
            continue
        done.append(now)
        if rule.undoable(before, user):
            undoable.append(now)
    left = selected[rule.most :]
    return Outcome(verb, tuple(done), tuple(refused), left, tuple(undoable))


def _do(verb: str, shown: Shown) -> tuple[Before, Shown]:
    order = find(shown)
    now = Shown.of(order)
    if (now.state, now.assigned) != (shown.state, shown.assigned):
        raise OrderChanged(seen=changes.serial(order))
    before = Before(order.assigned, order.paid)
    savepoint = transaction.savepoint(optimistic=True)
    try:
        verbs.do(order, verb, {})
    except PlonegovError:
        savepoint.rollback()
        raise
    return before, Shown.of(order)


def find(shown: Shown) -> Order:
    """Return a selected order.

    :raises RecordNotFound: there is none, or it is another service's.
    """
    order = links.find(shown.reference)
    if not api.user.has_permission("View", obj=order):
        raise RecordNotFound()
    return order
