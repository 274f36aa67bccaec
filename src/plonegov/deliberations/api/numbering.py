"""The numbers that a sitting gives: in the meeting, and in the register of its body."""

from collections.abc import Mapping
from hashlib import sha256
from plonegov.core.api import now
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.records.events import actor
from plonegov.core.records.steps import require
from plonegov.core.registers.register import Register
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import extracting
from plonegov.deliberations.api.choices import choices_of
from plonegov.deliberations.api.html import clean_html
from plonegov.deliberations.api.html import is_empty
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import numbers
from plonegov.deliberations.domain.itemvalues import read_item
from plonegov.deliberations.domain.states import NUMBERED
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
from typing import Any


#: What of a decision is registered, and may be rectified.
TEXTS = ("title", "motivation", "decision")


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
            extracting.cancelled(item, reason)
            touch(item, "number_cancelled", year=year, number=number)
        item.number, item.registered = 0, ()
        item.reindexObject()


def rectify(item: Item, reason: str, values: Mapping[str, Any] | None = None) -> None:
    """Register another text of a decision under its number; the item keeps the former.

    :param values: title, motivation and decision (HTML), those only that change; None:
        the text as it now is.
    :raises ActionNotAllowed: for the secretary only.
    :raises InvalidInput: a value is wrong, or nothing changes.
    :raises EntryUnknown: it has no number.
    :raises EntryCancelled: its number was cancelled.
    :raises ReasonOfEntryMissing: no reason is given.
    """
    require(item, MANAGE_MEETINGS)
    year, number = item.registered or (0, 0)
    register, found = Register(item.body), {}
    version = register.get(year, number).version
    if values is not None:
        found = _changed(item, values)
    former = {name: getattr(item, name) for name in TEXTS}
    register.rectify(year, number, _digest({**former, **found}, item.state), reason)
    row = {"registered": item.registered, "version": version, "who": actor()}
    item.former = (*item.former, {**row, "until": now().isoformat(), **former})
    for name, value in found.items():
        setattr(item, name, value)
    touch(item, "rectified", reason=reason)
    extracting.rectified(item)


def digest(item: Item) -> str:
    """Return the SHA-256 (hex) of what is registered of an item."""
    return _digest({name: getattr(item, name) for name in TEXTS}, item.state)


def _changed(item: Item, values: Mapping[str, Any]) -> dict[str, str]:
    faults: list[Fault] = []
    given = {name: values[name] for name in TEXTS if name in values}
    found = read_item(given, choices_of(bodies.get(item.body)), clean_html, faults)
    if "decision" in given and is_empty(found.get("decision", "")):
        faults.append(Fault("decision", "required"))
    if not faults and all(getattr(item, name) == text for name, text in found.items()):
        faults.append(Fault("decision", "nothing_rectified"))
    if faults:
        raise InvalidInput(faults)
    return found


def _digest(texts: Mapping[str, str], state: str) -> str:
    text = "\0".join((*(texts[name] for name in TEXTS), state))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
