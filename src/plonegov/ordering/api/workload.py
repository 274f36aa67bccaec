"""What waits in the queue, by named part: the same queries for the queue's filter, the
clerk's first page and the daily mail, so that a number and what it leads to agree."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from plonegov.core.api import municipality
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.api.orders import working_days
from plonegov.ordering.api.queue import overdue
from plonegov.ordering.api.queue import RUNNING
from plonegov.ordering.content.order import stand
from plonegov.ordering.domain.model import State
from typing import Any


@dataclass(frozen=True)
class Asker:
    """Who asks, and when: ``user`` is an account, ``soon`` the next working day,
    ``headed`` the services that the account heads."""

    user: str
    today: date
    soon: date
    headed: tuple[str, ...] = ()


def asker(user: str) -> Asker:
    """Return an account as the queries need it, today."""
    today = town_today()
    soon = working_days().add(today, 1)
    return Asker(user, today, soon, headed(user))


def headed(user: str) -> tuple[str, ...]:
    """Return the services that the town's facts name an account as head of."""
    return tuple(item.id for item in municipality().services if user in item.head)


def _due(who: Asker) -> dict[str, Any]:
    days = (who.today.toordinal(), who.soon.toordinal())
    return {"due": {"query": days, "range": "minmax"}}


#: What the index ``stand`` tells.
LARGE = {"service", "state", "assigned"}

#: The parts of the queue; each query also narrows to the clerk's own services.
PARTS: Mapping[str, Callable[[Asker], dict[str, Any]]] = {
    "running": lambda who: {"state": list(RUNNING)},
    "mine": lambda who: {"state": list(RUNNING), "assigned": who.user},
    "free": lambda who: {"state": list(RUNNING), "assigned": ""},
    "new": lambda who: {"state": str(State.SUBMITTED), "assigned": ""},
    "due": lambda who: {"assigned": who.user, **_due(who)},
    "answered": lambda who: {
        "state": str(State.IN_PROGRESS),
        "attention": "answered",
        "assigned": ["", who.user],
    },
    "ready": lambda who: {"state": str(State.READY)},
    "waiting": lambda who: {"state": str(State.AWAITING_CITIZEN)},
    "unconfirmed": lambda who: {
        "state": str(State.SUBMITTED),
        "attention": "unconfirmed",
    },
    "late": lambda who: {"assigned": who.user, **overdue()},
    "overdue": lambda who: overdue(),
    "headed": lambda who: {"service": list(who.headed), **overdue()},
    "all": lambda who: {},
}


def counts(
    parts: Iterable[str], who: Asker, services: Collection[str]
) -> dict[str, int]:
    """Return how many orders of some services are in each part, from the indexes alone.

    Parts that all orders in a state are in, or all of nobody, are large: their numbers
    are sums of the sizes of an index and cost the same however many orders there are.
    """
    store = counter()
    sizes = store.records.sizes("stand")
    found = {}
    for part in parts:
        query = narrowed(PARTS[part](who), services)
        if not query["service"]:
            found[part] = 0
        elif query.keys() <= LARGE and query.get("assigned", "") == "":
            found[part] = sum(sizes.get(each, 0) for each in _stands(query))
        else:
            found[part] = store.records.count(store, query)
    return found


def _stands(query: Mapping[str, Any]) -> Iterator[str]:
    """Yield the values of the index ``stand`` that a query for no other facts finds."""
    states = query.get("state", list(State))
    states = [states] if isinstance(states, str) else states
    takers = ("",) if "assigned" in query else ("", "somebody")
    for service, state, assigned in product(query["service"], states, takers):
        yield stand(service, state, assigned)


def rows(
    part: str, who: Asker, services: Collection[str], size: int = 0
) -> list[dict[str, Any]]:
    """Return metadata rows of a part, soonest due first (``size`` 0: all)."""
    query = narrowed(PARTS[part](who), services)
    if not query["service"]:
        return []
    store = counter()
    return store.records.query(store, query, "due", size=size).rows


def narrowed(query: Mapping[str, Any], services: Collection[str]) -> dict[str, Any]:
    """Return a query for some services, those it names itself at most."""
    wanted = query.get("service", services)
    wanted = [wanted] if isinstance(wanted, str) else wanted
    return {**query, "service": [item for item in wanted if item in services]}
