"""How a page of the secretary takes what its own forms send: each button names a verb."""

from collections.abc import Callable
from collections.abc import Mapping
from datetime import datetime
from plonegov.core.api import now
from plonegov.core.api import town_zone
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound
from plonegov.core.theme.page import PostsToItself
from plonegov.deliberations import _
from plonegov.deliberations.browser.base import DeskPage
from typing import Any
from zoneinfo import ZoneInfo
from zope.i18nmessageid import Message


Form = Mapping[str, Any]

#: The field that a refusal is about, where its code says so.
FIELDS = {
    "step_reason_missing": "reason",
    "step_text_too_long": "reason",
    "reason_of_entry_missing": "reason",
    "minutes_changed": "text",
    "too_many_votes": "counts.in_favour",
}


class PostsVerbs(PostsToItself, DeskPage):
    """Base of pages whose forms are sent to their own address, with a verb.

    The button that was pressed is the field ``verb``: a name of ``verbs``, or that name,
    a colon and what it is about. Its method does it and returns the address of the page
    to show then.
    """

    #: Name of a verb to the name of its method.
    verbs: Mapping[str, str] = {}

    def save(self, form: Form) -> str:
        name, _colon, about = str(form.get("verb", "")).partition(":")
        if name not in self.verbs:
            raise RecordNotFound()
        do: Callable[[Form, str], str] = getattr(self, self.verbs[name])
        return do(form, about)

    @property
    def done(self) -> Message:
        """What is said once it is done, with the time."""
        time = now().astimezone(self.zone).strftime("%H:%M:%S")
        return _("posted_done", default="Saved at ${time}.", mapping={"time": time})

    def placed(self, error: PlonegovError) -> PlonegovError:
        """Say which field, or which member, a refusal is about, as far as it tells."""
        if not isinstance(error, InvalidInput):
            field = FIELDS.get(error.code) or error.context.get("member", "")
            error.context.setdefault("field", field)
        return error

    @property
    def zone(self) -> ZoneInfo:
        """The town's time zone."""
        return town_zone()

    def clock(self, when: datetime) -> str:
        """Return a time of the day in the town: 19:05."""
        return when.astimezone(self.zone).strftime("%H:%M")

    def moment_of(self, form: Form, field: str = "at") -> datetime | None:
        """Return a time that was typed, in the town's zone; None: nothing was typed.

        :raises InvalidInput: it is no time.
        """
        text = str(form.get(field, "")).strip()
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text)
        except ValueError as error:
            raise InvalidInput([Fault(field, "moment_invalid")]) from error
        return found if found.tzinfo else found.replace(tzinfo=self.zone)


def ticked(form: Form, field: str) -> list[str]:
    """Return the values of the boxes of a name that were ticked."""
    found = form.get(field, [])
    return [found] if isinstance(found, str) else [str(each) for each in found]
