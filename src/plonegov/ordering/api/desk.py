"""Orders that a clerk enters: for somebody at the desk, or from a paper."""

from collections.abc import Mapping
from plone import api
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.ordering.api import documents
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api.queue import own_services
from plonegov.ordering.api.staff import is_away
from plonegov.ordering.content.document import OrderableDocument
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.desk import Entry
from plonegov.ordering.domain.desk import read_entry
from plonegov.ordering.interfaces import HANDLE_ORDERS
from typing import Any


def own_documents() -> list[OrderableDocument]:
    """Return the documents of the current clerk's services that can be ordered."""
    services = own_services()
    return [item for item in documents.all_documents() if item.service in services]


def check(payload: Mapping[str, Any], entry: Mapping[str, Any]) -> Entry:
    """Return how an order came in, or say all that is wrong with it at once.

    :param payload: the body of ``POST @orders``.
    :param entry: see ``domain.desk.read_entry``.
    :raises ActionNotAllowed: the document belongs to another service.
    :raises InvalidInput: with the faults in the order of the page.
    """
    document = documents.get(payload.get("document", ""))
    if not api.user.has_permission(HANDLE_ORDERS, obj=document):
        raise ActionNotAllowed()
    terms = documents.terms(document)
    faults: list[Fault] = []
    read = read_entry(entry, terms.identity, orders.town_today(), faults)
    reached = read.identity if read is not None else AssuranceLevel.NONE
    try:
        orders.check(payload, document, terms, reached)
    except InvalidInput as error:
        faults += error.faults
    if read is None or faults:
        raise InvalidInput(faults)
    return read


def enter(
    payload: Mapping[str, Any],
    entry: Mapping[str, Any],
    *,
    idempotency_key: str = "",
    take: bool = False,
) -> Order:
    """Place an order for somebody at the desk or for who sent a paper.

    :param payload: the body of ``POST @orders``.
    :param entry: see ``domain.desk.read_entry``.
    :param idempotency_key: a UUID; the same key and values give the same order again.
    :param take: the clerk goes on with it at once, unless he or she is away.
    :raises ActionNotAllowed: the document belongs to another service.
    :raises InvalidInput: a value is wrong; nothing was stored.
    :raises IdempotencyConflict: the key belongs to other values.
    """
    read = check(payload, entry)
    order = orders.place(payload, idempotency_key=idempotency_key, entry=read)
    if take and not order.assigned and not is_away(api.user.get_current().getId()):
        handling.take(order)
    return order
