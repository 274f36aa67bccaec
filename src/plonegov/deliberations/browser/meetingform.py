"""What the forms of a meeting share: typed days and times, and who may be chosen."""

from collections.abc import Mapping
from datetime import date
from datetime import datetime
from datetime import time
from functools import cached_property
from plonegov.core.api import town_zone
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.typed.reader import iso_date
from plonegov.deliberations import _
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import meetings
from plonegov.deliberations.browser.base import DeskPage
from plonegov.deliberations.browser.meetinglist import MEETINGS
from plonegov.deliberations.browser.meetingwords import short_day
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.vocabularies.choices import OFFICES
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


#: Fields whose typed text is what the api takes.
TEXTS = ("place", "call_of", "urgency", "remote_tool", "remote_reason")
PEOPLE = ("president", "keeper")
FLAGS = ("fixed_day", "extraordinary")
#: The form's field for what the api calls a value.
FIELDS = {"starts": "day", "cut_off": "cut_off_day", "first": "first", "last": "last"}

LABELS = {
    "body": _("meeting_body", default="Body"),
    "day": _("meeting_day", default="Day"),
    "time": _("meeting_time", default="Time"),
    "place": _("meeting_place", default="Place"),
    "cut_off_day": _("meeting_cut_off_day", default="Items come until: day"),
    "cut_off_time": _("meeting_cut_off_time", default="Items come until: time"),
    "call": _("meeting_call", default="Which convocation is it?"),
    "call_of": _("meeting_call_of", default="Which meeting lacked its quorum?"),
    "fixed_day": _("meeting_fixed_day", default="The body meets on this day anyway"),
    "extraordinary": _(
        "meeting_extraordinary", default="It is held in extraordinary circumstances"
    ),
    "urgency": _("meeting_urgency", default="Why is it urgent?"),
    "remote_tool": _("meeting_remote_tool", default="Tool for a remote sitting"),
    "remote_reason": _(
        "meeting_remote_reason", default="Why does it not sit in the room?"
    ),
    "president": _("meeting_president", default="Who presides"),
    "keeper": _("meeting_keeper", default="Who keeps the minutes"),
    "first": _("series_first", default="First day"),
    "last": _("series_last", default="Last day"),
    "weekday": _("series_weekday", default="Day of the week"),
    "cut_off": _("series_cut_off", default="Items come until so many days before"),
}

CALLS = {
    1: _("call_first", default="The first"),
    2: _("call_second", default="The second, after a lack of quorum"),
    3: _("call_third", default="The third, after a second lack of quorum"),
}


def typed_text(form: Mapping[str, Any], name: str) -> str:
    """Return what was typed in a field; what is no text counts as nothing."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def typed_day(form: Mapping[str, Any], name: str, faults: list[Fault]) -> date | None:
    """Return the day that was typed in a field; what is wrong goes to ``faults``."""
    text = typed_text(form, name)
    if not text:
        return None
    try:
        return iso_date(text)
    except InvalidValue as error:
        faults.append(Fault(name, error.code))
        return None


def typed_time(form: Mapping[str, Any], name: str, faults: list[Fault]) -> time | None:
    """Return the time that was typed in a field; what is wrong goes to ``faults``."""
    text = typed_text(form, name)
    if not text:
        return None
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        faults.append(Fault(name, "time_invalid"))
        return None
    return found.replace(second=0, microsecond=0)


def typed_moment(
    form: Mapping[str, Any], day: str, at: str, faults: list[Fault], required: bool
) -> datetime | None:
    """Return a day and a time, in the town's time; both or none is typed.

    :param required: whether none is wrong.
    """
    before = len(faults)
    found, when = typed_day(form, day, faults), typed_time(form, at, faults)
    if len(faults) > before:
        return None
    for name, value, other in ((day, found, when), (at, when, found)):
        if value is None and (required or other is not None):
            faults.append(Fault(name, "required"))
    if found is None or when is None:
        return None
    return datetime.combine(found, when, town_zone())


def values_of(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return a posted form as ``api.meetings`` takes it.

    :raises InvalidInput: with the days and times that are wrong.
    """
    faults: list[Fault] = []
    found: dict[str, Any] = {
        "starts": typed_moment(form, "day", "time", faults, required=True),
        "cut_off": typed_moment(
            form, "cut_off_day", "cut_off_time", faults, required=False
        ),
        "call": typed_text(form, "call"),
    }
    found |= {name: form.get(name, "") for name in (*TEXTS, *PEOPLE)}
    found |= {name: bool(form.get(name)) for name in FLAGS}
    if faults:
        raise InvalidInput(faults)
    return found


def at_fields(error: InvalidInput) -> InvalidInput:
    """Return the faults with the form's field for each value of the api."""
    return InvalidInput(
        [
            Fault(FIELDS.get(fault.field, fault.field), fault.code, fault.context)
            for fault in error.faults
        ]
    )


class MeetingForm(DeskPage):
    """Base of the forms: shown, and shown again with what was wrong and all typed."""

    fields = ViewPageTemplateFile("templates/meeting_fields.pt")
    labels = LABELS
    calls = tuple(CALLS.items())

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        url = f"{self.desk_url}/meetings"
        return [*super().page_breadcrumbs(), {"title": self.say(MEETINGS), "url": url}]

    def label_of(self, field: str) -> Any:
        """Return the label of a field."""
        return self.labels[field]

    def is_checked(self, field: str) -> bool:
        """Say whether a box is ticked: as it was sent, else as it stands."""
        if self.typed:
            return bool(self.typed.get(field))
        return bool(self.value_of(field, self.stored.get(field, False)))

    def text_in(self, field: str) -> str:
        """Return what stands in a field: as it was sent, else as it is stored."""
        return str(self.value_of(field, self.stored.get(field, "")))

    @property
    def stored(self) -> dict[str, Any]:
        """What stands in the fields before anything is typed."""
        return {}

    @cached_property
    def body_options(self) -> list[Body]:
        """The town's bodies."""
        return bodies.all_bodies()

    def president_groups(self) -> list[dict[str, Any]]:
        """Return who may preside, by body."""
        return [
            {
                "title": self.body_titles[body.getId()],
                "rows": [
                    {"value": held.UID(), "title": _named(held.title, held.role)}
                    for held in bodies.members(body, self.day_in_office)
                ],
            }
            for body in self.body_options
        ]

    def keeper_options(self) -> list[dict[str, str]]:
        """Return who may keep the minutes: who holds a function that day."""
        return [
            {
                "value": held.UID(),
                "title": _named(held.title, self.say(OFFICES[held.office])),
            }
            for held in bodies.functions(self.day_in_office)
        ]

    def earlier_groups(self) -> list[dict[str, Any]]:
        """Return the meetings that a further call may follow, by body."""
        own = self.context if isinstance(self.context, Meeting) else None
        return [
            {
                "title": self.body_titles[body.getId()],
                "rows": [
                    {
                        "value": row["key"],
                        "title": short_day(
                            datetime.fromisoformat(row["changed"]), self.language()
                        ),
                    }
                    for row in meetings.earlier(body, own)
                ],
            }
            for body in self.body_options
        ]

    @property
    def day_in_office(self) -> date:
        """The day on which one must be in office to be offered."""
        raise NotImplementedError


def _named(name: str, what: str) -> str:
    return f"{name} ({what})" if what else name
