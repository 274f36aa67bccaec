"""What is still open of a sitting, and what the rules of a meeting ask of it."""

from collections.abc import Mapping
from datetime import datetime
from plonegov.core.api import town_today
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import distance
from plonegov.deliberations.api import elections
from plonegov.deliberations.api import law
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import signing
from plonegov.deliberations.api import store
from plonegov.deliberations.api.cases import case_of
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.cases import electorate
from plonegov.deliberations.domain.cases import quorum_of
from plonegov.deliberations.domain.meetingrules import MeetingFacts
from plonegov.deliberations.domain.meetingrules import Open
from plonegov.deliberations.domain.meetingrules import OpenPoint
from plonegov.deliberations.domain.model import Document
from plonegov.deliberations.domain.model import Role
from plonegov.deliberations.domain.refusals import SittingEnded
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import MeetingTransition
from plonegov.deliberations.domain.states import NUMBERED
from typing import Any


#: What is signed of a sitting once it is over.
PAPERS = (Document.EXTRACT, Document.MINUTES)


def meeting_facts(meeting: Meeting) -> MeetingFacts:
    """Return the facts of a meeting."""
    sits = meeting.state == MeetingState.SITTING
    return MeetingFacts(
        come=meetings.has_come(meeting),
        chair=bool(meeting.president and meeting.keeper),
        open=open_points(meeting) if sits else (),
        items=sum(row.is_item for row in meeting.agenda.rows),
        minutes_approved=meeting.minutes.adopted,
        not_remote=distance.refused(meeting),
    )


def open_points(meeting: Meeting) -> tuple[Open, ...]:
    """Return all that is still open of a sitting, in the order of its agenda.

    Nothing is decided here: who closes a sitting mends each point first.
    """
    found = [point for item in agenda.items_of(meeting) for point in _of_item(item)]
    if not (meeting.president and meeting.keeper):
        found.append(Open(OpenPoint.CHAIR_MISSING))
    return (*found, *_unsigned(meeting))


def end(meeting: Meeting) -> None:
    """End a sitting: its items get their numbers, all of them or none.

    :raises ActionNotAllowed: for the secretary only.
    :raises SittingEnded: it was ended before.
    :raises SittingOpen: something is still open (``open_points``).
    """
    if meeting.state in (MeetingState.DECIDED, MeetingState.CLOSED):
        raise SittingEnded()
    meetings.change(meeting, MeetingTransition.DECIDE)


def _unsigned(meeting: Meeting) -> list[Open]:
    """Return the offices of which nobody could sign, today, what a sitting leaves; who
    keeps its minutes is named on the meeting."""
    day, roles = town_today(), {}
    for document in PAPERS:
        roles |= dict.fromkeys(signing.missing(meeting, document, day))
    return [
        Open(OpenPoint.SIGNATORY_MISSING, role=role)
        for role in roles
        if role is not Role.SECRETARY
    ]


def _of_item(item: Item) -> list[Open]:
    key = item.getId()
    if elections.is_open(item) and item.state in (ItemState.FROZEN, *NUMBERED):
        return [Open(OpenPoint.ELECTION_UNFINISHED, key)]
    if item.state not in ENDS:
        return [Open(OpenPoint.UNDECIDED, key)]
    if item.state not in NUMBERED:
        return []
    whole = [row for row in item.ballots.rows if row["whole"]]
    if not whole:
        return [Open(OpenPoint.RESULT_MISSING, key)]
    return (
        [] if _was_lawful(item, whole[-1]) else [Open(OpenPoint.QUORUM_DOUBTFUL, key)]
    )


def _was_lawful(item: Item, row: Mapping[str, Any]) -> bool:
    """Say whether a vote had its quorum, and who voted was there, by the log as it stands
    now: it may have been corrected since."""
    meeting = store.meeting(item.meeting)
    rules = law.rules_of(meeting)
    case = case_of(item, meeting, datetime.fromisoformat(row["at"]))
    voters, counts = electorate(case, rules).voters, row["result"]["counts"]
    others = sum(counts[name] for name in ("abstained", "blank", "void"))
    return (
        quorum_of(case, rules).holds
        and voters.issuperset(row["votes"])
        and row["result"]["base"] + others <= len(voters)
    )
