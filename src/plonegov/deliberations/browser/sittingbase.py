"""What the pages of one sitting share: the way between them, its members, its numbers."""

from datetime import datetime
from functools import cached_property
from plonegov.core.api import now
from plonegov.core.errors import RecordNotFound
from plonegov.deliberations import _
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import store
from plonegov.deliberations.browser.meetingwords import meeting_title
from plonegov.deliberations.browser.posting import PostsVerbs
from plonegov.deliberations.browser.sittingwords import said
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.mandate import Mandate
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import numbers
from plonegov.deliberations.domain.attendance import presence
from plonegov.deliberations.domain.attendance import Slot
from plonegov.deliberations.domain.quorum import quorum
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.trace import Finding
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


#: The pages of a sitting, in the order of an evening.
TABS = {
    "sitting": _("tab_sitting", default="Sitting"),
    "attendance": _("tab_attendance", default="Attendance"),
    "closing": _("tab_closing", default="End of the sitting"),
    "minutes": _("tab_minutes", default="Minutes"),
}


class SittingBase(PostsVerbs):
    """Base of the pages on a meeting and on its items; ``meeting`` is a subclass's."""

    #: Macros: ``style``, ``trace``, ``ballot``, ``vote``.
    sitting_parts = ViewPageTemplateFile("templates/sitting_parts.pt")
    meeting: Meeting

    @property
    def meeting_url(self) -> str:
        return self.meeting.absolute_url()

    @cached_property
    def meeting_title(self) -> str:
        """Body and day of the meeting in words."""
        body = self.body_titles.get(self.meeting.body, self.meeting.body)
        return meeting_title(body, self.meeting.starts, self.language())

    @property
    def sits(self) -> bool:
        """Whether the meeting sits: only then something is entered."""
        return self.meeting.state == MeetingState.SITTING

    @cached_property
    def members(self) -> list[Mandate]:
        """The members in office on the day, by precedence."""
        return bodies.members(bodies.get(self.meeting.body), law.day_of(self.meeting))

    @cached_property
    def member_names(self) -> dict[str, str]:
        """Names of the members by their ids, by precedence; then of councillors whom a
        college called in."""
        return attendance.names_of(self.meeting)

    @cached_property
    def items(self) -> dict[str, Item]:
        """The items of the agenda by their keys, in its order."""
        return {item.getId(): item for item in agenda.items_of(self.meeting)}

    @cached_property
    def item_numbers(self) -> dict[str, int]:
        return numbers(self.meeting.agenda.rows)

    def next_undecided(self, after: str) -> Item | None:
        """Return the first item after one that is not decided, else the first at all."""
        keys = list(self.items)
        place = keys.index(after) + 1 if after in keys else 0
        for key in (*keys[place:], *keys[:place]):
            if self.items[key].state not in ENDS:
                return self.items[key]
        return None

    def item_of(self, key: str) -> Item:
        """Return an item of the agenda.

        :raises RecordNotFound: it does not stand there.
        """
        if key not in self.items:
            raise RecordNotFound()
        return self.items[key]

    def quorum_now(self, moment: datetime | None = None) -> Finding:
        """Return whether enough members are in the room to decide anything."""
        moment = moment or now()
        there = presence(
            attendance.attendance_of(self.meeting), Slot("", moment, moment)
        )
        return quorum(
            attendance.members_of(self.meeting),
            there,
            law.rules_of(self.meeting),
            call=self.meeting.call,
        )

    @cached_property
    def quorum_words(self) -> dict[str, Any]:
        """Whether there is a quorum now, in words."""
        found = self.quorum_now()
        return {"holds": found.holds, "lines": said(found.trace, self.language())}


class MeetingPage(SittingBase):
    """Base of the pages on a meeting; ``tab`` is the page's own name."""

    tab = ""

    @property
    def meeting(self) -> Meeting:
        return self.context

    @property
    def page_title(self) -> Message:
        return TABS[self.tab]

    @property
    def page_url(self) -> str:
        return f"{self.meeting_url}/{self.tab}"

    def tabs(self) -> list[dict[str, Any]]:
        """Return the pages of the sitting."""
        return [
            {
                "title": title,
                "url": f"{self.meeting_url}/{name}",
                "current": "page" if name == self.tab else None,
            }
            for name, title in TABS.items()
        ]

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        own = {"title": self.meeting_title, "url": f"{self.meeting_url}/meeting-page"}
        return [*super().page_breadcrumbs(), own]


class ItemPage(SittingBase):
    """Base of the pages on an item that stands on an agenda; ``page_name`` is its own."""

    page_name = ""

    @cached_property
    def meeting(self) -> Meeting:
        return store.meeting(self.context.meeting)

    @property
    def page_url(self) -> str:
        return f"{self.context.absolute_url()}/{self.page_name}"

    @property
    def number(self) -> int:
        return self.item_numbers.get(self.context.getId(), 0)

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        url = f"{self.meeting_url}/sitting"
        sitting = {"title": self.meeting_title, "url": url}
        return [*super().page_breadcrumbs(), sitting]
