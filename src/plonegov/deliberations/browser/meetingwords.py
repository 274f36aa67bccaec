"""How the pages of meetings say when they are, and what they are called."""

from babel.dates import format_date
from babel.dates import format_time
from datetime import datetime


#: A day and a time of day in one line, in any of the languages.
WHEN = "{day}, {time}"


def day_and_time(moment: datetime, language: str) -> str:
    """Return when a meeting is, as it was planned: mardi 24 novembre 2026, 19:00.

    The day of a meeting is stored with the offset that the town's time had then.
    """
    day = format_date(moment.date(), "full", locale=language)
    return WHEN.format(
        day=day, time=format_time(moment.time(), "short", locale=language)
    )


def short_day(moment: datetime, language: str) -> str:
    """Return the day of a meeting without the day of the week: 24 novembre 2026."""
    return format_date(moment.date(), "long", locale=language)


def meeting_title(body: str, moment: datetime, language: str) -> str:
    """Return what a meeting is called: its body and its day.

    :param body: the title of the body in this language.
    """
    return WHEN.format(day=body, time=short_day(moment, language))
