"""``plan-meeting`` and ``edit-meeting``: one form for the facts of a meeting."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from plonegov.core.api import town_today
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.theme.page import PostsToItself
from plonegov.core.typed.reader import iso_date
from plonegov.deliberations import _
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import meetings
from plonegov.deliberations.browser.meetingform import at_fields
from plonegov.deliberations.browser.meetingform import FLAGS
from plonegov.deliberations.browser.meetingform import MeetingForm
from plonegov.deliberations.browser.meetingform import PEOPLE
from plonegov.deliberations.browser.meetingform import TEXTS
from plonegov.deliberations.browser.meetingform import typed_text
from plonegov.deliberations.browser.meetingform import values_of
from plonegov.deliberations.browser.meetingwords import meeting_title
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.errors import RuleSetUnknown
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import TAKES_ITEMS
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


class MeetingFacts(PostsToItself, MeetingForm):
    """Base of both pages."""

    index = ViewPageTemplateFile("templates/meeting_form.pt")

    def placed(self, error: PlonegovError) -> PlonegovError:
        return at_fields(error) if isinstance(error, InvalidInput) else error

    #: Whether the members were called already: then the day is only told.
    convened = False
    is_new = False
    nobody = _("choice_nobody", default="Nobody yet")
    none_of_them = _("choice_none", default="None")
    fixed_day_hint = _(
        "meeting_fixed_day_hint",
        default="A college that meets every week needs no convocation for that day.",
    )
    urgency_hint = _(
        "meeting_urgency_hint",
        default="Below the legal delay a convocation needs this reason; it is kept.",
    )
    remote_hint = _(
        "meeting_remote_hint",
        default="Empty: the members meet in the room. The law does not let everything "
        "be dealt with at a distance.",
    )


class PlanMeeting(MeetingFacts):
    """A new meeting of a body."""

    page_title = _("page_plan_meeting", default="Plan a meeting")
    button = _("button_keep_meeting", default="Plan the meeting")
    done = _("meeting_planned", default="The meeting is planned.")
    is_new = True

    @property
    def action(self) -> str:
        """Where the form is sent."""
        return f"{self.desk_url}/plan-meeting"

    def save(self, form: Mapping[str, Any]) -> str:
        body_id = typed_text(form, "body")
        if body_id not in self.body_titles:
            names = ", ".join(self.body_titles.values())
            raise InvalidInput([Fault("body", "unknown_choice", {"allowed": names})])
        return meetings.plan(body_id, values_of(form)).absolute_url()

    @property
    def leave_url(self) -> str:
        """Where one goes who changes nothing."""
        return f"{self.desk_url}/meetings"

    @property
    def stored(self) -> dict[str, Any]:
        return {"body": typed_text(self.request.form, "body"), "call": 1}

    @property
    def day_in_office(self) -> date:
        return _typed_day(self.typed) or town_today()

    @cached_property
    def delays(self) -> list[dict[str, Any]]:
        """What the law wants of each body's convocation, if it went out today."""
        return [
            {"body": self.body_titles[body.getId()], "day": self.day(day)}
            for body in self.body_options
            if (day := _earliest(body)) is not None
        ]

    @property
    def until(self) -> str:
        """The last day to convene the meeting that was typed, in words, or ""."""
        body_id, day = typed_text(self.typed, "body"), _typed_day(self.typed)
        if body_id not in self.body_titles or day is None:
            return ""
        return self.until_of(bodies.get(body_id), day, self.typed)

    def until_of(self, body: Body, day: date, facts: Mapping[str, Any]) -> str:
        """Return the last day to convene a body, in words, or "" where there is none."""
        call = str(facts.get("call") or 1)
        number = int(call) if call in ("1", "2", "3") else 1
        fixed = bool(facts.get("fixed_day"))
        try:
            found = law.convene_until(body, day, number=number, fixed_day=fixed)
        except (NoRuleInForce, RuleSetUnknown):
            return ""
        return self.day(found) if found else ""


class EditMeeting(PlanMeeting):
    """Other facts of a meeting that was planned."""

    page_title = _("page_edit_meeting", default="Change the meeting")
    button = _("button_save_meeting", default="Save")
    done = _("meeting_saved", default="The meeting is saved.")
    is_new = False
    delays = ()

    def __call__(self) -> str:
        if self.context.state not in TAKES_ITEMS:
            raise ActionNotAllowed(state=self.context.state)
        return super().__call__()

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        meeting = self.context
        title = meeting_title(
            self.body_titles[meeting.body], meeting.starts, self.language()
        )
        crumb = {"title": title, "url": meeting.absolute_url()}
        return [*super().page_breadcrumbs(), crumb]

    @property
    def action(self) -> str:
        return f"{self.context.absolute_url()}/edit-meeting"

    @property
    def leave_url(self) -> str:
        return self.context.absolute_url()

    @property
    def convened(self) -> bool:
        return self.context.state != MeetingState.CREATED

    def save(self, form: Mapping[str, Any]) -> str:
        kept = self.stored if self.convened else {}
        names = ("day", "time", "call", "call_of", "fixed_day")
        told = {name: kept[name] for name in names if name in kept}
        meetings.edit(self.context, values_of({**form, **told}))
        return self.context.absolute_url()

    @cached_property
    def stored(self) -> dict[str, Any]:
        meeting = self.context
        found = {"day": f"{meeting.starts:%Y-%m-%d}", "time": f"{meeting.starts:%H:%M}"}
        if meeting.cut_off:
            found["cut_off_day"] = f"{meeting.cut_off:%Y-%m-%d}"
            found["cut_off_time"] = f"{meeting.cut_off:%H:%M}"
        names = (*TEXTS, *PEOPLE, *FLAGS)
        found["call"] = str(meeting.call)
        return found | {name: getattr(meeting, name) for name in names}

    @cached_property
    def body_options(self) -> list[Body]:
        return [bodies.get(self.context.body)]

    @property
    def day_in_office(self) -> date:
        return _typed_day(self.typed) or self.context.starts.date()

    @property
    def until(self) -> str:
        facts = {**self.stored, **self.typed}
        if self.typed and "fixed_day" not in self.typed:
            facts["fixed_day"] = False
        return self.until_of(self.body_options[0], self.day_in_office, facts)


def _typed_day(form: Mapping[str, Any]) -> date | None:
    try:
        return iso_date(typed_text(form, "day"))
    except InvalidValue:
        return None


def _earliest(body: Body) -> date | None:
    try:
        return law.earliest_day(body, town_today())
    except (NoRuleInForce, RuleSetUnknown):
        return None
