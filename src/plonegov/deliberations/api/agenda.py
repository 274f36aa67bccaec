"""The agenda of a meeting: what comes on it, where, and by whose hand."""

from collections.abc import Mapping
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.records.events import actor
from plonegov.core.records.events import entries
from plonegov.core.records.events import log
from plonegov.core.records.steps import require
from plonegov.core.typed.text import clean_line
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import store
from plonegov.deliberations.api.items import change
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.item import listed_as
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain import agenda
from plonegov.deliberations.domain.agenda import Listed
from plonegov.deliberations.domain.agenda import Row
from plonegov.deliberations.domain.agenda import Why
from plonegov.deliberations.domain.itemvalues import TITLE_LIMIT
from plonegov.deliberations.domain.refusals import AgendaChanged
from plonegov.deliberations.domain.refusals import MeetingDecided
from plonegov.deliberations.domain.refusals import MeetingFrozen
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.interfaces import MANAGE_MEETINGS

import secrets


#: States of a meeting in which its rows may be moved.
MOVABLE = (MeetingState.CREATED, MeetingState.CONVENED)


def items_of(meeting: Meeting) -> list[Item]:
    """Return the items on an agenda, in its order."""
    return [store.item(row.key) for row in meeting.agenda.rows if row.is_item]


def present(item: Item, meeting: Meeting) -> None:
    """Put an item on an agenda, at the place that follows from its facts.

    On an agenda that is fixed already it is late; its urgency must be voted on.

    :raises ActionNotAllowed: for the secretary only, and a validated item.
    :raises StepRefused: the meeting takes no items, or is another body's.
    """
    change(item, ItemTransition.PRESENT, meeting=meeting.getId())


def move(meeting: Meeting, key: str, to: int, seen: int) -> None:
    """Move a row of an agenda to another place.

    :param to: its place afterwards, from 0.
    :param seen: the serial of the agenda that one looked at.
    :raises ActionNotAllowed: for the secretary only.
    :raises AgendaChanged: somebody else changed it meanwhile; nothing was done. Its
        context has the rows as they are and as they would be.
    :raises MeetingFrozen: the agenda is fixed.
    :raises StepRefused: the row is not there, or an item of the closed session would
        come before one of the open session.
    """
    _require_movable(meeting)
    rows = meeting.agenda.rows
    wanted = agenda.move(rows, _closed(meeting), key, to, actor())
    if meeting.agenda.serial != seen:
        raise AgendaChanged(
            theirs=[row.key for row in rows],
            mine=[row.key for row in wanted],
            serial=meeting.agenda.serial,
        )
    meeting.agenda.keep(wanted)


def add_heading(meeting: Meeting, text: str, to: int) -> str:
    """Put a heading on an agenda; return the key of its row.

    :raises ActionNotAllowed: for the secretary only.
    :raises InvalidInput: it has no text, or one that is too long.
    :raises MeetingFrozen: the agenda is fixed.
    """
    _require_movable(meeting)
    row = Row(f"h-{secrets.token_hex(4)}", _heading(text), Why.HEADING, actor())
    rows = meeting.agenda.rows
    meeting.agenda.keep((*rows[:to], row, *rows[to:]))
    return row.key


def remove_heading(meeting: Meeting, key: str) -> None:
    """Take a heading off an agenda.

    :raises ActionNotAllowed: for the secretary only.
    :raises MeetingFrozen: the agenda is fixed.
    :raises NotOnAgenda: there is no such heading.
    """
    _require_movable(meeting)
    rows = [row for row in meeting.agenda.rows if row.is_item or row.key != key]
    agenda.place_of(meeting.agenda.rows, key)
    meeting.agenda.keep(rows)


def insert(meeting: Meeting, item: Item) -> None:
    """Put the row of an item that was just presented at its place."""
    items = {**listed(meeting), item.getId(): item.listed}
    order = bodies.order(bodies.get(meeting.body))
    rows = agenda.insert(meeting.agenda.rows, items, item.getId(), order)
    meeting.agenda.keep(rows)
    log(meeting, "item_added", item=item.getId())


def take_off(meeting: Meeting, item: Item) -> None:
    """Take the row of an item away; the item says where it goes."""
    meeting.agenda.keep(agenda.remove(meeting.agenda.rows, item.getId()))
    log(meeting, "item_removed", item=item.getId())


def listed(meeting: Meeting) -> Mapping[str, Listed]:
    """Return what of each item on an agenda decides on its place; none is woken."""
    query = {"kind": "item", "meeting": meeting.getId()}
    return {row["key"]: listed_as(row) for row in store.rows(query).rows}


def after_cut_off(meeting: Meeting) -> frozenset[str]:
    """Return the keys of the items that came on an agenda after the time until which
    items were to come."""
    if meeting.cut_off is None:
        return frozenset()
    came = {
        entry.details.get("item", ""): entry.when
        for entry in entries(meeting)
        if entry.action == "item_added"
    }
    return frozenset(key for key, when in came.items() if when > meeting.cut_off)


def _closed(meeting: Meeting) -> Mapping[str, Listed]:
    """Return what ``listed`` does, of the items of the closed session only."""
    names = ("key", "privacy", "category", "service", "matter")
    query = {"kind": "item", "meeting": meeting.getId()}
    return {
        row[0]: listed_as(dict(zip(names, row, strict=True)))
        for row in store.columns(query, names)
        if row[1] != agenda.Privacy.OPEN
    }


def _heading(text: str) -> str:
    try:
        found = clean_line(text, TITLE_LIMIT)
    except InvalidValue as error:
        raise InvalidInput([Fault("heading", error.code, error.context)]) from error
    if not found:
        raise InvalidInput([Fault("heading", "required")])
    return found


def _require_movable(meeting: Meeting) -> None:
    require(meeting, MANAGE_MEETINGS)
    if meeting.state in (MeetingState.FROZEN, MeetingState.SITTING):
        raise MeetingFrozen()
    if meeting.state not in MOVABLE:
        raise MeetingDecided()
