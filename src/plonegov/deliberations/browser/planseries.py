"""``plan-series``: the weekly meetings of a body, each with its cut-off for items."""

from collections.abc import Mapping
from datetime import date
from datetime import timedelta
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.theme.page import PostsToItself
from plonegov.deliberations import _
from plonegov.deliberations.api import series
from plonegov.deliberations.browser.meetingform import MeetingForm
from plonegov.deliberations.browser.meetingform import typed_day
from plonegov.deliberations.browser.meetingform import typed_text
from plonegov.deliberations.browser.meetingform import typed_time
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


#: Longest time before a meeting up to which its items come, in days.
LONGEST_CUT_OFF = 30
#: 1 January 2024 was a Monday.
MONDAY = date(2024, 1, 1)


class PlanSeries(PostsToItself, MeetingForm):
    """A series from a calendar; days on which the town does not work are left out."""

    page_title = _("page_plan_series", default="Plan weekly meetings")
    index = ViewPageTemplateFile("templates/meeting_series.pt")

    def save(self, form: Mapping[str, Any]) -> str:
        made = self.plan(form)
        self.done = _(
            "series_planned",
            default="Meetings planned: ${count}. Days that had one already, and days on "
            "which the town does not work, were left out.",
            mapping={"count": len(made)},
        )
        return f"{self.desk_url}/meetings?body={typed_text(form, 'body')}"

    def plan(self, form: Mapping[str, Any]) -> list[Any]:
        """Plan the series; return the meetings.

        :raises InvalidInput: with all that is wrong.
        """
        faults: list[Fault] = []
        body, weekday = typed_text(form, "body"), typed_text(form, "weekday")
        if body not in self.body_titles:
            names = ", ".join(self.body_titles.values())
            faults.append(Fault("body", "unknown_choice", {"allowed": names}))
        if weekday not in map(str, range(7)):
            faults.append(Fault("weekday", "required"))
        days = {name: typed_day(form, name, faults) for name in ("first", "last")}
        at = typed_time(form, "time", faults)
        cut_off = _days_before(typed_text(form, "cut_off"), faults)
        wrong = {fault.field for fault in faults}
        for name, value in (*days.items(), ("time", at)):
            if value is None and name not in wrong:
                faults.append(Fault(name, "required"))
        first, last = days["first"], days["last"]
        if first and last and last < first:
            context = {"earliest": first.isoformat()}
            faults.append(Fault("last", "date_too_early", context))
        if faults:
            raise InvalidInput(faults)
        place = typed_text(form, "place")
        weekly = (body, first, last, int(weekday), at)
        return series.plan(*weekly, cut_off=timedelta(days=cut_off), place=place)

    @property
    def stored(self) -> dict[str, Any]:
        return {"body": typed_text(self.request.form, "body"), "cut_off": "1"}

    @property
    def weekdays(self) -> list[dict[str, str]]:
        """The days of the week in the page's language, from Monday on."""
        return [
            {
                "value": str(number),
                "title": self.day(MONDAY + timedelta(days=number))
                .split()[0]
                .strip(","),
            }
            for number in range(7)
        ]


def _days_before(text: str, faults: list[Fault]) -> int:
    if text.isascii() and text.isdigit() and len(text) < 4:
        if int(text) <= LONGEST_CUT_OFF:
            return int(text)
        faults.append(Fault("cut_off", "number_too_large", {"most": LONGEST_CUT_OFF}))
        return 0
    faults.append(Fault("cut_off", "whole_number_expected"))
    return 0
