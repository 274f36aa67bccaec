"""What waits for whom, by named part: the same queries for the lists and for the first
page of a day, so that a number and what it leads to agree."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from plone import api
from plonegov.core.municipality.roles import own_services
from plonegov.core.records.store import Page
from plonegov.deliberations.api import store
from plonegov.deliberations.domain.readers import ADVISER
from plonegov.deliberations.domain.readers import DRAFTER
from plonegov.deliberations.domain.readers import REVIEWER
from plonegov.deliberations.domain.readers import SECOND
from plonegov.deliberations.domain.readers import SECRETARY
from plonegov.deliberations.domain.states import Actor
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.domain.states import ItemState
from typing import Any


@dataclass(frozen=True)
class Asker:
    """Who asks: for which services he or she drafts, reviews and advises, and whether it
    is the secretary."""

    drafts: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    advises: tuple[str, ...] = ()
    secretary: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of the index ``readers`` that let this person list an item."""
        return (
            *((SECRETARY,) if self.secretary else ()),
            *(f"{DRAFTER}:{each}" for each in self.drafts),
            *(f"{REVIEWER}:{each}" for each in self.reviews),
            *(f"{SECOND}:{each}" for each in self.reviews),
            *(f"{ADVISER}:{each}" for each in self.advises),
        )


def asker() -> Asker:
    """Return the current user as the queries need it."""
    return Asker(
        drafts=tuple(own_services("Drafter")),
        reviews=tuple(own_services("Reviewer")),
        advises=tuple(own_services()),
        secretary="Secretary" in api.user.get_current().getRoles(),
    )


def _states(*states: ItemState) -> dict[str, Any]:
    return {"state": list(map(str, states))}


#: States in which something is still to be done.
RUNNING = tuple(state for state in ItemState if state not in ENDS)

#: Query of each part of the items that one may list.
PARTS: Mapping[str, Callable[[Asker], dict[str, Any]]] = {
    "running": lambda who: _states(*RUNNING),
    "writing": lambda who: {
        "service": list(who.drafts),
        **_states(ItemState.DRAFTED),
    },
    "returned": lambda who: {
        "service": list(who.drafts),
        **_states(ItemState.RETURNED),
    },
    "review": lambda who: {
        "actor": str(Actor.REVIEWER),
        "readers": [f"{REVIEWER}:{each}" for each in who.reviews],
    },
    "second": lambda who: {
        "actor": str(Actor.SECOND_REVIEWER),
        "readers": [f"{SECOND}:{each}" for each in who.reviews],
    },
    "advise": lambda who: {"awaited": list(who.advises), **_states(*RUNNING)},
    "accept": lambda who: {
        "actor": str(Actor.SECRETARY),
        **_states(ItemState.PROPOSED, ItemState.REVIEWED_1, ItemState.REVIEWED_2),
    },
    "place": lambda who: _states(ItemState.VALIDATED),
    "republish": lambda who: {"outdated": 1},
    "ended": lambda who: _states(*ENDS),
    "all": lambda who: {},
}


def parts_of(who: Asker) -> tuple[str, ...]:
    """Return the names of the parts that say something to a person."""
    shown = {
        "writing": bool(who.drafts),
        "returned": bool(who.drafts),
        "review": bool(who.reviews),
        "second": bool(who.reviews),
        "advise": bool(who.advises),
        "accept": who.secretary,
        "place": who.secretary,
        "republish": who.secretary,
    }
    return tuple(name for name in PARTS if shown.get(name, True))


def items(
    part: str,
    who: Asker,
    filters: Mapping[str, Any] | None = None,
    sort_on: str = "",
    reverse: bool = False,
    start: int = 0,
    size: int = 30,
) -> Page:
    """Return metadata rows of a part of the items that a person may list.

    :param filters: more of what ``RecordStore.query`` takes.
    :param size: rows at most; 0: all.
    """
    query, container = _query(part, who, filters or {}), store.deliberations()
    if query is None:
        return Page([], 0)
    return container.records.query(container, query, sort_on, reverse, start, size)


def pages(
    part: str,
    who: Asker,
    filters: Mapping[str, Any],
    sort_on: str,
    reverse: bool,
    size: int,
) -> Iterator[list[dict[str, Any]]]:
    """Yield all that ``items`` finds, ``size`` rows at a time, for a file."""
    query, container = _query(part, who, filters), store.deliberations()
    if query is not None:
        yield from container.records.pages(container, query, sort_on, reverse, size)


def counts(parts: Iterable[str], who: Asker) -> dict[str, int]:
    """Return how many items are in each part, from the indexes alone."""
    return {part: items(part, who, size=1).total for part in parts}


def _query(part: str, who: Asker, filters: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the query of a part; None: there can be nothing in it."""
    query = {"kind": "item", "readers": list(who.marks), **PARTS[part](who), **filters}
    empty = any(value in ([], ()) for value in query.values())
    return None if empty else query
