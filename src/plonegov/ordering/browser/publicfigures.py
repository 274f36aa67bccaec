"""``orders-figures``: what of the figures is public, as a page and as open data."""

from functools import cached_property
from plonegov.core.api import municipality
from plonegov.core.listing.export import temporary_file
from plonegov.core.listing.export import write
from plonegov.ordering import _
from plonegov.ordering.api import figures
from plonegov.ordering.api.documents import every_document
from plonegov.ordering.browser.charts import Bar
from plonegov.ordering.browser.charts import bars
from plonegov.ordering.browser.charts import Chart
from plonegov.ordering.browser.charts import Table
from plonegov.ordering.browser.figuresbase import DOCUMENT
from plonegov.ordering.browser.figuresbase import FiguresPage
from plonegov.ordering.browser.figuresbase import NOT_TOLD
from plonegov.ordering.browser.figuresbase import ORDERS
from plonegov.ordering.browser.labels import CHANNELS
from plonegov.ordering.domain.model import Channel
from plonegov.ordering.domain.opendata import LEAST
from plonegov.ordering.domain.opendata import OTHERS
from plonegov.ordering.domain.opendata import public_months
from plonegov.ordering.domain.opendata import public_rows
from plonegov.ordering.domain.opendata import PublicRow
from Products.Five import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18n import translate


#: Under which licence a country's towns publish: name and address. FR: decree no.
#: 2017-638 of 27 April 2017 (CRPA, art. D323-2-1).
LICENCES = {
    "FR": (
        "Licence Ouverte 2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    )
}
LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")

OTHERS_TITLE = _("figures_others", default="Other documents")
CSV_NAME = "orders-figures.csv"
COLUMNS = (
    "municipality",
    "year",
    "document",
    "title",
    "orders",
    *map(str, Channel),
    "made_ready",
    "in_time_percent",
    "median_days",
    "p90_days",
    "rejected",
)


def licence() -> tuple[str, str]:
    """Return name and address of the licence of the town's figures."""
    return LICENCES.get(municipality().country, LICENCE)


class PublicFigures(FiguresPage):
    """How many orders, and how fast: without a number that could be about somebody."""

    index = ViewPageTemplateFile("templates/publicfigures.pt")
    page_title = _("page_orders_figures", default="Our counter in figures")
    least = LEAST

    def __call__(self) -> str:
        return self.index()

    def page_breadcrumbs(self) -> list[dict]:
        title = self.say(_("page_counter", default="Order a document"))
        return [{"title": title, "url": self.counter_url}]

    @cached_property
    def rows(self) -> list[PublicRow]:
        return public_rows(figures.all_cells())

    @cached_property
    def years(self) -> list[str]:
        """The years of which there are figures, the newest first."""
        return sorted({row.year for row in self.rows}, reverse=True)

    @cached_property
    def year(self) -> str:
        newest = self.years[0] if self.years else ""
        return self.chosen("year", self.years) or newest

    def licence(self) -> dict[str, str]:
        name, url = licence()
        return {"name": name, "url": url}

    def csv_url(self) -> str:
        return f"{self.context.absolute_url()}/{CSV_NAME}"

    def charts(self) -> list[Chart]:
        rows = [row for row in self.rows if row.year == self.year]
        named = [row for row in rows if row.document]
        return [
            self._months(),
            self._documents(rows),
            self.delays_chart(
                {row.document: row.delay for row in named if row.delay},
                self._delay_table(named),
            ),
            self.share_chart(
                {
                    row.document: row.share_in_time
                    for row in named
                    if row.share_in_time is not None
                },
                self._delay_table(named),
            ),
        ]

    def title_of(self, document: str) -> str:
        if document == OTHERS:
            return self.say(OTHERS_TITLE)
        return super().title_of(document)

    def _months(self) -> Chart:
        cells = [cell for cell in figures.all_cells() if cell.year == self.year]
        rows = [
            Bar(self._stretch(first, last), orders, str(orders))
            for first, last, orders in public_months(cells)
        ]
        return bars(
            "months",
            _("figures_months", default="Orders per month"),
            _(
                "figures_months_public_text",
                default="By the month in which they came in; months with few orders "
                "are counted together.",
            ),
            rows,
            Table(
                (_("column_month", default="Month"), ORDERS),
                tuple((row.label, row.shown) for row in rows),
            ),
        )

    def _stretch(self, first: str, last: str) -> str:
        if first == last:
            return self.month(first)
        return f"{self.month(first)} – {self.month(last)}"

    def _documents(self, rows: list[PublicRow]) -> Chart:
        table = Table(
            (
                DOCUMENT,
                ORDERS,
                *CHANNELS.values(),
                _("column_rejected", default="Rejected"),
            ),
            tuple(
                (
                    self.title_of(row.document),
                    row.orders,
                    *(row.channels.get(channel, NOT_TOLD) for channel in CHANNELS),
                    NOT_TOLD if row.rejected is None else row.rejected,
                )
                for row in rows
            ),
        )
        return bars(
            "documents",
            _("figures_documents", default="Orders by document"),
            _("figures_documents_text", default="How often each one was ordered."),
            [
                Bar(self.title_of(row.document), row.orders, str(row.orders))
                for row in rows
            ],
            table,
        )

    def _delay_table(self, rows: list[PublicRow]) -> Table:
        return Table(
            (
                DOCUMENT,
                _("column_ready", default="Made ready"),
                _("column_promised_days", default="Promised (working days)"),
                _("column_median", default="Half within"),
                _("column_p90", default="Nine of ten within"),
                _("figures_in_time", default="Ready in time"),
            ),
            tuple(
                (
                    self.title_of(row.document),
                    NOT_TOLD if row.made_ready is None else row.made_ready,
                    self.promised.get(row.document, NOT_TOLD),
                    row.delay.median_days if row.delay else NOT_TOLD,
                    row.delay.p90_days if row.delay else NOT_TOLD,
                    self.percent(row.share_in_time),
                )
                for row in rows
            ),
        )


class PublicFiguresCsv(BrowserView):
    """The public figures as a file, at an address that stays.

    Titles are in the town's legal language, whoever asks.
    """

    @cached_property
    def titles(self) -> dict[str, str]:
        legal = municipality().legal_language
        others = translate(OTHERS_TITLE, target_language=legal)
        return {OTHERS: others} | {
            document.getId(): document.text("titles", legal)
            for document in every_document()
        }

    def __call__(self) -> temporary_file:
        rows = [self.row(row) for row in public_rows(figures.all_cells())]
        file, size = write(COLUMNS, [rows], lambda: None)
        response = self.request.response
        response.setHeader("Content-Type", "text/csv; charset=utf-8")
        response.setHeader("Content-Length", str(size))
        response.setHeader("Content-Disposition", f'attachment; filename="{CSV_NAME}"')
        response.setHeader("Link", f'<{licence()[1]}>; rel="license"')
        return file

    def row(self, row: PublicRow) -> tuple[Any, ...]:
        """Return a row's values; None, an empty field, is a number that isn't told."""
        delay = row.delay
        return (
            municipality().official_code,
            row.year,
            row.document or "other",
            self.titles.get(row.document, row.document),
            row.orders,
            *(row.channels.get(str(channel)) for channel in Channel),
            row.made_ready,
            row.share_in_time,
            delay and delay.median_days,
            delay and delay.p90_days,
            row.rejected,
        )
