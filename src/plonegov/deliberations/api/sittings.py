"""What is still open of a sitting, and what the rules of a meeting ask of it."""

from collections.abc import Mapping
from datetime import datetime
from plonegov.core.api import town_today
from plonegov.core.records.events import log
from plonegov.core.records.steps import require
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import distance
from plonegov.deliberations.api import elections
from plonegov.deliberations.api import law
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import signing
from plonegov.deliberations.api import store
from plonegov.deliberations.api.cases import case_of
from plonegov.deliberations.api.html import is_empty
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.cases import electorate
from plonegov.deliberations.domain.cases import quorum_of
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.formalities import Due
from plonegov.deliberations.domain.formalities import publish_until
from plonegov.deliberations.domain.meetingrules import MeetingFacts
from plonegov.deliberations.domain.meetingrules import Open
from plonegov.deliberations.domain.meetingrules import OpenPoint
from plonegov.deliberations.domain.model import Document
from plonegov.deliberations.domain.model import Publication
from plonegov.deliberations.domain.model import Role
from plonegov.deliberations.domain.publishing import OVER
from plonegov.deliberations.domain.refusals import MeetingNotSitting
from plonegov.deliberations.domain.refusals import SittingEnded
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import MeetingTransition
from plonegov.deliberations.domain.states import NUMBERED
from plonegov.deliberations.domain.trace import Line
from plonegov.deliberations.domain.urgency import call_urgency
from plonegov.deliberations.domain.urgency import Judged
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
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
    if call_to_judge(meeting) is not None and not meeting.call_judged:
        found.append(Open(OpenPoint.CALL_NOT_JUDGED))
    if not (meeting.president and meeting.keeper):
        found.append(Open(OpenPoint.CHAIR_MISSING))
    return (*found, *_unsigned(meeting))


def call_to_judge(meeting: Meeting) -> Line | None:
    """Return why the body says, when the sitting opens, whether its call was urgent;
    None: the call was not, or the law leaves that to who calls."""
    return call_urgency(law.rules_of(meeting)) if meeting.urgency else None


def judge_call(meeting: Meeting, found: Judged) -> None:
    """Note what the body found of the urgency of its call (CGCT, articles L2121-11 and
    L2121-12).

    :raises ActionNotAllowed: for the secretary only.
    :raises MeetingNotSitting: the sitting is not open.
    :raises NoRuleInForce: nobody asks the body.
    """
    require(meeting, MANAGE_MEETINGS)
    if meeting.state != MeetingState.SITTING:
        raise MeetingNotSitting()
    if call_to_judge(meeting) is None:
        raise NoRuleInForce()
    meeting.call_judged = str(found)
    log(meeting, f"call_judged_{found}")


def list_due(meeting: Meeting) -> Due | None:
    """Return until when the list of what a sitting decided is published, None: the law
    does not ask for it, or the sitting is not over."""
    if meeting.state not in OVER:
        return None
    day = law.day_of(meeting)
    return publish_until(Publication.LIST, day, law.rules_of(meeting))


def end(meeting: Meeting) -> None:
    """End a sitting: its items get their numbers, all of them or none.

    :raises ActionNotAllowed: for the secretary only.
    :raises SittingEnded: it was ended before.
    :raises SittingOpen: something is still open (``open_points``).
    """
    if meeting.state in OVER:
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
    if is_empty(item.decision):
        return [Open(OpenPoint.DECISION_EMPTY, key)]
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
