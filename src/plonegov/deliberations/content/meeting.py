from AccessControl.class_init import InitializeClass
from AccessControl.SecurityInfo import ClassSecurityInfo
from plone.supermodel import model
from plonegov.core.records.interfaces import IRecordIndexes
from plonegov.core.records.record import Record
from plonegov.deliberations import _
from plonegov.deliberations.content.lives import last_of
from plonegov.deliberations.domain.states import READ_BY_MEMBERS
from plonegov.deliberations.storage.agenda import Agenda
from plonegov.deliberations.storage.attendance import AttendanceLog
from plonegov.deliberations.storage.minutes import Minutes
from typing import Any
from zope import schema
from zope.component import adapter
from zope.interface import implementer


WORKFLOW = "plonegov_meeting_workflow"


class IMeeting(model.Schema):
    """A sitting of a body; its changes go through ``plonegov.deliberations.api``."""

    starts = schema.Datetime(title=_("meeting_starts", default="Day and time"))
    place = schema.TextLine(title=_("meeting_place", default="Place"), required=False)


@implementer(IMeeting)
class Meeting(Record):
    """A meeting: when, of which body, what is on its agenda, who was there.

    ``starts`` and ``cut_off`` (until when items come) are aware. ``call`` counts the
    convocations to the same matters: 1, or 2 and 3 after a lack of quorum at the meeting
    ``call_of`` (its key). ``remote_reason`` and ``remote_tool`` are of a remote sitting, in
    ``extraordinary`` times or not,
    ``urgency`` the reason of a convocation below the legal delay (``call_judged``: what the
    body found of it, a ``domain.urgency.Judged``, or ""); ``fixed_day``: the body
    meets on that day anyway. ``convocation`` are rows, one for each try to reach a
    member (see ``domain.convening``); ``called`` are the convocations as they were sent
    (``paper_wanted``: when one was wanted last),
    ``extracted`` what was asked and made of the extracts of its decisions. ``president`` and ``keeper`` name
    who presides (a mandate) and who keeps the minutes (a function). ``announced`` is when
    and where one that was called off was to take place, as the public was told;
    ``public_papers`` are the files that the public gets, by name (``api.publicpapers``).

    The class gives no types: its ``__annotations__`` are zope.annotation's.
    """

    portal_type = "plonegov.Meeting"

    security = ClassSecurityInfo()
    for _name in (
        "agenda",
        "attendance",
        "minutes",
        "convocation",
        "called",
        "extracted",
        "public_papers",
        "events",
        "event_parts",
    ):
        security.declarePrivate(_name)

    body = ""
    starts = None
    cut_off = None
    place = ""
    call = 1
    call_of = ""
    remote_reason = ""
    remote_tool = ""
    urgency = ""
    fixed_day = False
    extraordinary = False
    convened = None
    paper_wanted = None
    convocation = ()
    called = ()
    extracted = {}
    president = ""
    keeper = ""
    announced = ()
    public_papers = {}
    call_judged = ""
    events = ()
    event_parts = {}

    def __init__(self, id=None, **kwargs):
        super().__init__(id)
        self.agenda = Agenda()
        self.attendance = AttendanceLog()
        self.minutes = Minutes()
        for name, value in kwargs.items():
            setattr(self, name, value)

    def Title(self) -> str:
        return f"{self.body} {self.starts:%Y-%m-%d}"

    @property
    def state(self) -> str:
        """The state of the meeting's workflow, without a look-up of the tool."""
        return last_of(self, WORKFLOW)

    @property
    def when_and_where(self) -> tuple[str, str]:
        """When it starts (ISO time), and where."""
        return (self.starts.isoformat(timespec="minutes"), self.place)

    @property
    def is_remote(self) -> bool:
        """Whether the members sit apart."""
        return bool(self.remote_tool)


InitializeClass(Meeting)


@implementer(IRecordIndexes)
@adapter(IMeeting)
class MeetingIndexes:
    """What the catalog of the deliberations holds of a meeting."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting

    def values(self) -> dict[str, Any]:
        meeting = self.meeting
        return {
            "key": meeting.getId(),
            "uid": meeting.UID(),
            "kind": "meeting",
            "body": meeting.body,
            "state": meeting.state,
            "service": "",
            "category": "",
            "meeting": "",
            "wish": "",
            "day": meeting.starts.date().toordinal(),
            "supervision": "",
            "title": meeting.place,
            "privacy": "",
            "matter": "",
            "late": False,
            "outdated": 0,
            "number": 0,
            "registered": 0,
            "due": 0,
            "changed": meeting.starts.isoformat(timespec="minutes"),
            "actor": "",
            "readers": (),
            "awaited": (),
            "advice_due": "",
            "announced": self._announced(),
            "sequence": len(meeting.events),
            "touched": meeting.events[-1][0] if meeting.events else "",
        }

    def _announced(self) -> tuple[str, ...]:
        """Return when and where the public knows it to take place; nothing: it was never
        convened. What is changed after it was called off is nobody's outside."""
        meeting = self.meeting
        open_ = meeting.state in READ_BY_MEMBERS
        return meeting.when_and_where if open_ else meeting.announced
