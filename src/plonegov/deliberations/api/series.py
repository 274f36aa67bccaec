"""A series of meetings from a calendar, each with its cut-off for items."""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from plonegov.core.api import town_zone
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.deliberations.api import law
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import store
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.series import LONGEST
from plonegov.deliberations.domain.series import sitting_days


def plan(
    body_id: str,
    first: date,
    last: date,
    weekday: int,
    at: time,
    *,
    cut_off: timedelta = timedelta(days=1),
    place: str = "",
) -> list[Meeting]:
    """Plan the weekly meetings of a body; days that have one already are left out.

    :param weekday: 0 is Monday.
    :param at: when they begin, in the town's time.
    :param cut_off: how long before the meeting items are taken.
    :raises ActionNotAllowed: for the secretary only.
    :raises InvalidInput: the series is longer than a year.
    """
    if last - first > LONGEST:
        latest = (first + LONGEST).isoformat()
        raise InvalidInput([Fault("last", "date_too_late", {"latest": latest})])
    zone = town_zone()
    query = {"kind": "meeting", "body": body_id}
    taken = {
        row["day"] for row in store.rows(query).rows if row["state"] != "cancelled"
    }
    made = []
    for day in sitting_days(first, last, weekday, law.calendar().is_working):
        if day.toordinal() not in taken:
            starts = datetime.combine(day, at, zone)
            values = {
                "starts": starts,
                "cut_off": starts - cut_off,
                "place": place,
                "fixed_day": True,
            }
            made.append(meetings.plan(body_id, values))
    return made
