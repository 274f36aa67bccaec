"""``ListingView``: the one table for clerks.

Filters, sorting and page stand in the address, so that a listing can be bookmarked
and "back" works. What the address says wrongly is left out, with a message.
"""

from babel.dates import format_date
from babel.dates import format_datetime
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from functools import cached_property
from plone import api
from plone.protect import CheckAuthenticator
from plonegov.core import _
from plonegov.core.listing import choice
from plonegov.core.listing.asked import parameters
from plonegov.core.listing.asked import query_string
from plonegov.core.listing.asked import read
from plonegov.core.listing.export import CSV
from plonegov.core.listing.export import Format
from plonegov.core.listing.export import ROWS
from plonegov.core.listing.interfaces import IListingSource
from plonegov.core.listing.model import Asked
from plonegov.core.listing.model import BulkAction
from plonegov.core.listing.model import Column
from plonegov.core.listing.model import Filter
from plonegov.core.listing.pages import last_start
from plonegov.core.listing.pages import page_links
from plonegov.core.listing.workbook import XLSX
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message


NOTHING = "–"
#: The same rows as a file: the end of its name, which ``format`` asks for.
FORMATS: dict[str, Format] = {"csv": CSV, "xlsx": XLSX}
PAGE_MISSING = _(
    "listing_page_missing", default="There is no such page: this is the last one."
)


class ListingView(BrowserView):
    """Base of a listing; a subclass says what is in it.

    It sets ``title``, ``columns`` (the first one becomes the link), ``sort_on`` and
    ``reverse`` (what sorts at first), ``empty`` and ``empty_hint`` (what will be here
    and how to begin) and ``csv_name``, and defines ``source`` and ``row_url``. With
    ``bulk`` its rows can be selected: their ``row_value`` is sent as ``selected`` to
    ``bulk_url``, with the button's ``verb``.
    """

    page = ViewPageTemplateFile("templates/page.pt")
    parts = ViewPageTemplateFile("templates/listing.pt")

    title: Any = ""
    empty: Any = _("listing_empty", default="Nothing is here yet.")
    empty_hint: Any = ""
    columns: tuple[Column, ...] = ()
    sort_on = ""
    reverse = False
    csv_name = "listing"
    #: Whether the first column holds words, which go on in a further line.
    words = False
    bulk: tuple[BulkAction, ...] = ()
    bulk_url = ""

    def source(self) -> IListingSource:
        """Return where the rows come from."""
        raise NotImplementedError

    def row_url(self, row: Any) -> str:
        """Return the address that a row's first column links to."""
        raise NotImplementedError

    def row_value(self, row: Any) -> str:
        """Return what a selected row sends."""
        raise NotImplementedError

    def filters(self) -> tuple[Filter, ...]:
        """Return the filters, with the counts of their options."""
        return ()

    def __call__(self) -> Any:
        self.request.response.setHeader("Cache-Control", "no-store")
        if self.request.method == "POST":
            return self.choose_columns()
        wanted = self.request.form.get("format")
        if wanted in FORMATS:
            return self.file(wanted)
        return self.page()

    # What was asked for, and what was found

    @cached_property
    def shown_filters(self) -> tuple[Filter, ...]:
        return self.filters()

    @cached_property
    def shown_columns(self) -> tuple[Column, ...]:
        return choice.chosen(self.request, self.csv_name, self.columns)

    def choose_columns(self) -> str:
        """Keep the ticked columns and show the same rows again."""
        CheckAuthenticator(self.request)
        wanted = self.request.form.get("columns", [])
        wanted = [wanted] if isinstance(wanted, str) else wanted
        choice.keep(self.request, self.csv_name, self.columns, wanted)
        self.request.response.redirect(self.page_url(self.asked.start), 303)
        return ""

    @cached_property
    def asked(self) -> Asked:
        return read(
            self.request.form,
            self.columns,
            self.shown_filters,
            self.sort_on,
            self.reverse,
        )

    @cached_property
    def found(self) -> tuple[list[Any], int, int]:
        """Rows of the page, how many there are in all, number of the first row."""
        start = self.asked.start
        rows, total = self._query(start, self.asked.size)
        if start and start >= total:
            start = last_start(total, self.asked.size)
            rows, total = self._query(start, self.asked.size)
        return rows, total, start

    def _query(self, start: int, size: int) -> tuple[list[Any], int]:
        asked = self.asked
        return self.source().query(
            asked.filters, asked.sort_on, asked.reverse, start, size
        )

    # What the template shows

    @property
    def total(self) -> int:
        return self.found[1]

    @property
    def narrowed(self) -> bool:
        """Whether a filter was chosen."""
        usual = {one.id: one.default for one in self.shown_filters if one.default}
        return self.asked.filters != usual

    @property
    def warnings(self) -> list[Any]:
        """What of the address was left out."""
        texts: list[Any] = [
            _(
                "listing_ignored",
                default="“${name}” in the address was not understood and left out.",
                mapping={"name": self.shown(title)},
            )
            for title in self.asked.ignored
        ]
        return texts + ([PAGE_MISSING] if self.found[2] != self.asked.start else [])

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        for row in self.found[0]:
            yield {
                "url": self.row_url(row),
                "value": self.row_value(row) if self.bulk else "",
                "cells": [self._cell(column, row) for column in self.shown_columns],
            }

    def _cell(self, column: Column, row: Any) -> dict[str, str | None]:
        cell = column.cell(row)
        text = self.shown(cell.text)
        return {
            "label": self.shown(column.title),
            "text": text,
            "css": "pg-listing-none" if text == NOTHING else None,
            "detail": self.shown(cell.detail) if cell.detail else "",
            "tag": cell.tag,
        }

    @property
    def heads(self) -> Iterator[dict[str, Any]]:
        """Column heads: title, address that sorts by it, and how it sorts now."""
        for column in self.shown_columns:
            now = column.sort_on is not None and column.sort_on == self.asked.sort_on
            down = now and not self.asked.reverse
            yield {
                "title": column.title,
                "url": column.sort_on
                and self.url(
                    sort_on=column.sort_on, sort_order="descending" if down else None
                ),
                "sort": ("ascending" if down else "descending") if now else None,
                "mark": ("▲" if down else "▼") if now else "",
                "index": column.sort_on,
            }

    @property
    def pages(self) -> dict[str, Any]:
        """Links to other pages: previous, next and numbers (see ``page_links``)."""
        return page_links(self.total, self.found[2], self.asked.size, self.page_url)

    @property
    def column_choices(self) -> Iterator[dict[str, Any]]:
        """The columns that can be shown or hidden: all but the first."""
        shown = {column.id for column in self.shown_columns}
        for column in tuple(self.columns)[1:]:
            yield {
                "id": column.id,
                "title": column.title,
                "shown": column.id in shown,
            }

    @property
    def state(self) -> dict[str, Any]:
        """The parameters of the page that is shown, for its forms."""
        return parameters(self.asked, b_start=self.found[2] or None)

    @property
    def all_selected(self) -> bool:
        """Whether the address asks for all rows of the page to be selected."""
        return self.request.form.get("select") == "page"

    def select_url(self) -> str:
        return self.url(b_start=self.found[2] or None, select="page")

    def page_url(self, start: int) -> str:
        return self.url(b_start=start or None)

    def url(self, **changes: Any) -> str:
        """Return the address of this listing with some parameters changed."""
        return f"{self.base_url}?{query_string(self.asked, **changes)}"

    @property
    def base_url(self) -> str:
        return f"{self.context.absolute_url()}/{self.__name__}"

    @property
    def csv_url(self) -> str:
        return self.url(format="csv")

    @property
    def xlsx_url(self) -> str:
        return self.url(format="xlsx")

    def shown(self, value: Any) -> str:
        """Return a value as text in the page's language."""
        if value in (None, ""):
            return NOTHING
        if isinstance(value, Message):
            return translate(value, context=self.request)
        if isinstance(value, datetime):
            return format_datetime(value, "short", locale=self.language)
        if isinstance(value, date):
            return format_date(value, "short", locale=self.language)
        return str(value)

    @cached_property
    def language(self) -> str:
        return api.portal.get_current_language()

    # The same as a file

    def file(self, extension: str) -> Any:
        """Answer all rows that the filters leave as a file.

        :param extension: a key of ``FORMATS``.
        """
        kind = FORMATS[extension]
        file, size = kind.write(
            [self.shown(column.title) for column in self.file_columns],
            self._file_pages(),
            self.context._p_jar.cacheMinimize,
        )
        response = self.request.response
        response.setHeader("Content-Type", kind.media_type)
        response.setHeader("Content-Length", str(size))
        response.setHeader(
            "Content-Disposition", f'attachment; filename="{self.csv_name}.{extension}"'
        )
        return file

    @cached_property
    def file_columns(self) -> tuple[Column, ...]:
        return tuple(self.columns)

    def _file_pages(self) -> Iterator[Iterator[list[Any]]]:
        asked = self.asked
        pages = self.source().pages(asked.filters, asked.sort_on, asked.reverse, ROWS)
        for rows in pages:
            yield (self._file_row(row) for row in rows)

    def _file_row(self, row: Any) -> list[Any]:
        values = [column.plain(row) for column in self.file_columns]
        return [
            self._word(value) if isinstance(value, Message) else value
            for value in values
        ]

    def _word(self, message: Message) -> str:
        """Return a message in the page's language; each is translated once only."""
        if message.mapping:
            return translate(message, target_language=self.language)
        if message not in self._words:
            self._words[message] = translate(message, target_language=self.language)
        return self._words[message]

    @cached_property
    def _words(self) -> dict[Message, str]:
        return {}
