"""``figures``: how many orders, how fast and how they ended, for clerks and heads."""

from collections.abc import Callable
from functools import cached_property
from plone import api
from plonegov.core.api import town_today
from plonegov.ordering import _
from plonegov.ordering.api import figures
from plonegov.ordering.browser.charts import Bar
from plonegov.ordering.browser.charts import bars
from plonegov.ordering.browser.charts import Chart
from plonegov.ordering.browser.charts import Table
from plonegov.ordering.browser.figuresbase import DOCUMENT
from plonegov.ordering.browser.figuresbase import FiguresPage
from plonegov.ordering.browser.figuresbase import NOT_TOLD
from plonegov.ordering.browser.figuresbase import ORDERS
from plonegov.ordering.browser.labels import CHANNELS
from plonegov.ordering.browser.labels import STATE_TITLES
from plonegov.ordering.domain.figures import by
from plonegov.ordering.domain.figures import Cell
from plonegov.ordering.domain.figures import Sum
from plonegov.ordering.domain.motives import Motive
from plonegov.ordering.domain.motives import MOTIVES
from plonegov.ordering.interfaces import USE_QUEUE
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


OVERDUE = _("scope_overdue", default="Overdue")


class Figures(FiguresPage):
    """The figures of the own services; an administrator sees those of all."""

    index = ViewPageTemplateFile("templates/figures.pt")
    page_title = _("figures_title", default="Figures")

    def __call__(self) -> str:
        self.request.response.setHeader("Cache-Control", "no-store")
        return self.index()

    @cached_property
    def all_cells(self) -> list[Cell]:
        return figures.own_cells()

    @cached_property
    def years(self) -> list[str]:
        """The years of which there are figures, the newest first."""
        return sorted({cell.year for cell in self.all_cells}, reverse=True)

    @cached_property
    def documents(self) -> list[dict[str, str]]:
        """The documents of which there are figures, by title."""
        found = {cell.document for cell in self.all_cells}
        rows = [{"id": name, "title": self.title_of(name)} for name in found]
        return sorted(rows, key=lambda row: row["title"].casefold())

    @cached_property
    def year(self) -> str:
        return self.chosen("year", self.years)

    @cached_property
    def document(self) -> str:
        return self.chosen("document", [row["id"] for row in self.documents])

    @cached_property
    def cells(self) -> list[Cell]:
        """What was asked for: a year or the last twelve months, one or all documents."""
        today = town_today()
        since = f"{today.year - 1}-{today.month:02}"
        return [
            cell
            for cell in self.all_cells
            if (cell.year == self.year if self.year else cell.month > since)
            and self.document in ("", cell.document)
        ]

    def waiting(self) -> list[dict[str, Any]]:
        """Return what waits now: title, number and the address of these orders."""
        queue = f"{self.context.absolute_url()}/queue"
        linked = api.user.has_permission(USE_QUEUE, obj=self.context)
        return [
            {
                "title": STATE_TITLES.get(name, OVERDUE),
                "count": count,
                "url": f"{queue}?{_asked(name)}" if linked else "",
            }
            for name, count in figures.waiting().items()
        ]

    def charts(self) -> list[Chart]:
        return [
            self._months(),
            self._documents(),
            self._channels(),
            self.delays_chart(
                {name: row.delay for name, row in self._made.items() if row.delay},
                self._delay_table(),
            ),
            self.share_chart(
                {
                    name: row.share_in_time
                    for name, row in self._made.items()
                    if row.share_in_time is not None
                },
                self._delay_table(),
            ),
            self._motives(),
        ]

    @cached_property
    def _made(self) -> dict[str, Sum]:
        sums = by(self.cells, lambda cell: cell.document)
        most_first = sorted(sums.items(), key=lambda item: -item[1].ready)
        return {name: found for name, found in most_first if found.ready}

    def _months(self) -> Chart:
        return self._counted(
            "months",
            _("figures_months", default="Orders per month"),
            _("figures_months_text", default="By the month in which they came in."),
            _("column_month", default="Month"),
            lambda cell: cell.month,
            self.month,
        )

    def _documents(self) -> Chart:
        return self._counted(
            "documents",
            _("figures_documents", default="Orders by document"),
            _("figures_documents_text", default="How often each one was ordered."),
            DOCUMENT,
            lambda cell: cell.document,
            self.title_of,
            most_first=True,
        )

    def _counted(
        self,
        id: str,
        title: Message,
        text: Message,
        head: Message,
        key: Callable[[Cell], str],
        name: Callable[[str], str],
        most_first: bool = False,
    ) -> Chart:
        """Return a chart of orders by a key; its table splits them by channel.

        :param most_first: not by the key, but by how many there are.
        """
        sums = by(self.cells, key)
        if most_first:
            sums = dict(sorted(sums.items(), key=lambda item: -item[1].orders))
        split = by(self.cells, lambda cell: f"{key(cell)} {cell.channel}")
        empty = Sum()
        table = Table(
            (head, ORDERS, *CHANNELS.values()),
            tuple(
                (
                    name(value),
                    found.orders,
                    *(
                        split.get(f"{value} {channel}", empty).orders
                        for channel in CHANNELS
                    ),
                )
                for value, found in sums.items()
            ),
        )
        rows = [
            Bar(name(value), found.orders, str(found.orders))
            for value, found in sums.items()
        ]
        return bars(id, title, text, rows, table)

    def _channels(self) -> Chart:
        sums = by(self.cells, lambda cell: cell.channel)
        rows = [
            Bar(self.say(title), sums[channel].orders, str(sums[channel].orders))
            for channel, title in CHANNELS.items()
            if channel in sums
        ]
        return bars(
            "channels",
            _("figures_channels", default="How orders came in"),
            _("figures_channels_text", default="The way that people chose."),
            rows,
            Table(
                (_("column_channel", default="Way"), ORDERS),
                tuple((row.label, row.shown) for row in rows),
            ),
        )

    def _delay_table(self) -> Table:
        return Table(
            (
                DOCUMENT,
                _("column_ready", default="Made ready"),
                _("column_promised_days", default="Promised (working days)"),
                _("column_median", default="Half within"),
                _("column_p90", default="Nine of ten within"),
                _("figures_in_time", default="Ready in time"),
            ),
            tuple(self._delay_row(name, found) for name, found in self._made.items()),
        )

    def _delay_row(self, document: str, found: Sum) -> tuple[Any, ...]:
        delay = found.delay
        return (
            self.title_of(document),
            found.ready,
            self.promised.get(document, NOT_TOLD),
            delay.median_days if delay else NOT_TOLD,
            delay.p90_days if delay else NOT_TOLD,
            self.percent(found.share_in_time),
        )

    def _motives(self) -> Chart:
        whole: Sum = by(self.cells, lambda cell: "").get("", Sum())
        rows = [
            Bar(MOTIVES[Motive(name)].in_language(self.language()), count, str(count))
            for name, count in whole.motives.most_common()
        ]
        return bars(
            "motives",
            _("figures_motives", default="Why orders were rejected"),
            _(
                "figures_motives_text",
                default="The kinds of reasons that clerks gave when they rejected one.",
            ),
            rows,
            Table(
                (
                    _("field_motive_code", default="Kind of reason"),
                    _("column_rejected", default="Rejected"),
                ),
                tuple((row.label, row.shown) for row in rows),
            ),
        )


def _asked(name: str) -> str:
    return "scope=overdue" if name == "overdue" else f"scope=all&state={name}"
