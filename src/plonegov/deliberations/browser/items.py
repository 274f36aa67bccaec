"""``all-items``: the items that one may list, by what is to be done with them."""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from plonegov.core.api import town_today
from plonegov.core.api import town_zone
from plonegov.core.listing.interfaces import IListingSource
from plonegov.core.listing.model import Cell
from plonegov.core.listing.model import Column
from plonegov.core.listing.model import Filter
from plonegov.core.listing.model import Option
from plonegov.core.listing.view import ListingView
from plonegov.deliberations import _
from plonegov.deliberations.api import workload
from plonegov.deliberations.browser.base import TODAY
from plonegov.deliberations.browser.labels import ITEM_STATES
from plonegov.deliberations.browser.labels import next_step
from plonegov.deliberations.browser.labels import TAGS
from plonegov.deliberations.browser.titles import Titles
from typing import Any
from zope.i18n import translate
from zope.interface import implementer


#: Title of each part of the items (``api.workload.PARTS``).
PARTS = {
    "running": _("items_running", default="Under way"),
    "writing": _("items_writing", default="To write"),
    "returned": _("items_returned", default="Returned to us"),
    "review": _("items_review", default="To review"),
    "second": _("items_second", default="To review at the second level"),
    "advise": _("items_advise", default="Awaiting our advice"),
    "accept": _("items_accept", default="To accept for an agenda"),
    "place": _("items_place", default="To put on an agenda"),
    "republish": _("items_republish", default="Rectified: confirm for the public"),
    "ended": _("items_ended", default="Ended"),
    "all": _("items_all", default="All"),
}


@implementer(IListingSource)
class ItemsSource:
    """Metadata rows of the items that one may list."""

    def __init__(self) -> None:
        self.who = workload.asker()

    def query(
        self,
        filters: Mapping[str, str],
        sort_on: str,
        reverse: bool,
        start: int,
        size: int,
    ) -> tuple[list[dict[str, Any]], int]:
        part, more = _parted(filters)
        page = workload.items(part, self.who, more, sort_on, reverse, start, size)
        return page.rows, page.total

    def pages(
        self, filters: Mapping[str, str], sort_on: str, reverse: bool, size: int
    ) -> Iterator[list[dict[str, Any]]]:
        """Yield all rows in pages."""
        part, more = _parted(filters)
        return workload.pages(part, self.who, more, sort_on, reverse, size)


def _parted(filters: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    more = {name: value for name, value in filters.items() if name != "scope"}
    return filters["scope"], more


class ItemList(Titles, ListingView):
    """Items with what must be done next in words, newest first."""

    title = page_title = _("items_title", default="Items")
    empty = _("items_empty", default="There is no such item.")
    empty_hint = _(
        "items_empty_hint",
        default="What a service writes for a meeting of a body appears here.",
    )
    sort_on = "changed"
    reverse = True
    csv_name = "items"
    words = True

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("title", _("item_title", default="Title"), self._title),
            Column("body", _("item_body", default="Body"), self._body, sort_on="body"),
            Column(
                "service",
                _("item_service", default="Service"),
                self._service,
                sort_on="service",
            ),
            Column(
                "state",
                _("item_state", default="State"),
                self._state,
                sort_on="state",
            ),
            Column(
                "next",
                _("item_next", default="Next step"),
                lambda row: next_step(row["actor"], row["state"]),
            ),
            Column("due", _("item_advice_due", default="Advice due"), self._due),
            Column(
                "changed",
                _("item_changed", default="Changed"),
                lambda row: datetime.fromisoformat(row["changed"]).astimezone(
                    town_zone()
                ),
                sort_on="changed",
            ),
            Column(
                "category",
                _("item_category", default="Category"),
                self._category,
                sort_on="category",
                usual=False,
            ),
        )

    def source(self) -> IListingSource:
        return ItemsSource()

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        title = translate(TODAY, context=self.request)
        return [{"title": title, "url": f"{self.context.absolute_url()}/today"}]

    def row_url(self, row: dict[str, Any]) -> str:
        return f"{self.context.absolute_url()}/{row['key']}"

    def filters(self) -> tuple[Filter, ...]:
        who = workload.asker()
        parts = workload.parts_of(who)
        counts = workload.counts(parts, who)
        return (
            Filter(
                "scope",
                _("filter_scope", default="Show"),
                tuple(Option(name, PARTS[name], counts[name]) for name in parts),
                default="running",
            ),
            Filter(
                "body",
                _("item_body", default="Body"),
                tuple(Option(name, title) for name, title in self.body_titles.items()),
            ),
            Filter(
                "category",
                _("item_category", default="Category"),
                tuple(
                    Option(name, title) for name, title in self.category_titles.items()
                ),
            ),
        )

    def _title(self, row: dict[str, Any]) -> str:
        return row["title"] or translate(UNTITLED, context=self.request)

    def _body(self, row: dict[str, Any]) -> str:
        return self.body_titles.get(row["body"], row["body"])

    def _service(self, row: dict[str, Any]) -> str:
        return self.service_titles.get(row["service"], row["service"])

    def _category(self, row: dict[str, Any]) -> str:
        return self.category_titles.get(row["category"], row["category"])

    def _state(self, row: dict[str, Any]) -> Cell:
        state = row["state"]
        return Cell(ITEM_STATES[state], tag=TAGS.get(state, "neutral"))

    def _due(self, row: dict[str, Any]) -> Cell:
        """Say until when an advice is awaited; it warns from the day before on."""
        if not row["advice_due"]:
            return Cell("")
        day = date.fromisoformat(row["advice_due"])
        left = (day - town_today()).days
        tag = "danger" if left < 0 else "warn" if left <= 1 else ""
        return Cell(day, tag=tag)


UNTITLED = _("item_untitled", default="Without a title")
