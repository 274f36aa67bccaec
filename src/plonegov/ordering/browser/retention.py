"""``retention-preview``: what will be erased when, for who answers for personal data."""

from babel.dates import format_date
from babel.dates import format_skeleton
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from plone import api
from plonegov.core.api import municipality
from plonegov.core.listing.export import write
from plonegov.core.records.retention import Due
from plonegov.ordering import _
from plonegov.ordering.api import documents
from plonegov.ordering.api import foresight
from plonegov.ordering.api.orders import town_today
from Products.Five import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18n import translate


#: What an order loses, in words.
LOST = (
    _(
        "lost_people",
        default="Names, dates of birth, addresses, telephone numbers and e-mail "
        "addresses of the applicant and of the person concerned",
    ),
    _("lost_numbers", default="National numbers"),
    _("lost_answers", default="Answers, and what the clerk found in the register"),
    _("lost_files", default="Files, documents made, and documents that were replaced"),
    _("lost_proofs", default="Proofs and identity documents that were shown"),
    _(
        "lost_texts",
        default="What was written: questions, answers, reasons and internal notes",
    ),
    _("lost_who", default="Who handled it, who opened it, and whose account it is"),
)
STAYS = (
    _("stays_what", default="Reference, document and service"),
    _("stays_when", default="Dates, state, channel and delays"),
    _("stays_figures", default="Price, number of copies and kind of refusal"),
)
DAY_WRONG = _("preview_day_wrong", default="Choose a day from today on.")


class RetentionPreview(BrowserView):
    """Counts by month and document; who looks at it sees no name and no reference."""

    page_title = _("page_retention", default="What will be erased")
    index = ViewPageTemplateFile("templates/retention.pt")
    lost, stays = LOST, STAYS

    def __call__(self) -> Any:
        self.request.response.setHeader("Cache-Control", "no-store")
        if self.request.form.get("format") == "csv":
            return self.csv()
        if self.message:
            self.request.response.setStatus(422, lock=True)
        return self.index()

    @cached_property
    def language(self) -> str:
        return api.portal.get_current_language()

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/retention-preview"

    @property
    def typed(self) -> str:
        """The day as it was typed."""
        value = self.request.form.get("day", "")
        return value if isinstance(value, str) else ""

    @cached_property
    def day(self) -> date | None:
        """The day that was asked for, when it is one from today on."""
        try:
            day = date.fromisoformat(self.typed)
        except ValueError:
            return None
        return day if day >= town_today() else None

    @property
    def message(self) -> Any:
        return DAY_WRONG if self.typed and self.day is None else None

    @property
    def first(self) -> str:
        return town_today().isoformat()

    @property
    def day_in_words(self) -> str:
        return format_date(self.day, "long", locale=self.language)

    @property
    def total(self) -> int:
        return len(self._of_day)

    @cached_property
    def _of_day(self) -> list[Due]:
        return foresight.erased_until(self.day) if self.day else []

    @property
    def documents(self) -> list[dict[str, Any]]:
        """Return the documents of the orders that are erased up to the day."""
        return self._rows(Counter(due.kind for due in self._of_day))

    @property
    def months(self) -> list[dict[str, Any]]:
        """Return the coming twelve months in which something is erased."""
        found = foresight.by_month(foresight.coming_year())
        return [
            {
                "title": format_skeleton("yMMMM", month, locale=self.language),
                "total": kinds.total(),
                "documents": self._rows(kinds),
            }
            for month, kinds in sorted(found.items())
        ]

    def _rows(self, kinds: Counter[str]) -> list[dict[str, Any]]:
        return [
            {"title": self.titles.get(kind, kind), "count": count}
            for kind, count in kinds.most_common()
        ]

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of the documents in the page's language, by id."""
        fallback = municipality().legal_language
        return {
            document.getId(): titles.get(self.language) or titles[fallback]
            for document in documents.all_documents()
            if (titles := documents.terms(document).title)
        }

    def csv(self) -> Any:
        """Answer the coming year by day and document, or what is erased up to a day."""
        due = self._of_day if self.day else foresight.coming_year()
        heads = (
            _("preview_column_day", default="Day"),
            _("preview_column_document", default="Document"),
            _("preview_column_orders", default="Orders"),
        )
        titles = [translate(head, context=self.request) for head in heads]
        file, size = write(titles, [self._csv_rows(due)], lambda: None)
        response = self.request.response
        response.setHeader("Content-Type", "text/csv; charset=utf-8")
        response.setHeader("Content-Length", str(size))
        name = f"retention-{(self.day or town_today()).isoformat()}.csv"
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        return file

    def _csv_rows(self, due: list[Due]) -> Iterator[tuple[Any, ...]]:
        counted = Counter((item.day, item.kind) for item in due)
        for (day, kind), count in sorted(counted.items()):
            yield day, self.titles.get(kind, kind), count
