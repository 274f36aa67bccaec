"""What the pages with figures share: titles, numbers in words, filters and charts."""

from babel.dates import format_date
from babel.numbers import format_percent
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from plonegov.core.api import municipality
from plonegov.ordering import _
from plonegov.ordering.api import figures
from plonegov.ordering.api.documents import every_document
from plonegov.ordering.browser.base import CitizenPage
from plonegov.ordering.browser.charts import Bar
from plonegov.ordering.browser.charts import bars
from plonegov.ordering.browser.charts import Chart
from plonegov.ordering.browser.charts import Range
from plonegov.ordering.browser.charts import ranges
from plonegov.ordering.browser.charts import Table
from plonegov.ordering.domain.figures import Delay
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


ORDERS = _("figures_orders", default="Orders")
DOCUMENT = _("column_document", default="Document")


class FiguresPage(CitizenPage):
    """Base of the pages with figures."""

    parts = ViewPageTemplateFile("templates/charts.pt")

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of all documents in the page's language, by id."""
        return {
            document.getId(): document.text("titles", self.language())
            for document in every_document()
        }

    @cached_property
    def promised(self) -> dict[str, int]:
        """The promised delays of all documents in working days, by id."""
        return {document.getId(): document.delay_days for document in every_document()}

    def title_of(self, document: str) -> str:
        return self.titles.get(document, document)

    def chosen(self, name: str, options: Iterable[str]) -> str:
        """Return what the address asks for, if it can be chosen."""
        value = self.request.form.get(name, "")
        return value if value in list(options) else ""

    def month(self, month: str) -> str:
        """Return a month in words: nov. 2026."""
        day = date.fromisoformat(f"{month}-01")
        return format_date(day, "MMM y", locale=self.language())

    def percent(self, share: int | None) -> str:
        if share is None:
            return NOT_TOLD
        return format_percent(share / 100, locale=self.language())

    def as_of(self) -> str:
        """Return the day of the figures in words, or "" before the first time."""
        found = figures.as_of()
        return self.day(found) if found else ""

    def town(self) -> str:
        names = municipality().name
        return names.get(self.language()) or names[municipality().legal_language]

    def delays_chart(self, delays: Mapping[str, Delay], table: Table) -> Chart:
        """Return the chart of promised and real delays, by document."""
        rows = [
            Range(
                self.title_of(document),
                self.promised.get(document, 0),
                delay.median_days,
                delay.p90_days,
                self.say(
                    _(
                        "figures_delay_row",
                        default="half: ${median}, nine of ten: ${p90}, "
                        "promised: ${promised}",
                        mapping={
                            "median": delay.median_days,
                            "p90": delay.p90_days,
                            "promised": self.promised.get(document, 0),
                        },
                    )
                ),
            )
            for document, delay in delays.items()
        ]
        return ranges(
            "delays",
            _("figures_delays", default="Promised and real delays"),
            _(
                "figures_delays_text",
                default="Working days from the order until the document was ready, "
                "without the days on which we waited for an answer. The broad bar ends "
                "where half of the orders were ready, the thin one where nine of ten "
                "were; the upright mark is what we promise.",
            ),
            rows,
            table,
        )

    def share_chart(self, shares: Mapping[str, int], table: Table) -> Chart:
        """Return the chart of what was ready in time, by document."""
        rows = [
            Bar(self.title_of(document), share, self.percent(share))
            for document, share in shares.items()
        ]
        return bars(
            "in-time",
            _("figures_in_time", default="Ready in time"),
            _(
                "figures_in_time_text",
                default="Of a hundred documents, so many were ready by the promised day.",
            ),
            rows,
            table,
            most=100,
        )


#: What a table shows where a number is not told.
NOT_TOLD = "–"
