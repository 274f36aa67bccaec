"""Where meetings and items are kept, and how they are found."""

from collections.abc import Mapping
from collections.abc import Sequence
from plone import api
from plonegov.core.errors import RecordNotFound
from plonegov.core.records.store import Page
from plonegov.deliberations.content.deliberations import Deliberations
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.states import ENDS
from typing import Any


DELIBERATIONS_ID = "deliberations"


def deliberations() -> Deliberations:
    """Return the town's deliberations.

    :raises RecordNotFound: the site has none.
    """
    found = api.portal.get().get(DELIBERATIONS_ID)
    if found is None:
        raise RecordNotFound()
    return found


def meeting(key: str) -> Meeting:
    """Return a meeting by its key.

    :raises RecordNotFound: there is none.
    """
    return _get(key, Meeting)


def item(key: str) -> Item:
    """Return an item by its key.

    :raises RecordNotFound: there is none.
    """
    return _get(key, Item)


def rows(
    query: Mapping[str, Any], sort_on: str = "", reverse: bool = False, size: int = 0
) -> Page:
    """Return rows of metadata of what a query of the indexes finds; none is woken.

    What one may see of them is the caller's to know.
    """
    container = deliberations()
    return container.records.query(container, query, sort_on, reverse, 0, size)


def count(query: Mapping[str, Any]) -> int:
    """Return how many a query of the indexes finds; no row of theirs is built."""
    container = deliberations()
    return container.records.count(container, query)


def undecided(meeting: Meeting) -> list[dict[str, Any]]:
    """Return rows of the items of a meeting that are not decided yet; none is woken."""
    found = rows({"kind": "item", "meeting": meeting.getId()}).rows
    return [row for row in found if row["state"] not in ENDS]


def public_part_over(meeting: Meeting) -> bool:
    """Say whether nothing is left of the public part of a sitting."""
    return all(row["privacy"] != Privacy.OPEN for row in undecided(meeting))


def columns(query: Mapping[str, Any], names: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return some columns of all rows of metadata that a query finds; see ``rows``."""
    container = deliberations()
    return container.records.columns(container, query, names)


def _get(key: str, kind: type) -> Any:
    container = deliberations()
    found = container.records.get(key)
    if not isinstance(found, kind):
        raise RecordNotFound()
    return found.__of__(container)
