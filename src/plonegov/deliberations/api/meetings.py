"""What the secretary does with meetings."""

from collections.abc import Mapping
from datetime import date
from datetime import datetime
from plonegov.core.api import now
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.records.events import log
from plonegov.core.records.keeping import begin
from plonegov.core.records.keeping import free_key
from plonegov.core.records.keeping import keep
from plonegov.core.records.steps import require
from plonegov.core.records.steps import step
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import distance
from plonegov.deliberations.api import store
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.meetingvalues import read_meeting
from plonegov.deliberations.domain.refusals import MeetingConvened
from plonegov.deliberations.domain.refusals import NotRemotely
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import READ_BY_MEMBERS
from plonegov.deliberations.domain.states import TAKES_ITEMS
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
from plonegov.deliberations.interfaces import RecordChanged
from typing import Any
from zope.event import notify


#: What the members were called to.
CALLED_TO = frozenset(("starts", "call", "call_of", "fixed_day"))
#: So many earlier meetings of a body can have lacked the quorum that is made up for.
EARLIER = 12


def plan(body_id: str, values: Mapping[str, Any]) -> Meeting:
    """Plan a meeting of a body.

    :param values: starts, place, cut_off, call, call_of, urgency, remote_reason,
        remote_tool, fixed_day, extraordinary, president, keeper (see
        ``domain.meetingvalues``).
    :raises ActionNotAllowed: for the secretary only.
    :raises InvalidInput: with all that is wrong.
    :raises RecordNotFound: there is no such body.
    """
    body, container = bodies.get(body_id), store.deliberations()
    require(container, MANAGE_MEETINGS)
    found = _read({"starts": None, **values})
    _check_people(body, found["starts"].date(), found)
    _check_earlier(body, found)
    made = Meeting(id=free_key(container.records), body=body.getId(), **found)
    meeting = keep(container, made)
    log(meeting, "planned")
    begin(meeting)
    return meeting


def edit(meeting: Meeting, values: Mapping[str, Any]) -> None:
    """Write other facts of a meeting.

    :raises ActionNotAllowed: for the secretary only, and not once it was held.
    :raises InvalidInput: with all that is wrong; nothing was written.
    :raises MeetingConvened: its members were called to another day, or another call.
    :raises NotRemotely: the law does not let it deal with its items at a distance; the
        transaction is to be aborted.
    """
    require(meeting, MANAGE_MEETINGS)
    if meeting.state not in TAKES_ITEMS:
        raise ActionNotAllowed(state=meeting.state)
    found, body = _read(values), bodies.get(meeting.body)
    changed = {
        name: value for name, value in found.items() if getattr(meeting, name) != value
    }
    if meeting.state != MeetingState.CREATED and not CALLED_TO.isdisjoint(changed):
        raise MeetingConvened()
    starts = found.get("starts", meeting.starts)
    _check_people(body, starts.date(), found if "starts" in changed else changed)
    _check_earlier(body, changed, meeting)
    for name, value in changed.items():
        setattr(meeting, name, value)
    if meeting.state != MeetingState.CREATED and (left := distance.refused(meeting)):
        raise NotRemotely(items=", ".join(left))
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


def earlier(body: Body, meeting: Meeting | None = None) -> list[dict[str, Any]]:
    """Return rows of the meetings of a body that a further call may follow, the latest
    first: those that were called and not cancelled.

    :param meeting: the one that is called anew; it follows others than itself.
    """
    states = [str(state) for state in READ_BY_MEMBERS if state != MeetingState.CONVENED]
    query = {"kind": "meeting", "body": body.getId(), "state": states}
    own = meeting.getId() if meeting is not None else ""
    rows = store.rows(query, "day", reverse=True, size=EARLIER).rows
    return [row for row in rows if row["key"] != own]


def taking_items(body: Body) -> list[dict[str, Any]]:
    """Return rows of the meetings of a body on whose agendas items may still come, the
    next one first."""
    states = list(map(str, TAKES_ITEMS))
    query = {"kind": "meeting", "body": body.getId(), "state": states}
    return store.rows(query, "day").rows


def today_of(meeting: Meeting, moment: datetime | None = None) -> date:
    """Return the day that it is where a meeting takes place."""
    return (moment or now()).astimezone(meeting.starts.tzinfo).date()


def has_come(meeting: Meeting, moment: datetime | None = None) -> bool:
    """Say whether the day of a meeting has come, in the town's time."""
    return meeting.starts.date() <= today_of(meeting, moment)


def _read(values: Mapping[str, Any]) -> dict[str, Any]:
    faults: list[Fault] = []
    found = read_meeting(values, faults)
    if faults:
        raise InvalidInput(faults)
    return found


def _check_people(body: Body, day: date, values: Mapping[str, Any]) -> None:
    """Refuse who is not in office on the day of a meeting.

    :raises InvalidInput: ``president`` is no member of the body, or ``keeper`` holds no
        function on that day.
    """
    offered = {
        "president": bodies.members(body, day),
        "keeper": bodies.functions(day),
    }
    faults = [
        Fault(name, "not_in_office", {"day": day.isoformat()})
        for name, people in offered.items()
        if values.get(name) and values[name] not in {one.UID() for one in people}
    ]
    if faults:
        raise InvalidInput(faults)


def _check_earlier(
    body: Body, values: Mapping[str, Any], meeting: Meeting | None = None
) -> None:
    """Refuse a further call that follows no meeting of its body.

    :raises InvalidInput: ``call_of`` is no earlier meeting of the body.
    """
    wanted = values.get("call_of")
    if wanted and wanted not in {row["key"] for row in earlier(body, meeting)}:
        raise InvalidInput([Fault("call_of", "meeting_unknown")])
