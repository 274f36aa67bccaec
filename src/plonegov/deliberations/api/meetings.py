"""What the secretary does with meetings."""

from collections.abc import Mapping
from datetime import datetime
from plone import api
from plonegov.core.api import now
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.records.events import log
from plonegov.core.records.keeping import begin
from plonegov.core.records.keeping import free_key
from plonegov.core.records.keeping import keep
from plonegov.core.records.steps import step
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import store
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.meetingvalues import read_meeting
from plonegov.deliberations.domain.states import TAKES_ITEMS
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
from plonegov.deliberations.interfaces import RecordChanged
from typing import Any
from zope.event import notify


def plan(body_id: str, values: Mapping[str, Any]) -> Meeting:
    """Plan a meeting of a body.

    :param values: starts, place, cut_off, call, call_of, urgency, remote_reason,
        remote_tool (see ``domain.meetingvalues``).
    :raises ActionNotAllowed: for the secretary only.
    :raises InvalidInput: with all that is wrong.
    :raises RecordNotFound: there is no such body.
    """
    body, container = bodies.get(body_id), store.deliberations()
    if not api.user.has_permission(MANAGE_MEETINGS, obj=container):
        raise ActionNotAllowed()
    found = _read({"starts": None, **values})
    made = Meeting(id=free_key(container.records), body=body.getId(), **found)
    meeting = keep(container, made)
    log(meeting, "planned")
    begin(meeting)
    return meeting


def edit(meeting: Meeting, values: Mapping[str, Any]) -> None:
    """Write other facts of a meeting.

    :raises ActionNotAllowed: for the secretary only, and not once it was held.
    :raises InvalidInput: with all that is wrong; nothing was written.
    """
    allowed = api.user.has_permission(MANAGE_MEETINGS, obj=meeting)
    if not allowed or meeting.state not in TAKES_ITEMS:
        raise ActionNotAllowed(state=meeting.state)
    found = _read(values)
    changed = {
        name: value for name, value in found.items() if getattr(meeting, name) != value
    }
    for name, value in changed.items():
        setattr(meeting, name, value)
    if changed:
        log(meeting, "edited", fields=sorted(changed))
        meeting.reindexObject()
        notify(RecordChanged(meeting))


def change(meeting: Meeting, transition: str, **data: Any) -> None:
    """Do a transition of a meeting's workflow, with the data that its rule asks for.

    :param data: ``reason``.
    :raises ActionNotAllowed: not the current user, or not in this state.
    :raises StepRefused: a rule of ``domain.meetingrules`` is broken.
    """
    step(meeting, transition, **data)


def taking_items(body: Body) -> list[dict[str, Any]]:
    """Return rows of the meetings of a body on whose agendas items may still come, the
    next one first."""
    states = list(map(str, TAKES_ITEMS))
    query = {"kind": "meeting", "body": body.getId(), "state": states}
    return store.rows(query, "day").rows


def has_come(meeting: Meeting, moment: datetime | None = None) -> bool:
    """Say whether the day of a meeting has come, in the town's time."""
    today = (moment or now()).astimezone(meeting.starts.tzinfo).date()
    return meeting.starts.date() <= today


def _read(values: Mapping[str, Any]) -> dict[str, Any]:
    faults: list[Fault] = []
    found = read_meeting(values, faults)
    if faults:
        raise InvalidInput(faults)
    return found
