"""Working days of a country and the opening hours of an office."""

from babel.dates import get_day_names
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from itertools import islice
from opening_hours import OpeningHours
from opening_hours import ParserError
from opening_hours import State
from opening_hours import UnknownCountryError
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.municipality.closings import parse

import holidays


DAY = timedelta(days=1)
SATURDAY = 5
A_MONDAY = datetime(2024, 1, 1)  # for the usual week, whose holidays don't count


class WorkingDays:
    """The working days of a country: no Saturday, no Sunday, no public holiday, and
    none of the closing days.

    :param country: ISO 3166-1 alpha-2.
    :param subdivision: ISO 3166-2 without the country, where a region's holidays
        differ (``57`` for the Moselle).
    :param closing_days: as ``municipality.closings`` reads them.
    :raises InvalidValue: ``calendar_unknown``, no holidays are known for it.
    :raises ValueError: a text says no closing day.
    """

    def __init__(
        self,
        country: str,
        subdivision: str | None = None,
        closing_days: Iterable[str] = (),
    ) -> None:
        self._closings = tuple(parse(text) for text in closing_days)
        try:
            self._holidays = holidays.country_holidays(country, subdiv=subdivision)
        except NotImplementedError as error:
            raise InvalidValue("calendar_unknown", country=country) from error

    def is_working(self, day: date) -> bool:
        """Say whether offices work on a day."""
        return (
            day.weekday() < SATURDAY
            and day not in self._holidays
            and not any(closing.covers(day) for closing in self._closings)
        )

    def add(self, day: date, count: int) -> date:
        """Return the working day that comes ``count`` working days after a day.

        The day itself doesn't count; 0 is the day, or the next working day when it is
        none.

        :raises ValueError: the count is negative.
        """
        if count < 0:
            raise ValueError("Working days are counted forward.")
        if count == 0:
            return day if self.is_working(day) else self.add(day, 1)
        return next(islice(self._after(day), count - 1, None))

    def between(self, first: date, last: date) -> int:
        """Return how many working days come after ``first``, up to and with ``last``."""
        days = (last - first).days
        return sum(
            self.is_working(first + DAY * number) for number in range(1, days + 1)
        )

    def _after(self, day: date) -> Iterator[date]:
        while True:
            day += DAY
            if self.is_working(day):
                yield day


@dataclass(frozen=True)
class DayHours:
    """A day's name in a language and its opening hours (``09:00–12:00``), if any."""

    day: str
    hours: tuple[str, ...]


def check_opening_hours(text: str) -> str:
    """Return an opening_hours text of OpenStreetMap that can be read.

    :raises InvalidValue: ``opening_hours``.
    """
    _schedule(text, None)
    return text


def is_open_now(text: str, now: datetime, country: str) -> bool:
    """Say whether an office is open; on a public holiday only if its text says so.

    :param text: OpenStreetMap's opening_hours.
    :param now: the local time of the office.
    :param country: whose public holidays count, ISO 3166-1 alpha-2.
    :raises InvalidValue: ``opening_hours``, ``calendar_unknown``.
    """
    return _schedule(text, country).is_open(now.replace(tzinfo=None))


def open_until(text: str, now: datetime, country: str) -> datetime | None:
    """Return when an open office closes; None if it is closed or never closes.

    Parameters and errors are those of ``is_open_now``.
    """
    return _next_change(text, now, country) if is_open_now(text, now, country) else None


def opens_at(text: str, now: datetime, country: str) -> datetime | None:
    """Return when a closed office opens next; None if it is open or never opens.

    Parameters and errors are those of ``is_open_now``.
    """
    return None if is_open_now(text, now, country) else _next_change(text, now, country)


def usual_week(text: str, language: str) -> list[DayHours]:
    """Return the hours of a week without holidays, from Monday to Sunday.

    :param language: of the days' names, ISO 639-1.
    :raises InvalidValue: ``opening_hours``.
    """
    names = get_day_names("wide", context="stand-alone", locale=language)
    schedule = _schedule(text, None)
    starts = [A_MONDAY + DAY * number for number in range(7)]
    return [
        DayHours(names[start.weekday()], tuple(_hours(schedule, start)))
        for start in starts
    ]


def _hours(schedule: OpeningHours, start: datetime) -> Iterator[str]:
    for begin, end, state, _comment in schedule.intervals(start, start + DAY):
        if state == State.OPEN:
            closing = "24:00" if end == start + DAY else f"{end:%H:%M}"
            yield f"{begin:%H:%M}\N{EN DASH}{closing}"


def _next_change(text: str, now: datetime, country: str) -> datetime | None:
    change = _schedule(text, country).next_change(now.replace(tzinfo=None))
    return change and change.replace(tzinfo=now.tzinfo)


def _schedule(text: str, country: str | None) -> OpeningHours:
    closed_on_holidays = "" if "PH" in text or text == "24/7" else "; PH off"
    try:
        return OpeningHours(text + closed_on_holidays, country=country)
    except ParserError as error:
        raise InvalidValue("opening_hours") from error
    except UnknownCountryError as error:
        raise InvalidValue("calendar_unknown", country=country) from error


def has_calendar(country: str, subdivision: str) -> bool:
    """Tell whether the holidays of a country's subdivision are known."""
    try:
        WorkingDays(country, subdivision)
    except InvalidValue:
        return False
    return True
