"""The facts of an item on which its body votes."""

from datetime import datetime
from plonegov.core.records.steps import require
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import store
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.cases import Case
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.modes import Requests
from plonegov.deliberations.domain.refusals import MeetingNotSitting
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.interfaces import MANAGE_MEETINGS


def sitting_of(item: Item) -> Meeting:
    """Return the meeting that sits on an item which is not decided yet.

    :raises ActionNotAllowed: for the secretary only.
    :raises MeetingNotSitting: the item's meeting does not sit, or the item is decided.
    """
    require(item, MANAGE_MEETINGS)
    meeting = store.meeting(item.meeting) if item.meeting else None
    sits = meeting is not None and meeting.state == MeetingState.SITTING
    if not sits or item.state != ItemState.FROZEN:
        raise MeetingNotSitting()
    return meeting


def case_of(
    item: Item,
    meeting: Meeting,
    moment: datetime,
    requests: Requests | None = None,
    urgent: bool = False,
) -> Case:
    """Return what must be known of an item to say what a vote on it means.

    :param moment: of the vote.
    """
    before = _made_from(item)
    ties = {one.meeting for one in before if _tied(one)} - {meeting.getId()}
    tied = bool(ties) or _tied(item)
    return Case(
        members=attendance.members_of(meeting),
        presence=attendance.presence_of(meeting, item, moment),
        president=meeting.president,
        matter=Matter(item.matter),
        proxies=attendance.proxies_of(meeting),
        call=meeting.call,
        repeated=_stood_before(before, meeting) and not item.late,
        requests=requests or Requests(),
        urgent=urgent,
        earlier_ties=len(ties),
        tied=tied,
        called=attendance.called_in(meeting, item) if tied else frozenset(),
    )


def _made_from(item: Item) -> list[Item]:
    """Return the items that one goes on from, the latest first: it was postponed, or
    sent on by another body."""
    records, found = store.deliberations().records, []
    while item.origin and (item := records.get_by_uid(item.origin)) is not None:
        found.append(item)
    return found


def _stood_before(before: list[Item], meeting: Meeting) -> bool:
    """Say whether an item stood on the agenda of every sitting that a further call
    follows (CDLD L1122-17; CGCT L2121-17).

    :param before: the items that it goes on from.
    """
    stood = {one.meeting for one in before if one.meeting}
    calls = 1
    while meeting.call_of in stood:
        meeting, calls = store.meeting(meeting.call_of), calls + 1
    return calls > 1 and not meeting.call_of


def _tied(item: Item) -> bool:
    """Say whether a vote on an item as a whole was equal."""
    verdicts = [row["result"]["verdict"] for row in item.ballots.rows if row["whole"]]
    return Verdict.TIED in verdicts
