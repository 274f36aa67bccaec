"""What the buttons of a meeting's page do: its steps, and the changes of its agenda."""

from collections.abc import Callable
from collections.abc import Mapping
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound
from plonegov.core.theme.page import PostedAction
from plonegov.deliberations import _
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import store
from plonegov.deliberations.browser.meetingpage import MeetingPage
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import place_for
from plonegov.deliberations.domain.refusals import NotOnAgenda
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.states import MeetingTransition
from typing import Any


Form = Mapping[str, Any]


def text_of(form: Form, name: str) -> str:
    """Return a text of a posted form; what is no text counts as nothing."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def whole_of(form: Form, name: str, field: str = "") -> int:
    """Return a whole number of a posted form.

    :param field: what the page calls the input, if not by the name.
    :raises InvalidInput: it is none.
    """
    text = text_of(form, name).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise InvalidInput([Fault(field or name, "whole_number_expected")])
    return int(text)


class MeetingAction(PostedAction):
    """Do a step of the meeting's workflow, then show the meeting."""

    done = _("meeting_step_done", default="Done.")

    def do(self, form: Form) -> str:
        step = text_of(form, "step")
        if step not in tuple(MeetingTransition):
            raise RecordNotFound()
        reason = text_of(form, "reason").strip()
        data = {"reason": reason} if reason else {}
        meetings.change(self.context, step, **data)
        return f"{self.context.absolute_url()}#top"

    def refused(self, error: PlonegovError) -> Any:
        if text_of(self.request.form, "step") not in tuple(MeetingTransition):
            raise error
        page = MeetingPage(self.context, self.request)
        if error.code in REASON_ERRORS:
            error.context["field"] = f"reason-{text_of(self.request.form, 'step')}"
        return page.refused(error, self.request.form)


#: Errors of the reason that a step asks for.
REASON_ERRORS = ("step_reason_missing", "step_text_too_long")


def move(meeting: Meeting, form: Form) -> str:
    """Move a row to a place (``to``, from 0) or to a number; return its key."""
    key, seen = text_of(form, "key"), whole_of(form, "seen")
    if "to" in form:
        to = whole_of(form, "to")
    else:
        number = whole_of(form, "number", f"number-{key}")
        to = place_for(meeting.agenda.rows, key, number)
    agenda.move(meeting, key, to, seen)
    return key


def add_heading(meeting: Meeting, form: Form) -> str:
    """Put a heading before the item that has a number, or at the end; return its key."""
    rows, number = meeting.agenda.rows, text_of(form, "before").strip()
    to = len(rows)
    if number:
        wanted = whole_of(form, "before")
        places = [place for place, row in enumerate(rows) if row.is_item]
        to = places[wanted - 1] if 1 <= wanted <= len(places) else to
    return agenda.add_heading(meeting, text_of(form, "heading"), to)


def remove_heading(meeting: Meeting, form: Form) -> str:
    """Take a heading off the agenda."""
    agenda.remove_heading(meeting, text_of(form, "key"))
    return ""


def take_off(meeting: Meeting, form: Form) -> str:
    """Take an item off the agenda."""
    item = store.item(text_of(form, "key"))
    if item.meeting != meeting.getId():
        raise NotOnAgenda()
    items.change(item, ItemTransition.TAKE_OFF)
    return ""


def present(meeting: Meeting, form: Form) -> str:
    """Put the ticked items on the agenda, all or none; return the key of the first."""
    found = form.get("items", [])
    keys = [found] if isinstance(found, str) else list(found)
    if not keys:
        raise InvalidInput([Fault("items", "required")])
    for key in keys:
        agenda.present(store.item(str(key)), meeting)
    return str(keys[0])


VERBS: Mapping[str, Callable[[Meeting, Form], str]] = {
    "move": move,
    "add_heading": add_heading,
    "remove_heading": remove_heading,
    "take_off": take_off,
    "present": present,
}


class AgendaAction(PostedAction):
    """Change the agenda, then show it at the row that was touched."""

    done = _("agenda_changed_done", default="The agenda is changed.")

    def do(self, form: Form) -> str:
        verb = text_of(form, "verb")
        if verb not in VERBS:
            raise RecordNotFound()
        key = VERBS[verb](self.context, form)
        return f"{self.context.absolute_url()}#{f'row-{key}' if key else 'agenda'}"

    def refused(self, error: PlonegovError) -> Any:
        if text_of(self.request.form, "verb") not in VERBS:
            raise error
        return MeetingPage(self.context, self.request).refused(error, self.request.form)
