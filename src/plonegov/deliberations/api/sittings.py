"""What is still open of a sitting, and what the rules of a meeting ask of it."""

from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import elections
from plonegov.deliberations.api import law
from plonegov.deliberations.api import meetings
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.errors import RemoteNotAllowed
from plonegov.deliberations.domain.meetingrules import MeetingFacts
from plonegov.deliberations.domain.meetingrules import Open
from plonegov.deliberations.domain.meetingrules import OpenPoint
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.refusals import SittingEnded
from plonegov.deliberations.domain.sessions import check_remote
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import MeetingTransition
from plonegov.deliberations.domain.states import NUMBERED


def meeting_facts(meeting: Meeting) -> MeetingFacts:
    """Return the facts of a meeting."""
    sits = meeting.state == MeetingState.SITTING
    return MeetingFacts(
        come=meetings.has_come(meeting),
        chair=bool(meeting.president and meeting.keeper),
        open=open_points(meeting) if sits else (),
        items=sum(row.is_item for row in meeting.agenda.rows),
        minutes_approved=meeting.minutes.adopted,
        not_remote=not_remote(meeting),
    )


def not_remote(meeting: Meeting) -> tuple[str, ...]:
    """Return the titles of the items that may not be dealt with at a distance, if the
    meeting is to sit so."""
    if not meeting.is_remote:
        return ()
    rules, found = law.rules_of(meeting), []
    for item in agenda.items_of(meeting):
        try:
            check_remote(
                Matter(item.matter), rules, extraordinary=meeting.extraordinary
            )
        except RemoteNotAllowed:
            found.append(item.title)
    return tuple(found)


def open_points(meeting: Meeting) -> tuple[Open, ...]:
    """Return all that is still open of a sitting, in the order of its agenda.

    Nothing is decided here: who closes a sitting mends each point first.
    """
    found = [point for item in agenda.items_of(meeting) for point in _of_item(item)]
    if not (meeting.president and meeting.keeper):
        found.append(Open(OpenPoint.SIGNATORY_MISSING))
    return tuple(found)


def end(meeting: Meeting) -> None:
    """End a sitting: its items get their numbers, all of them or none.

    :raises ActionNotAllowed: for the secretary only.
    :raises SittingEnded: it was ended before.
    :raises SittingOpen: something is still open (``open_points``).
    """
    if meeting.state in (MeetingState.DECIDED, MeetingState.CLOSED):
        raise SittingEnded()
    meetings.change(meeting, MeetingTransition.DECIDE)


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
    if not whole[-1]["quorum"]:
        return [Open(OpenPoint.QUORUM_DOUBTFUL, key)]
    return []
