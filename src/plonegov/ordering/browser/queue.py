"""The clerk's queue: orders of the own services, overdue first."""

from babel.dates import format_timedelta
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from functools import cached_property
from plone import api
from plonegov.core.api import municipality
from plonegov.core.api import town_zone
from plonegov.core.listing.interfaces import IListingSource
from plonegov.core.listing.model import BulkAction
from plonegov.core.listing.model import Cell
from plonegov.core.listing.model import Column
from plonegov.core.listing.model import Filter
from plonegov.core.listing.model import Option
from plonegov.core.listing.view import ListingView
from plonegov.core.ops.readlog import log_read
from plonegov.core.records.events import actor
from plonegov.core.records.events import origin
from plonegov.core.theme.people import Names
from plonegov.ordering import _
from plonegov.ordering.api import documents
from plonegov.ordering.api import queue
from plonegov.ordering.api import seals
from plonegov.ordering.api import workload
from plonegov.ordering.api.bulk import Shown
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.browser.labels import MAKE
from plonegov.ordering.browser.labels import NEXT_STEPS
from plonegov.ordering.browser.labels import STATE_TITLES
from plonegov.ordering.browser.today import today_crumb
from plonegov.ordering.domain.reference import format_reference
from plonegov.ordering.domain.states import STATES
from typing import Any
from zoneinfo import ZoneInfo
from zope.interface import implementer


#: Colour and icon of a state's tag.
TAGS = {
    "submitted": "info",
    "in_progress": "info",
    "awaiting_citizen": "warn",
    "ready": "ok",
    "rejected": "danger",
}

#: What may be done with the selected orders, in the order of the work.
BULK_TITLES = {
    "take": _("bulk_take", default="Take"),
    "release": _("bulk_release", default="Give back"),
    "seal": _("bulk_seal", default="Make and seal the document"),
    "produce": _("bulk_produce", default="Make the document"),
    "make_ready": _("bulk_make_ready", default="Mark as ready"),
    "hand_over": _("bulk_hand_over", default="Posted or handed over"),
    "pay": _("bulk_pay", default="Mark as paid"),
}

YES = _("label_yes", default="Yes")
NO = _("label_no", default="No")

#: Title of each part of the queue (``api.workload.PARTS``).
SCOPES = {
    "running": _("scope_running", default="To be done"),
    "mine": _("scope_mine", default="Mine"),
    "free": _("scope_free", default="Nobody's yet"),
    "new": _("scope_new", default="New"),
    "due": _("scope_due", default="Mine, due by the next working day"),
    "answered": _("scope_answered", default="Answer received"),
    "ready": _("scope_ready", default="To be posted or handed over"),
    "waiting": _("scope_waiting", default="Waiting for the citizen"),
    "unconfirmed": _("scope_unconfirmed", default="Mail address not confirmed"),
    "late": _("scope_late", default="Mine, overdue"),
    "overdue": _("scope_overdue", default="Overdue"),
    "headed": _("scope_headed", default="Overdue in my service"),
    "all": _("scope_all", default="All, ended ones too"),
}


def scope_query(scope: str) -> dict[str, Any]:
    """Return the index query of a part of the queue, for who looks at it."""
    return workload.PARTS[scope](workload.asker(api.user.get_current().getId()))


@implementer(IListingSource)
class QueueSource:
    """Metadata rows of the orders that the clerk may see."""

    def query(
        self,
        filters: Mapping[str, str],
        sort_on: str,
        reverse: bool,
        start: int,
        size: int,
    ) -> tuple[list[dict[str, Any]], int]:
        if "reference" in filters:
            found = queue.find(filters["reference"])
            return found.rows, found.total
        page = queue.orders(self._narrowed(filters), sort_on, reverse, start, size)
        return page.rows, page.total

    def pages(
        self, filters: Mapping[str, str], sort_on: str, reverse: bool, size: int
    ) -> Iterator[list[dict[str, Any]]]:
        """Yield all rows in pages."""
        if "reference" in filters:
            return iter([queue.find(filters["reference"]).rows])
        return queue.pages(self._narrowed(filters), sort_on, reverse, size)

    @staticmethod
    def _narrowed(filters: Mapping[str, str]) -> dict[str, Any]:
        others = {name: value for name, value in filters.items() if name != "scope"}
        return scope_query(filters["scope"]) | others


class OrderQueue(ListingView):
    """Orders of the clerk's services, with what must be done next in words."""

    title = page_title = _("queue_title", default="Orders")
    empty = _("queue_empty", default="No order waits here.")
    empty_hint = _(
        "queue_empty_hint",
        default="New orders of your services appear here by themselves.",
    )
    sort_on = "due"
    csv_name = "orders"

    @property
    def base_url(self) -> str:
        return f"{self.context.absolute_url()}/queue"

    @property
    def bulk(self) -> tuple[BulkAction, ...]:
        """What may be done with the selected orders; sealing where there is a seal."""
        titles = dict(BULK_TITLES)
        if seals.is_ready():
            titles["produce"] = MAKE["produce", False]
        else:
            del titles["seal"]
        return tuple(BulkAction(verb, title) for verb, title in titles.items())

    @property
    def bulk_url(self) -> str:
        return f"{self.context.absolute_url()}/queue-action"

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column(
                "reference",
                _("column_reference", default="Reference"),
                lambda row: format_reference(row["reference"]),
            ),
            Column(
                "document", _("column_document", default="Document"), self._document
            ),
            Column(
                "name", _("column_name", default="Applicant"), lambda row: row["name"]
            ),
            Column(
                "state",
                _("column_state", default="State"),
                self._state,
                sort_on="state",
            ),
            Column(
                "next",
                _("column_next", default="Next step"),
                lambda row: NEXT_STEPS[row["state"]],
            ),
            Column(
                "due",
                _("column_due", default="Promised for"),
                self._due,
                sort_on="due",
                csv=lambda row: date.fromordinal(row["promised"]),
            ),
            Column(
                "assigned",
                _("column_assigned", default="With"),
                lambda row: self.clerks[row["assigned"]],
                sort_on="assigned",
            ),
            *self._on_demand(),
        )

    def _on_demand(self) -> tuple[Column, ...]:
        """Return the columns that a clerk must choose to see."""
        return (
            Column(
                "placed",
                _("column_placed", default="Ordered on"),
                self._placed,
                usual=False,
            ),
            Column(
                "paid",
                _("column_paid", default="Paid"),
                lambda row: YES if row["paid"] else NO,
                usual=False,
            ),
        )

    def source(self) -> IListingSource:
        return QueueSource()

    def file(self, extension: str) -> Any:
        """Answer the file; that names left the site in it is logged first."""
        name = f"{self.csv_name}.{extension}"
        log_read("export_orders", name, actor(), origin())
        return super().file(extension)

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        return [today_crumb(self.context, self.request)]

    def row_url(self, row: dict[str, Any]) -> str:
        return f"{self.context.absolute_url()}/{row['reference']}"

    def row_value(self, row: dict[str, Any]) -> str:
        return str(Shown(row["reference"], row["state"], row["assigned"]))

    def filters(self) -> tuple[Filter, ...]:
        return (
            Filter(
                "reference",
                _("filter_reference", default="Find a reference"),
                longest=20,
            ),
            Filter(
                "scope",
                _("filter_scope", default="Show"),
                self._scopes(),
                default="running",
            ),
            Filter(
                "state",
                _("filter_state", default="State"),
                tuple(Option(str(state), STATE_TITLES[state]) for state in STATES),
            ),
            Filter(
                "document",
                _("filter_document", default="Document"),
                tuple(Option(name, title) for name, title in self.titles.items()),
            ),
        )

    def _scopes(self) -> tuple[Option, ...]:
        """Return the parts of the queue with their counts; a head's part to heads."""
        who = workload.asker(api.user.get_current().getId())
        shown = [name for name in SCOPES if name != "headed" or who.headed]
        counts = workload.counts(shown, who, queue.own_services())
        return tuple(Option(name, SCOPES[name], counts[name]) for name in shown)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of the documents in the page's language, by id."""
        fallback = municipality().legal_language
        return {
            document.getId(): titles.get(self.language) or titles[fallback]
            for document in documents.all_documents()
            if (titles := documents.terms(document).title)
        }

    @cached_property
    def clerks(self) -> Names:
        """Names of the clerks, by account."""
        return Names()

    def _document(self, row: dict[str, Any]) -> str:
        return self.titles.get(row["document"], row["document"])

    @cached_property
    def zone(self) -> ZoneInfo:
        """The town's time zone."""
        return town_zone()

    def _placed(self, row: dict[str, Any]) -> date:
        return datetime.fromisoformat(row["placed"]).astimezone(self.zone).date()

    def _state(self, row: dict[str, Any]) -> Cell:
        state = row["state"]
        return Cell(STATE_TITLES[state], tag=TAGS.get(state, "neutral"))

    def _due(self, row: dict[str, Any]) -> Cell:
        day = date.fromordinal(row["promised"])
        left = day - town_today()
        if not STATES[row["state"]].clock_runs:
            return Cell(self.shown(day))
        if not left:
            return Cell(_("due_today", default="today"), self.shown(day), tag="warn")
        text = format_timedelta(
            left, "day", threshold=30, add_direction=True, locale=self.language
        )
        return Cell(text, self.shown(day), tag="danger" if left.days < 0 else "")
