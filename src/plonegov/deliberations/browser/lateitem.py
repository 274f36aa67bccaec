"""``add-late-item``: a councillor adds an item to a convened agenda."""

from collections.abc import Mapping
from functools import cached_property
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.theme.page import PostsToItself
from plonegov.deliberations import _
from plonegov.deliberations.api import late
from plonegov.deliberations.browser.base import DeskPage
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


#: Name, label and hint of each field, in the order of the page.
FIELDS: tuple[tuple[str, Message, Message], ...] = (
    (
        "title",
        _("late_title_label", default="What it is about"),
        _("late_title_hint", default="One line, as it is to stand on the agenda."),
    ),
    (
        "note",
        _("late_note", default="Explanation"),
        _(
            "late_note_hint",
            default="The law asks for a note that explains the item to the members.",
        ),
    ),
    (
        "decision",
        _("late_decision", default="Draft of the decision"),
        _(
            "late_decision_hint",
            default="If the council is to decide something. Leave it empty otherwise.",
        ),
    ),
)


class AddLateItem(PostsToItself, DeskPage):
    """Title, explanation and draft; the page says until when it is possible."""

    index = ViewPageTemplateFile("templates/lateitem.pt")
    labels = {name: label for name, label, _hint in FIELDS}
    done = _(
        "late_done",
        default="The item stands on the agenda. The other members are told.",
    )

    def __call__(self) -> str:
        if late.member_of(self.context) is None:
            raise ActionNotAllowed()
        return super().__call__()

    def save(self, form: Mapping[str, Any]) -> str:
        values = {name: str(form.get(name, "")) for name in ("title", "decision")}
        item = late.propose(self.context, values, str(form.get("note", "")))
        return f"{item.absolute_url()}/item-page"

    def placed(self, error: PlonegovError) -> PlonegovError:
        """Say at the note that it is missing, and at the title when it is missing, too."""
        if error.context.get("reason") != "note":
            return error
        titled = str(self.request.form.get("title", "")).strip()
        missing = ("note",) if titled else ("title", "note")
        return InvalidInput([Fault(name, "required") for name in missing])

    @property
    def page_url(self) -> str:
        return f"{self.context.absolute_url()}/add-late-item"

    @property
    def meeting_url(self) -> str:
        return f"{self.context.absolute_url()}/meeting-page"

    @property
    def page_title(self) -> Message:
        return _("late_title", default="Add an item to the agenda")

    @property
    def meeting(self) -> Message:
        """Of which body and when the meeting is."""
        body = self.body_titles[self.context.body]
        day = self.day(self.context.starts.date())
        mapping = {"body": body, "day": day}
        return _("late_meeting", default="${body}, ${day}", mapping=mapping)

    @cached_property
    def open(self) -> bool:
        """Whether the current user may add an item today."""
        return late.may_propose(self.context)

    @property
    def latest(self) -> Message:
        """Until when items may be added, in words."""
        last = late.until(self.context)
        if last is None:
            return _(
                "late_never",
                default="The law of this body knows no items that members add.",
            )
        day = {"day": self.day(last)}
        if self.open:
            return _("late_until", default="Possible until ${day}.", mapping=day)
        return _(
            "late_closed",
            default="Not possible now: members who are not in the college add items "
            "from the convocation until ${day}.",
            mapping=day,
        )

    def fields(self) -> list[dict[str, Any]]:
        """Return the fields with what was typed and what is wrong."""
        return [
            {
                "name": name,
                "label": label,
                "hint": hint,
                "value": self.value_of(name),
                "error": self.error_of(name),
                "long": name != "title",
            }
            for name, label, hint in FIELDS
        ]
