"""``minutes``: the minutes of a sitting, section by section, until they are published."""

from datetime import date
from functools import cached_property
from plonegov.core.api import town_today
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.theme.editor import WithEditor
from plonegov.core.typed.reader import iso_date
from plonegov.deliberations import _
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import minuting
from plonegov.deliberations.api import store
from plonegov.deliberations.browser.labels import MEETING_STATES
from plonegov.deliberations.browser.posting import Form
from plonegov.deliberations.browser.sittingbase import MeetingPage
from plonegov.deliberations.browser.sittingwords import due_lines
from plonegov.deliberations.domain.minutes import MinutesState
from plonegov.deliberations.domain.minutes import Section
from plonegov.deliberations.vocabularies.choices import CAPACITIES
from plonegov.deliberations.vocabularies.choices import OFFICES
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


STATES: dict[MinutesState, tuple[Message, str]] = {
    MinutesState.DRAFTED: (_("minutes_drafted", default="Being written"), "neutral"),
    MinutesState.SUBMITTED: (_("minutes_submitted", default="Handed in"), "info"),
    MinutesState.APPROVED: (_("minutes_approved", default="Approved"), "ok"),
    MinutesState.SIGNED: (_("minutes_signed", default="Signed"), "ok"),
    MinutesState.PUBLISHED: (_("minutes_published", default="Published"), "ok"),
}

LABELS = {
    "text": _("minutes_text", default="Text"),
    "remark": _("minutes_remark", default="Remark"),
    "adopted_in": _("minutes_adopted_in", default="Sitting that approved them"),
    "day": _("minutes_day", default="Day of signing"),
    **{f"sign.{name}": title for name, title in OFFICES.items()},
}


class MinutesPage(WithEditor, MeetingPage):
    """Read the minutes, write them by hand, and bring them to their end."""

    tab = "minutes"
    index = ViewPageTemplateFile("templates/minutes.pt")
    labels = LABELS
    verbs = {
        "renew": "renew",
        "write": "write",
        "anew": "take_anew",
        "submit": "submit",
        "remark": "remark",
        "approve": "approve",
        "sign": "sign",
        "publish": "publish",
    }

    @property
    def rich_editor(self) -> bool:
        """Only while a section is written the editor's scripts are in the page."""
        return bool(self.edited)

    def renew(self, form: Form, about: str) -> str:
        minuting.renew(self.context)
        return self.page_url

    def write(self, form: Form, key: str) -> str:
        """Keep what was written for a section."""
        seen = str(form.get("seen", ""))
        number = int(seen) if seen.isdigit() else -1
        minuting.write(self.context, key, str(form.get("text", "")), number)
        return f"{self.page_url}#{key}"

    def take_anew(self, form: Form, key: str) -> str:
        minuting.take_anew(self.context, key)
        return f"{self.page_url}#{key}"

    def submit(self, form: Form, about: str) -> str:
        minuting.submit(self.context)
        return self.page_url

    def remark(self, form: Form, about: str) -> str:
        """Note what a member remarked on the minutes."""
        text = str(form.get("remark", ""))
        if not text.strip():
            raise InvalidInput([Fault("remark", "required")])
        who = self.member_names.get(str(form.get("who", "")), "")
        minuting.remark(self.context, who, text, adopted=bool(form.get("adopted")))
        return self.page_url

    def approve(self, form: Form, about: str) -> str:
        key = str(form.get("adopted_in", ""))
        if key not in [one["key"] for one in self.later_meetings()]:
            raise InvalidInput([Fault("adopted_in", "meeting_of_list")])
        minuting.approve(self.context, key)
        return self.page_url

    def sign(self, form: Form, about: str) -> str:
        day = _day(str(form.get("day", "")))
        signers = {
            office: str(form[f"sign.{office}"])
            for office in OFFICES
            if form.get(f"sign.{office}")
        }
        minuting.sign(self.context, day, signers)
        return self.page_url

    def publish(self, form: Form, about: str) -> str:
        minuting.publish(self.context)
        return self.page_url

    @property
    def book(self) -> Any:
        return self.context.minutes

    @property
    def state(self) -> dict[str, Any]:
        title, tag = STATES[self.book.state]
        return {"title": title, "tag": tag}

    @property
    def writable(self) -> bool:
        """Whether sections may be written and generated."""
        drafted = self.book.state is MinutesState.DRAFTED
        return drafted and self.context.state in minuting.WRITABLE

    def at(self, state: str) -> bool:
        """Say whether the minutes are in a state."""
        return self.book.state == state

    @cached_property
    def edited(self) -> str:
        """The key of the section that is being written, or ""."""
        form = self.request.form
        verb, _colon, about = str(form.get("verb", "")).partition(":")
        asked = about if verb == "write" else str(form.get("edit", ""))
        known = {section.key for section in self.book.sections}
        return asked if self.writable and asked in known else ""

    @property
    def lost(self) -> str:
        """What was written for a section that can't be written any more, or ""."""
        return "" if self.edited else str(self.value_of("text"))

    def sections(self) -> list[dict[str, Any]]:
        """Return the sections as they read, each with what a hand did to it."""
        return [self._section(section) for section in self.book.sections]

    def _section(self, section: Section) -> dict[str, Any]:
        item = self.items.get(section.key)
        title = (
            f"{self.item_numbers[section.key]}. {item.title}"
            if item is not None
            else _("minutes_opening", default="Opening of the sitting")
        )
        writes = section.key == self.edited
        return {
            "key": section.key,
            "title": title,
            "text": section.text,
            "typed": self.value_of("text", section.text) if writes else "",
            "edited": section.edited,
            "outdated": section.outdated,
            "writes": writes,
            "changed": writes and bool(self.faults),
        }

    def later_meetings(self) -> list[dict[str, str]]:
        """Return the later meetings of the body, of which one approved the minutes."""
        day = law.day_of(self.context).toordinal()
        query = {
            "kind": "meeting",
            "body": self.context.body,
            "day": {"query": day + 1, "range": "min"},
        }
        return [
            {
                "key": row["key"],
                "title": self.day(date.fromordinal(row["day"])),
                "state": self.say(MEETING_STATES[row["state"]]),
            }
            for row in store.rows(query, "day").rows
            if row["state"] != "cancelled"
        ]

    def remarks(self) -> list[dict[str, Any]]:
        return list(self.book.remarks)

    @cached_property
    def signing_day(self) -> date:
        """The day of signing: as typed, else today."""
        text = str(self.value_of("day") or self.request.form.get("day", ""))
        try:
            return iso_date(text)
        except InvalidValue:
            return town_today()

    def offices(self) -> list[dict[str, Any]]:
        """Return who holds each office on the day of signing."""
        held = bodies.functions(self.signing_day)
        return [
            {
                "id": f"sign.{office}",
                "title": title,
                "chosen": self.value_of(f"sign.{office}"),
                "people": [
                    {"uid": one.UID(), "name": self._person(one)}
                    for one in held
                    if one.office == office
                ],
            }
            for office, title in OFFICES.items()
            if any(one.office == office for one in held)
        ]

    def _person(self, function: Any) -> str:
        capacity = CAPACITIES.get(function.capacity)
        return (
            f"{function.title} ({self.say(capacity)})" if capacity else function.title
        )

    def signatures(self) -> list[dict[str, Any]]:
        """Return who signed, in which capacity, and when."""
        return [
            {
                "office": OFFICES.get(row["office"], row["office"]),
                "name": row["name"],
                "capacity": CAPACITIES.get(row["capacity"], row["capacity"]),
                "delegation": row["delegation"],
                "day": self.day(date.fromisoformat(row["day"])),
            }
            for row in self.book.signatures
        ]

    @property
    def publish_by(self) -> list[dict[str, Any]]:
        """Until when they are published, with its law."""
        return due_lines(minuting.publish_due(self.context), self.language())

    @property
    def adopted_in(self) -> str:
        """The day of the sitting that approved them, in words, or ""."""
        key = self.book.adopted_in
        return self.day(law.day_of(store.meeting(key))) if key else ""


def _day(text: str) -> date:
    try:
        return iso_date(text.strip())
    except InvalidValue as error:
        raise InvalidInput([Fault("day", error.code)]) from error
