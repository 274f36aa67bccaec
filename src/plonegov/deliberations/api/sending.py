"""Items that go on: to another body, or to a later meeting."""

from plonegov.core.records.blobs import erase_files
from plonegov.core.records.events import entries
from plonegov.core.records.steps import require
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import store
from plonegov.deliberations.api.items import copy
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.api.parts import copy_into
from plonegov.deliberations.content.annex import Annex
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.interfaces import MANAGE_MEETINGS


#: What happened to a copy that nobody touched since a postponed item made it.
MADE = {"drafted", "postponed_from"}


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


def copy_in_use(item: Item) -> bool:
    """Say whether the copy of a postponed item went on, and is not withdrawn."""
    return any(
        not _untouched(made) and made.state != ItemState.WITHDRAWN
        for made in _postponed(item)
    )


def take_copy_back(item: Item) -> None:
    """Take away the copy of an item that is postponed no more, as long as nobody touched
    it: two of the same item would stand on two agendas."""
    for made in _postponed(item):
        if _untouched(made):
            annexes = (part for part in made.parts.values() if isinstance(part, Annex))
            erase_files(annex.file for annex in annexes)
            made.aq_parent.records.remove(made.getId(), made.UID())
            item.copies = tuple(uid for uid in item.copies if uid != made.UID())
            touch(item, "copy_taken_back", copy=made.getId())


def go_on(item: Item, body_id: str, why: str) -> Item:
    """Return a linked copy of an item with all that belongs to it.

    :param why: ``sent`` or ``postponed``.
    """
    made = copy(item, bodies.get(body_id), why)
    for part in item.parts.values():
        copy_into(made, part.__of__(item))
    return made


def _postponed(item: Item) -> list[Item]:
    """Return the copies that were made when an item was postponed."""
    container = store.deliberations()
    found = [container.records.get_by_uid(uid) for uid in item.copies]
    return [
        copy.__of__(container)
        for copy in found
        if copy is not None and "postponed_from" in _actions(copy)
    ]


def _untouched(item: Item) -> bool:
    return _actions(item) <= MADE


def _actions(item: Item) -> set[str]:
    return {entry.action for entry in entries(item)}
