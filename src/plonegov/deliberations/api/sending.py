"""Items that go on: to another body, to a later meeting, or as a new decision."""

from plone import api
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.records.blobs import erase_files
from plonegov.core.records.events import entries
from plonegov.core.records.steps import require
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import store
from plonegov.deliberations.api.items import copy
from plonegov.deliberations.api.items import may_draft
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.api.parts import copy_into
from plonegov.deliberations.content.annex import Annex
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.refusals import GoesOnAlready
from plonegov.deliberations.domain.refusals import NotDecided
from plonegov.deliberations.domain.refusals import NotSentOn
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import SENT_FROM
from plonegov.deliberations.interfaces import MANAGE_MEETINGS


#: Why an item is made from another one; the log of each says it.
SENT, POSTPONED, REPLACED = "sent", "postponed", "replaced"

#: What happened to a copy that nobody touched since a postponed item made it.
MADE = {"drafted", f"{POSTPONED}_from"}


def send_to(item: Item, body_id: str) -> Item:
    """Send an item to another body, with its annexes and advices and linked to it.

    The copy is validated at once: the first body's secretary vouches for it.

    :raises ActionNotAllowed: for the secretary only.
    :raises RecordNotFound: there is no such body.
    :raises NotSentOn: it is not accepted for an agenda, was not adopted, or is for this
        body itself.
    :raises GoesOnAlready: it was sent to this body, and that copy is not withdrawn.
    """
    require(item, MANAGE_MEETINGS)
    if item.state not in SENT_FROM or body_id == item.body:
        raise NotSentOn()
    before = sent_to(item, body_id)
    if before is not None:
        raise _goes_on(before)
    return go_on(item, body_id, SENT)


def sent_to(item: Item, body_id: str) -> Item | None:
    """Return the copy of an item that lives with another body it was sent to, or None."""
    for made in _copies(item, SENT):
        if made.body == body_id and made.state != ItemState.WITHDRAWN:
            return made
    return None


def renew(item: Item) -> Item:
    """Begin a new decision that changes or replaces a registered one: a draft of the same
    service with its texts, linked to it; annexes and advices are its own.

    One of no service begins with the secretary, accepted for an agenda.

    :raises ActionNotAllowed: for who drafts for its service, and the secretary.
    :raises NotDecided: it has no number of the register.
    :raises GoesOnAlready: such a new decision is under way.
    """
    if not may_renew(item):
        raise ActionNotAllowed()
    if not item.registered:
        raise NotDecided()
    before = renewal(item)
    if before is not None:
        raise _goes_on(before)
    start = "" if item.service else str(ItemState.VALIDATED)
    return copy(item, bodies.get(item.body), REPLACED, start)


def may_renew(item: Item) -> bool:
    """Say whether the current user may begin a new decision in place of one."""
    if api.user.has_permission(MANAGE_MEETINGS, obj=item):
        return True
    reads = api.user.has_permission("View", obj=item)
    return bool(reads and item.service and may_draft(item.service))


def renewal(item: Item) -> Item | None:
    """Return the new decision in place of one that is still under way, or None."""
    for made in _copies(item, REPLACED):
        if made.state not in ENDS:
            return made
    return None


def made_by(item: Item) -> str:
    """Return why an item was made from another one: ``sent``, ``postponed`` or
    ``replaced``; "": it was not."""
    done = _actions(item)
    found = (why for why in (SENT, POSTPONED, REPLACED) if f"{why}_from" in done)
    return next(found, "")


def postpone(item: Item) -> Item:
    """Return the linked copy of an item that was just postponed."""
    return go_on(item, item.body, POSTPONED)


def copy_in_use(item: Item) -> bool:
    """Say whether the copy of a postponed item went on, and is not withdrawn."""
    return any(
        not _untouched(made) and made.state != ItemState.WITHDRAWN
        for made in _copies(item, POSTPONED)
    )


def take_copy_back(item: Item) -> None:
    """Take away the copy of an item that is postponed no more, as long as nobody touched
    it: two of the same item would stand on two agendas."""
    for made in _copies(item, POSTPONED):
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


def _copies(item: Item, why: str) -> list[Item]:
    """Return the copies of an item that were made for a reason."""
    container = store.deliberations()
    found = [container.records.get_by_uid(uid) for uid in item.copies]
    return [
        copy.__of__(container)
        for copy in found
        if copy is not None and made_by(copy) == why
    ]


def _goes_on(made: Item) -> GoesOnAlready:
    """Return the refusal that leads to a copy."""
    return GoesOnAlready(copy=made.getId())


def _untouched(item: Item) -> bool:
    return _actions(item) <= MADE


def _actions(item: Item) -> set[str]:
    return {entry.action for entry in entries(item)}
