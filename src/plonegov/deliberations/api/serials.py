"""Whether a meeting and its items are still as they were when a document was made."""

from datetime import date
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.content.meeting import Meeting
from typing import Any


def serial(meeting: Meeting, day: date) -> tuple[bytes, ...]:
    """Return the serials of all that a meeting's documents are made of on a day."""
    parts: list[Any] = [meeting, meeting.agenda, meeting.attendance, meeting.minutes]
    for item in agenda.items_of(meeting):
        parts += [item, item.ballots]
    parts += bodies.members(bodies.get(meeting.body), meeting.starts.date())
    parts += bodies.functions(day)
    return tuple(_serial(part) for part in parts)


def _serial(part: Any) -> bytes:
    part._p_activate()
    return part._p_serial
