"""Orders that change hands by themselves: back to the service, or to its head."""

from collections.abc import Callable
from collections.abc import Iterable
from plonegov.core.records.events import entries
from plonegov.core.records.events import log
from plonegov.core.records.events import SYSTEM
from plonegov.ordering.api import workload
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.api.staff import heads
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.staffing import head_of
from plonegov.ordering.domain.staffing import returned
from plonegov.ordering.domain.staffing import Staff


#: What an order's log calls it.
ESCALATED = "escalated"


def to_return(staff: Staff) -> list[str]:
    """Return the running orders whose clerk is away or left the service."""
    today = town_today()
    return [
        row["reference"]
        for row in workload.rows("running", _nobody(), _services())
        if row["assigned"]
        and returned(staff, row["assigned"], row["service"], today) is not None
    ]


def give_back(staff: Staff, references: Iterable[str]) -> int:
    """Give orders back to their service, where that is still right; return how many.

    Coming back takes nothing back: somebody else may have taken the order.
    """
    today = town_today()

    def hand(order: Order) -> bool:
        why = order.assigned and returned(staff, order.assigned, order.service, today)
        if why:
            _assign(order, "", str(why))
        return bool(why)

    return _each(references, hand)


def to_escalate(staff: Staff) -> list[str]:
    """Return the overdue orders of nobody whose service has a head to give them to."""
    return [
        row["reference"]
        for row in workload.rows("overdue", _nobody(), _services())
        if not row["assigned"] and _head(staff, row["service"])
    ]


def escalate(staff: Staff, references: Iterable[str]) -> int:
    """Give overdue orders to the head of their service, each once; return how many.

    A head who gives such an order back to the service does not get it again.
    """

    def hand(order: Order) -> bool:
        known = any(entry.action == ESCALATED for entry in entries(order))
        head = "" if order.assigned or known else _head(staff, order.service)
        if head:
            _assign(order, head, ESCALATED)
        return bool(head)

    return _each(references, hand)


def _each(references: Iterable[str], hand: Callable[[Order], bool]) -> int:
    store = counter()
    found = filter(None, map(store.records.get, references))
    return sum(hand(order.__of__(store)) for order in found)


def _assign(order: Order, user: str, why: str) -> None:
    order.assigned = user
    log(order, why, who=SYSTEM)
    order.reindexObject()


def _head(staff: Staff, service: str) -> str:
    return head_of(staff, heads().get(service, ()), service, town_today())


def _nobody() -> workload.Asker:
    return workload.asker("")


def _services() -> list[str]:
    return list(heads())
