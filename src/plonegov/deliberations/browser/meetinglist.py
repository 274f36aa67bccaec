"""``meetings``: the meetings that somebody reads, the next one first."""

from babel.dates import format_timedelta
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from functools import cached_property
from plonegov.core.api import town_today
from plonegov.core.listing.interfaces import IListingSource
from plonegov.core.listing.model import Cell
from plonegov.core.listing.model import Column
from plonegov.core.listing.model import Filter
from plonegov.core.listing.model import Option
from plonegov.core.listing.view import ListingView
from plonegov.deliberations import _
from plonegov.deliberations.api import reading
from plonegov.deliberations.api import store
from plonegov.deliberations.browser.base import TODAY
from plonegov.deliberations.browser.labels import MEETING_STATES
from plonegov.deliberations.browser.labels import TAGS
from plonegov.deliberations.browser.meetingwords import day_and_time
from plonegov.deliberations.browser.titles import Titles
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.interface import implementer


COMING, PAST, ALL = "coming", "past", "all"
MEETINGS = _("meetings_title", default="Meetings")
PARTS = {
    COMING: _("meetings_coming", default="Coming"),
    PAST: _("meetings_past", default="Past"),
    ALL: _("meetings_all", default="All"),
}


def days_of(filters: Mapping[str, str], today: date) -> tuple[int, int]:
    """Return the ordinals of the first and last day that the filters leave."""
    first, last = reading.EVER
    if filters.get("when") == COMING:
        first = today.toordinal()
    elif filters.get("when") == PAST:
        last = today.toordinal() - 1
    if "year" in filters:
        year = int(filters["year"])
        first = max(first, date(year, 1, 1).toordinal())
        last = min(last, date(year, 12, 31).toordinal())
    return first, last


@implementer(IListingSource)
class MeetingSource:
    """Metadata rows of the meetings that the current user reads."""

    def query(
        self,
        filters: Mapping[str, str],
        sort_on: str,
        reverse: bool,
        start: int,
        size: int,
    ) -> tuple[list[dict[str, Any]], int]:
        page = reading.meetings(
            body=filters.get("body", ""),
            state=filters.get("state", ""),
            days=days_of(filters, town_today()),
            sort_on=sort_on,
            reverse=reverse,
            start=start,
            size=size,
        )
        return page.rows, page.total

    def pages(
        self, filters: Mapping[str, str], sort_on: str, reverse: bool, size: int
    ) -> Iterator[list[dict[str, Any]]]:
        """Yield all rows in pages."""
        rows, _total = self.query(filters, sort_on, reverse, 0, 0)
        for start in range(0, len(rows), size):
            yield rows[start : start + size]


class MeetingList(Titles, ListingView):
    """Meetings of the bodies that one works for or sits in."""

    title = page_title = MEETINGS
    page = ViewPageTemplateFile("templates/meetings.pt")
    empty = _("meetings_empty", default="No meeting is here.")
    empty_hint = _(
        "meetings_empty_hint",
        default="A meeting stands here as soon as its members are called to it.",
    )
    sort_on = "day"
    csv_name = "meetings"

    @property
    def base_url(self) -> str:
        return f"{self.context.absolute_url()}/meetings"

    @property
    def reverse(self) -> bool:
        """Past meetings begin with the latest, coming ones with the next."""
        return self.request.form.get("when") in (PAST, ALL)

    @property
    def manages(self) -> bool:
        """Whether who looks at the list plans meetings."""
        return reading.may_manage()

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        url = f"{self.context.absolute_url()}/today"
        return [{"title": self.shown(TODAY), "url": url}]

    def source(self) -> IListingSource:
        return MeetingSource()

    def row_url(self, row: dict[str, Any]) -> str:
        return f"{self.context.absolute_url()}/{row['key']}"

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column(
                "day",
                _("column_day", default="Day"),
                self._day,
                sort_on="day",
                csv=lambda row: row["changed"],
            ),
            Column(
                "body",
                _("column_body", default="Body"),
                lambda row: self.body_titles.get(row["body"], row["body"]),
                sort_on="body",
            ),
            Column(
                "place", _("column_place", default="Place"), lambda row: row["title"]
            ),
            Column(
                "state",
                _("column_state", default="State"),
                lambda row: Cell(
                    MEETING_STATES[row["state"]],
                    tag=TAGS.get(row["state"], "neutral"),
                ),
                sort_on="state",
            ),
            Column(
                "items",
                _("column_items", default="Items"),
                lambda row: self.counts.get(row["key"], 0),
                csv=lambda row: self.counts.get(row["key"], 0),
            ),
        )

    def filters(self) -> tuple[Filter, ...]:
        return (
            Filter(
                "when",
                _("filter_when", default="Show"),
                tuple(Option(name, title) for name, title in PARTS.items()),
                default=COMING,
            ),
            Filter(
                "body",
                _("filter_body", default="Body"),
                tuple(Option(name, title) for name, title in self.body_titles.items()),
            ),
            Filter(
                "state",
                _("filter_state", default="State"),
                tuple(Option(name, title) for name, title in MEETING_STATES.items()),
            ),
            Filter(
                "year",
                _("filter_year", default="Year"),
                tuple(Option(str(year), str(year)) for year in self.years),
            ),
        )

    @cached_property
    def years(self) -> list[int]:
        """The years of the meetings, the latest first."""
        days = store.deliberations().records.values("day")
        found = {date.fromordinal(day).year for day in days if day}
        return sorted(found, reverse=True)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many items are on the agenda of each meeting."""
        return store.deliberations().records.sizes("meeting")

    def _day(self, row: dict[str, Any]) -> Cell:
        starts = datetime.fromisoformat(row["changed"])
        left = starts.date() - town_today()
        detail = ""
        if left.days >= 0 and row["state"] != "cancelled":
            detail = (
                self.shown(_("day_today", default="today"))
                if not left.days
                else format_timedelta(
                    left, "day", threshold=30, add_direction=True, locale=self.language
                )
            )
        return Cell(day_and_time(starts, self.language), detail)
