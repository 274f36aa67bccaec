"""The facts of an item on which its body votes."""

from datetime import datetime
from plonegov.core.records.steps import require
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import store
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.cases import Case
from plonegov.deliberations.domain.model import Matter
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
    ties = [row for row in item.ballots.rows if row["result"]["verdict"] == "tied"]
    return Case(
        members=attendance.members_of(meeting),
        presence=attendance.presence_of(meeting, item, moment),
        president=meeting.president,
        matter=Matter(item.matter),
        proxies=attendance.proxies_of(meeting),
        call=meeting.call,
        repeated=bool(meeting.call_of) and not item.late,
        requests=requests or Requests(),
        urgent=urgent,
        earlier_ties=len(ties),
    )
