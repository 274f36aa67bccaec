"""Items that go on: to another body, or to a later meeting."""

from plonegov.core.records.steps import require
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api.items import copy
from plonegov.deliberations.api.parts import copy_into
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.interfaces import MANAGE_MEETINGS


def send_to(item: Item, body_id: str) -> Item:
    """Send an item to another body, with its annexes and advices and linked to it.

    The copy is validated at once: the first body's secretary vouches for it.

    :raises ActionNotAllowed: for the secretary only.
    :raises RecordNotFound: there is no such body.
    """
    require(item, MANAGE_MEETINGS)
    return go_on(item, body_id, "sent")


def postpone(item: Item) -> Item:
    """Return the linked copy of an item that was just postponed."""
    return go_on(item, item.body, "postponed")


def go_on(item: Item, body_id: str, why: str) -> Item:
    """Return a linked copy of an item with all that belongs to it.

    :param why: ``sent`` or ``postponed``.
    """
    made = copy(item, bodies.get(body_id), why)
    for part in item.parts.values():
        copy_into(made, part.__of__(item))
    return made
