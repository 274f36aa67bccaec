"""What a clerk may see of the counter's orders: those of his or her services."""

from collections.abc import Iterator
from collections.abc import Mapping
from plone import api
from plonegov.core.records.store import Page
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.domain.errors import ReferenceInvalid
from plonegov.ordering.domain.reference import normalise_reference
from plonegov.ordering.domain.states import STATES
from plonegov.ordering.interfaces import USE_QUEUE
from typing import Any


PREFIX = "service-"

#: States of orders that a clerk or the citizen must still act on.
RUNNING = tuple(
    str(state) for state, meaning in STATES.items() if meaning.actor != "nobody"
)


def own_services() -> list[str]:
    """Return the ids of the services that the current user is a clerk of."""
    user = api.user.get_current()
    if "Clerk" not in user.getRoles():
        return []
    return sorted(
        group.removeprefix(PREFIX)
        for group in user.getGroups()
        if group.startswith(PREFIX)
    )


def orders(
    filters: Mapping[str, Any],
    sort_on: str = "due",
    reverse: bool = False,
    start: int = 0,
    size: int = 30,
) -> Page:
    """Return a page of orders of the clerk's own services, from metadata only.

    :param filters: index id (state, document, assigned, due, service) to what
        ``RecordStore.query`` takes; ``service`` only narrows the own ones.
    :param size: rows at most, 0 means all.
    """
    query, store = _own(filters), counter()
    if query is None:
        return Page([], 0)
    return store.records.query(store, query, sort_on, reverse, start, size)


def pages(
    filters: Mapping[str, Any], sort_on: str, reverse: bool, size: int
) -> Iterator[list[dict[str, Any]]]:
    """Yield all orders that ``orders`` finds, ``size`` at a time, for a file."""
    query, store = _own(filters), counter()
    if query is not None:
        yield from store.records.pages(store, query, sort_on, reverse, size)


def _own(filters: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the query for orders of the own services; None: there can be none."""
    services = own_services()
    wanted = filters.get("service")
    if wanted is not None:
        named = [wanted] if isinstance(wanted, str) else wanted
        services = [service for service in services if service in named]
    if not services or not api.user.has_permission(USE_QUEUE, obj=counter()):
        return None
    return {**filters, "service": services}


def find(reference: str) -> Page:
    """Return the order with a reference, however typed, of the own services.

    A reference that is wrong or of another service finds nothing.
    """
    try:
        row = counter().records.row(normalise_reference(reference))
    except ReferenceInvalid:
        row = None
    found = [row] if row and row["service"] in own_services() else []
    return Page(found, len(found))


def overdue() -> dict[str, Any]:
    """Return the filter of orders that should have been ready before today."""
    yesterday = town_today().toordinal() - 1
    return {"due": {"query": yesterday, "range": "max"}}


def owned_by(user_id: str) -> Page:
    """Return all orders that a signed-in citizen placed, running ones last."""
    store = counter()
    return store.records.query(store, {"owner": user_id}, "due", True, 0, 0)
