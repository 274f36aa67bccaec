"""Figures on orders: computed from the catalog's rows by a job, read by the pages."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from datetime import datetime
from datetime import timedelta
from plone import api
from plonegov.core.api import municipality
from plonegov.core.api import town_today
from plonegov.ordering.api import workload
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.queue import own_services
from plonegov.ordering.api.queue import RUNNING
from plonegov.ordering.content.counter import Counter as OnlineCounter
from plonegov.ordering.domain.figures import Cell
from plonegov.ordering.domain.figures import cells
from plonegov.ordering.domain.figures import Delay
from plonegov.ordering.domain.figures import delay_of
from plonegov.ordering.domain.figures import OrderFigures
from typing import Any


#: How far back the delays go that are published.
LAST_MONTHS = timedelta(days=365)

#: Who sees the figures of all services.
ALL_SERVICES = frozenset({"Site Administrator", "Manager"})

Row = dict[str, Any]
Found = tuple[list[Cell], dict[str, Delay]]


def compute(store: OnlineCounter) -> Found:
    """Return the figures of a counter and the real delays of the last twelve months,
    by document; from metadata rows only."""
    rows = store.records.query(store, {}, size=0).rows
    since = (town_today() - LAST_MONTHS).toordinal()
    return cells(map(_figures, rows)), _delays(rows, since)


def keep(store: OnlineCounter, found: Found) -> int | None:
    """Keep figures as those of today, where they differ from what is kept.

    :returns: how many orders they count, or None when nothing was written.
    """
    today = town_today()
    if store.counted.holds(today, *found):
        return None
    store.counted.keep(today, *found)
    return sum(cell.orders for cell in found[0])


def waiting() -> dict[str, int]:
    """Return how many orders the current user may see are in each state, and how many
    are ``overdue``; from the indexes."""
    services = _services()
    sizes = counter().records.sizes("stand")
    found = dict.fromkeys(RUNNING, 0)
    for value, number in sizes.items():
        service, state, _taken = value.split(":")
        if service in services and state in found:
            found[state] += number
    who = workload.asker(api.user.get_current().getId() or "")
    return found | workload.counts(["overdue"], who, services)


def real_delay(document: str) -> Delay | None:
    """Return how long a document really took in the last twelve months; None where too
    few orders tell it, or before it was computed."""
    return counter().counted.delay(document)


def as_of() -> date | None:
    """Return the day on which the figures were computed; None before the first time."""
    return counter().counted.as_of


def all_cells() -> list[Cell]:
    """Return the figures of all services, for what is published of them."""
    return counter().counted.cells()


def own_cells() -> list[Cell]:
    """Return the figures that the current user may see: an administrator all of them,
    a clerk those of the own services."""
    found = counter().counted.cells()
    if sees_all():
        return found
    services = _services()
    return [cell for cell in found if cell.service in services]


def sees_all() -> bool:
    """Say whether the current user sees the figures of all services."""
    return not ALL_SERVICES.isdisjoint(api.user.get_roles())


def _services() -> list[str]:
    if sees_all():
        return [service.id for service in municipality().services]
    return own_services()


def _figures(row: Row) -> OrderFigures:
    placed = town_today(datetime.fromisoformat(row["placed"]))
    return OrderFigures(
        f"{placed:%Y-%m}",
        row["service"],
        row["document"],
        row["channel"],
        row["state"],
        None if row["used"] < 0 else row["used"],
        row["ready"] > row["promised"],
        row["motive"],
    )


def _delays(rows: Iterable[Row], since: int) -> dict[str, Delay]:
    days: dict[str, Counter[int]] = {}
    for row in rows:
        if row["used"] >= 0 and row["ready"] > since:
            days.setdefault(row["document"], Counter())[row["used"]] += 1
    found = {document: delay_of(counts) for document, counts in days.items()}
    return {document: delay for document, delay in found.items() if delay}
