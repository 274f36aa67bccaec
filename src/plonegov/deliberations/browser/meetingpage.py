"""``meeting-page``: one meeting with its facts, its agenda, the next step, its history."""

from collections.abc import Mapping
from functools import cached_property
from plonegov.core.api import now
from plonegov.core.errors import PlonegovError
from plonegov.core.records.events import entries
from plonegov.deliberations import _
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import reading
from plonegov.deliberations.browser.agendarows import AgendaRows
from plonegov.deliberations.browser.agendarows import candidates
from plonegov.deliberations.browser.base import DeskPage
from plonegov.deliberations.browser.events import history_row
from plonegov.deliberations.browser.meetingform import CALLS
from plonegov.deliberations.browser.meetingform import LABELS
from plonegov.deliberations.browser.meetinglinks import document_links
from plonegov.deliberations.browser.meetinglinks import page_links
from plonegov.deliberations.browser.meetinglist import MEETINGS
from plonegov.deliberations.browser.meetingsteps import mend_of
from plonegov.deliberations.browser.meetingsteps import steps_of
from plonegov.deliberations.browser.meetingwords import day_and_time
from plonegov.deliberations.browser.meetingwords import meeting_title
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.errors import RuleSetUnknown
from plonegov.deliberations.domain.refusals import AgendaChanged
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import TAKES_ITEMS
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.component import getMultiAdapter


#: Entries of the history that are shown at first.
SHOWN = 20
YES = _("label_yes", default="Yes")


class MeetingPage(DeskPage):
    """A meeting; who prepares it has the forms, the others read."""

    index = ViewPageTemplateFile("templates/meeting_page.pt")
    agenda_parts = ViewPageTemplateFile("templates/meeting_agenda.pt")
    panel_parts = ViewPageTemplateFile("templates/meeting_panel.pt")
    stale_parts = ViewPageTemplateFile("templates/meeting_stale.pt")
    labels = {
        "heading": _("agenda_heading_text", default="Text of the heading"),
        "reason": _("meeting_reason", default="Reason"),
        "number": _("agenda_number", default="Number"),
        "items": _("agenda_items", default="Items"),
    }
    stale_theirs = _("stale_theirs", default="The agenda as it is now")
    stale_mine = _("stale_mine", default="With your move")
    #: Both versions, where a colleague was faster (see ``refused``).
    stale: dict[str, Any] | None = None
    mend: dict[str, Any] | None = None

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        url = f"{self.desk_url}/meetings"
        return [*super().page_breadcrumbs(), {"title": self.say(MEETINGS), "url": url}]

    @property
    def page_title(self) -> str:
        meeting = self.context
        return meeting_title(self.body_title, meeting.starts, self.language())

    @property
    def body_title(self) -> str:
        """The title of the meeting's body."""
        return self.body_titles.get(self.context.body, self.context.body)

    @cached_property
    def base(self) -> str:
        """The address of the meeting."""
        return self.context.absolute_url()

    @cached_property
    def token(self) -> str:
        """The hidden field of the page's forms that shows that they are ours."""
        context = (self.context, self.request)
        return getMultiAdapter(context, name="authenticator").authenticator()

    @property
    def state(self) -> dict[str, Any]:
        """Title and tag of the meeting's state."""
        return self.meeting_state(self.context.state)

    @cached_property
    def manages(self) -> bool:
        """Whether who looks at the page prepares the meeting."""
        return reading.may_manage(self.context)

    @property
    def changeable(self) -> bool:
        """Whether the facts of the meeting may be changed."""
        return self.manages and self.context.state in TAKES_ITEMS

    # Facts

    @property
    def when(self) -> str:
        """Day and time of the meeting."""
        return day_and_time(self.context.starts, self.language())

    @cached_property
    def until(self) -> dict[str, Any] | None:
        """The last day to convene it, and whether it is over; None: nothing to say."""
        meeting = self.context
        if not self.manages or meeting.state != MeetingState.CREATED:
            return None
        body, day = bodies.get(meeting.body), law.day_of(meeting)
        try:
            found = law.convene_until(
                body, day, number=meeting.call, fixed_day=meeting.fixed_day
            )
        except (NoRuleInForce, RuleSetUnknown):
            return None
        if found is None:
            return None
        return {"day": self.day(found), "over": found < meetings.today_of(meeting)}

    @property
    def facts(self) -> list[dict[str, Any]]:
        """What is known of the meeting: title and text of each fact."""
        meeting, language = self.context, self.language()
        cut_off = meeting.cut_off and day_and_time(meeting.cut_off, language)
        call = self.say(CALLS[meeting.call]) if meeting.call > 1 else ""
        found = (
            (_("fact_cut_off", default="Items come until"), cut_off),
            (LABELS["president"], self.president),
            (LABELS["keeper"], self.keeper),
            (_("fact_call", default="Convocation"), call),
            (LABELS["fixed_day"], meeting.fixed_day and self.say(YES)),
            (_("fact_urgency", default="Urgent, because"), meeting.urgency),
            (_("fact_remote", default="At a distance, by"), meeting.remote_tool),
            (LABELS["remote_reason"], meeting.remote_reason),
            (LABELS["extraordinary"], meeting.extraordinary and self.say(YES)),
        )
        return [{"title": title, "text": text} for title, text in found if text]

    @property
    def president(self) -> str:
        """The name of who presides, or ""."""
        held = bodies.members(bodies.get(self.context.body), law.day_of(self.context))
        names = {mandate.UID(): mandate.title for mandate in held}
        return names.get(self.context.president, "")

    @property
    def keeper(self) -> str:
        """The name of who keeps the minutes, or ""."""
        held = bodies.functions(law.day_of(self.context))
        names = {function.UID(): function.title for function in held}
        return names.get(self.context.keeper, "")

    # The agenda

    @cached_property
    def agenda(self) -> AgendaRows:
        """The rows of the agenda."""
        return AgendaRows(self.context, self, self.manages)

    @cached_property
    def takes_items(self) -> bool:
        """Whether items may still be put on the agenda."""
        return self.manages and self.context.state in TAKES_ITEMS

    @cached_property
    def candidates(self) -> list[dict[str, Any]]:
        """The validated items of the body, those that wish for this meeting first."""
        return candidates(self.context, self) if self.takes_items else []

    @property
    def cut_off_over(self) -> str:
        """The time until which items were to come, in words, once it is over; else ""."""
        moment = self.context.cut_off
        if moment is None or now() <= moment:
            return ""
        return day_and_time(moment, self.language())

    def is_typed(self, key: str) -> bool:
        """Say whether an item was ticked when the form was sent."""
        found = self.typed.get("items", ())
        return key in ([found] if isinstance(found, str) else found)

    @property
    def history_length(self) -> int:
        """How many entries the whole history has."""
        return len(entries(self.context))

    @property
    def whole_history(self) -> bool:
        """Whether the page shows all of it."""
        return self.request.form.get("history") == "all" or self.history_length <= SHOWN

    def history(self) -> list[dict[str, Any]]:
        """Return what happened with the meeting, the latest first; not all at once."""
        rows = entries(self.context)[::-1]
        shown = rows if self.whole_history else rows[:SHOWN]
        return [history_row(entry, self, self.names) for entry in shown]

    # The next step

    @cached_property
    def steps(self) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
        """The step that comes next, and the others."""
        return steps_of(self.context)

    @property
    def pages(self) -> list[dict[str, Any]]:
        """Links to the meeting's other pages."""
        return page_links(self.context, self.manages)

    @property
    def documents(self) -> list[dict[str, Any]]:
        """Links to the meeting's documents."""
        return document_links(self.context, self.manages)

    # Refusals

    def refused(self, error: PlonegovError, typed: Mapping[str, Any]) -> str:
        """Show the page again with what was wrong, and both versions of the agenda
        where a colleague was faster."""
        self.mend = mend_of(self.context, error.code)
        if isinstance(error, AgendaChanged):
            context = error.context
            key = str(typed.get("key", ""))
            self.stale = {
                "theirs": self.agenda.as_text(context["theirs"]),
                "mine": self.agenda.as_text(context["mine"]),
                "key": key,
                "to": list(context["mine"]).index(key),
                "serial": context["serial"],
            }
        return self.again(error, typed)
