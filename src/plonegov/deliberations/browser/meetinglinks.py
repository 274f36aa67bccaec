"""Where one goes from a meeting: its pages and documents, by its state."""

from plonegov.deliberations import _
from plonegov.deliberations.api import late
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import READ_BY_MEMBERS
from zope.i18nmessageid import Message


CREATED, CONVENED = MeetingState.CREATED, MeetingState.CONVENED
FROZEN, SITTING = MeetingState.FROZEN, MeetingState.SITTING
DECIDED, CLOSED = MeetingState.DECIDED, MeetingState.CLOSED
HELD = (SITTING, DECIDED, CLOSED)
PREPARED = (CREATED, CONVENED, FROZEN)

#: View, what it is called, in which states it makes sense.
PAGES: tuple[tuple[str, Message, tuple[MeetingState, ...]], ...] = (
    (
        "convening",
        _("link_convening", default="Convocation: sending and proof"),
        (CREATED, *READ_BY_MEMBERS),
    ),
    ("attendance", _("link_attendance", default="Attendance"), (FROZEN, *HELD)),
    ("sitting", _("link_sitting", default="The sitting"), (SITTING,)),
    ("closing", _("link_closing", default="What is still open"), (SITTING, DECIDED)),
    ("minutes", _("link_minutes", default="Minutes"), HELD),
    ("extracts", _("link_extracts", default="Extracts"), (DECIDED, CLOSED)),
)
DOCUMENTS: tuple[tuple[str, Message, tuple[MeetingState, ...]], ...] = (
    (
        "convocation.pdf",
        _("link_convocation_pdf", default="Convocation (PDF)"),
        (CREATED, *READ_BY_MEMBERS),
    ),
    (
        "agenda.pdf",
        _("link_agenda_pdf", default="Agenda (PDF)"),
        (CREATED, *READ_BY_MEMBERS),
    ),
    (
        "attendance.pdf",
        _("link_attendance_pdf", default="Attendance list (PDF)"),
        (FROZEN, *HELD),
    ),
    ("minutes.pdf", _("link_minutes_pdf", default="Minutes (PDF)"), (DECIDED, CLOSED)),
)
LATE = _("link_late_item", default="Add an item")
#: What the members of the body read, too.
FOR_MEMBERS = ("agenda.pdf", "convocation.pdf")


def page_links(meeting: Meeting, manages: bool) -> list[dict[str, str | Message]]:
    """Return title and address of the pages of a meeting that are of use in its state.

    :param manages: whether who looks prepares the meeting; others have none of them, but
        a member in time may add an item.
    """
    rows = PAGES if manages else ()
    if late.may_propose(meeting):
        rows = (*rows, ("add-late-item", LATE, (meeting.state,)))
    return _links(meeting, rows)


def document_links(meeting: Meeting, manages: bool) -> list[dict[str, str | Message]]:
    """Return title and address of the documents of a meeting that its state has.

    :param manages: whether who looks prepares the meeting; members have fewer.
    """
    rows = [row for row in DOCUMENTS if manages or row[0] in FOR_MEMBERS]
    return _links(meeting, rows)


def _links(meeting: Meeting, rows) -> list[dict[str, str | Message]]:
    base, state = meeting.absolute_url(), meeting.state
    return [
        {"name": name, "title": title, "url": f"{base}/{name}"}
        for name, title, states in rows
        if state in states
    ]
