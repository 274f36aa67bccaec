"""Opening hours as a reader needs them: the usual week, and whether it is open now."""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from plonegov.core import _
from plonegov.core.api import now
from plonegov.core.api import town_zone
from plonegov.core.municipality import calendar
from plonegov.core.municipality.model import Contact
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class OpenState:
    """Whether an office is open, and until when or from when (message)."""

    is_open: bool
    text: Message


@dataclass(frozen=True)
class WeekDay:
    """A day of the usual week: its name, its hours, whether it is today."""

    name: str
    hours: tuple[str, ...]
    today: bool


def local_now() -> datetime:
    """Return the local time of the current town."""
    return now().astimezone(town_zone())


def open_state(contact: Contact, moment: datetime, country: str) -> OpenState | None:
    """Return whether an office is open at a local time; None when no hours are known.

    :raises InvalidValue: the hours can't be read (a profile with such is refused).
    """
    text = contact.opening_hours
    if not text:
        return None
    if calendar.is_open_now(text, moment, country):
        until = calendar.open_until(text, moment, country)
        return OpenState(True, _open_text(until))
    return OpenState(
        False, _closed_text(calendar.opens_at(text, moment, country), moment)
    )


def _open_text(until: datetime | None) -> Message:
    if until is None:
        return _("open_always", default="Open day and night")
    return _("open_until", default="Open until ${time}", mapping=_time(until))


def _closed_text(opens: datetime | None, moment: datetime) -> Message:
    if opens is None:
        return _("closed_now", default="Closed now")
    if opens.date() == moment.date():
        return _(
            "opens_today",
            default="Closed, opens today at ${time}",
            mapping=_time(opens),
        )
    if opens.date() == moment.date() + timedelta(days=1):
        return _(
            "opens_tomorrow",
            default="Closed, opens tomorrow at ${time}",
            mapping=_time(opens),
        )
    return _("closed_now", default="Closed now")


def _time(moment: datetime) -> dict[str, str]:
    return {"time": f"{moment:%H:%M}"}


def week(contact: Contact, moment: datetime, language: str) -> list[WeekDay]:
    """Return the usual week from Monday on; empty when no hours are known."""
    if not contact.opening_hours:
        return []
    days = calendar.usual_week(contact.opening_hours, language)
    return [
        WeekDay(day.day, day.hours, number == moment.weekday())
        for number, day in enumerate(days)
    ]
