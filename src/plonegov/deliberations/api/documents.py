"""The documents of a sitting as PDF, for who is signed in.

Members and the secretary read all of it. Others of the town's staff who may read the
meeting get the texts of the items that they may read; the rest is named as reserved.
Confidential annexes stand in no document.
"""

from plone import api
from plonegov.deliberations.adapters import callpapers
from plonegov.deliberations.adapters import papers
from plonegov.deliberations.adapters import sittingpapers
from plonegov.deliberations.adapters.papers import Reads
from plonegov.deliberations.adapters.roles import reads as is_member
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.states import READ_BY_MEMBERS
from plonegov.deliberations.interfaces import MANAGE_MEETINGS


def convocation(meeting: Meeting) -> bytes:
    """Return the convocation: as it was sent, for who got it; else as it would be."""
    sent = meeting.state in READ_BY_MEMBERS and meeting.called
    if sent and reads_all(meeting):
        return meeting.called[-1]["file"].data
    return callpapers.convocation(meeting, reader(meeting)).pdf()


def agenda(meeting: Meeting) -> bytes:
    """Return the agenda as it stands."""
    return callpapers.agenda_paper(meeting, reader(meeting)).pdf()


def attendance(meeting: Meeting) -> bytes:
    """Return the attendance list as it stands."""
    return sittingpapers.attendance_list(meeting).pdf()


def minutes(meeting: Meeting) -> bytes:
    """Return the minutes as they stand, or what would be generated.

    Those that the town sealed are for who reads all of them.
    """
    file = meeting.minutes.sealed.get("file")
    if file is not None and reads_all(meeting):
        return file.data
    return sittingpapers.minutes_paper(meeting, reader(meeting)).pdf()


def reader(meeting: Meeting) -> Reads:
    """Return what says of an item whether the current user reads its texts."""
    return papers.everything if reads_all(meeting) else _reads


def reads_all(meeting: Meeting) -> bool:
    """Say whether the current user reads all items of a meeting."""
    user = api.user.get_current().getId() or ""
    manages = api.user.has_permission(MANAGE_MEETINGS, obj=meeting)
    return manages or is_member(user, meeting)


def _reads(item: Item) -> bool:
    return api.user.has_permission("View", obj=item)
