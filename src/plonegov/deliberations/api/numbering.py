"""The numbers that a sitting gives: in the meeting, and in the register of its body."""

from hashlib import sha256
from plonegov.core.records.steps import require
from plonegov.core.registers.register import Register
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import numbers
from plonegov.deliberations.domain.states import NUMBERED
from plonegov.deliberations.interfaces import MANAGE_MEETINGS


def give(meeting: Meeting) -> None:
    """Freeze the numbers of a meeting's items, and register what was decided.

    It happens in the transaction that ends the sitting: all numbers, or none.
    """
    held, register = numbers(meeting.agenda.rows), Register(meeting.body)
    year = meeting.starts.year
    for item in agenda.items_of(meeting):
        item.number = held[item.getId()]
        if item.state in NUMBERED:
            entry = register.allocate(year, item.UID(), digest(item))
            item.registered = (year, entry.number)
        item.reindexObject()


def cancel(meeting: Meeting, reason: str) -> None:
    """Take the numbers back when one goes back to the sitting; the register keeps them
    as cancelled, with the reason."""
    register = Register(meeting.body)
    for item in agenda.items_of(meeting):
        if item.registered:
            year, number = item.registered
            register.cancel(year, number, reason)
            touch(item, "number_cancelled", year=year, number=number)
        item.number, item.registered = 0, ()
        item.reindexObject()


def rectify(item: Item, reason: str) -> None:
    """Register the text of a decision as it now is, under its number.

    :raises ActionNotAllowed: for the secretary only.
    :raises EntryUnknown: it has no number.
    :raises EntryCancelled: its number was cancelled.
    :raises ReasonOfEntryMissing: no reason is given.
    """
    require(item, MANAGE_MEETINGS)
    year, number = item.registered or (0, 0)
    Register(item.body).rectify(year, number, digest(item), reason)
    touch(item, "rectified", reason=reason)


def digest(item: Item) -> str:
    """Return the SHA-256 (hex) of what is registered of an item."""
    text = "\0".join((item.title, item.motivation, item.decision, item.state))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
