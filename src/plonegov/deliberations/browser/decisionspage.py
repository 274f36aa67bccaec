"""What citizens read first of their town's bodies: sittings by year, and the search."""

from babel.dates import format_date
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from plonegov.core.api import now
from plonegov.core.errors import Fault
from plonegov.core.listing.pages import last_start
from plonegov.core.listing.pages import page_links
from plonegov.deliberations import _
from plonegov.deliberations.api import public
from plonegov.deliberations.api.public import Results
from plonegov.deliberations.api.public import Sitting
from plonegov.deliberations.browser.publicbase import DECISIONS
from plonegov.deliberations.browser.publicbase import PublicPage
from plonegov.deliberations.domain.publicsearch import read_search
from plonegov.deliberations.domain.publicsearch import Search
from plonegov.deliberations.domain.publicsearch import USUAL_SIZE
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from urllib.parse import urlencode
from zope.i18nmessageid import Message


NUMBER = _("public_number_short", default="No. ${number}")
#: Sittings to come that the first page names.
NEXT = 4

FIELDS = {
    "text": _("public_search_text", default="Words"),
    "body": _("public_search_body", default="Body"),
    "year": _("public_search_year", default="Year"),
    "subject": _("public_search_subject", default="Subject"),
    "b_start": _("public_search_page", default="Page"),
    "b_size": _("public_search_page", default="Page"),
}


class DecisionsPage(PublicPage):
    """The sittings of the public bodies by year, and a way to the search."""

    index = ViewPageTemplateFile("templates/decisions.pt")
    page_title = DECISIONS

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        return []

    @cached_property
    def all(self) -> list[Sitting]:
        return public.sittings()

    @cached_property
    def coming(self) -> list[dict[str, Any]]:
        """The next sittings, the nearest first."""
        rows = [each for each in self.all if each.starts >= now()]
        open_ones = [each for each in rows if not each.is_cancelled]
        return self._rows(open_ones[:NEXT])

    @cached_property
    def years(self) -> list[dict[str, Any]]:
        """The years in which there were sittings, the latest first."""
        found = sorted({each.starts.year for each in self.all}, reverse=True)
        return [
            {
                "year": year,
                "url": f"{self.decisions_url}?year={year}",
                "current": year == self.year,
            }
            for year in found
        ]

    @cached_property
    def year(self) -> int:
        """The year that the address asks for, else the latest one with a sitting."""
        known = {each.starts.year for each in self.all}
        wanted = self.request.form.get("year", "")
        if isinstance(wanted, str) and wanted.isdigit() and int(wanted) in known:
            return int(wanted)
        past = {year for year in known if year <= now().year}
        return max(past or known, default=now().year)

    @cached_property
    def sittings(self) -> list[dict[str, Any]]:
        """The sittings of the year, the latest first."""
        return self._rows(
            each for each in reversed(self.all) if each.starts.year == self.year
        )

    def _rows(self, sittings: Iterable[Sitting]) -> list[dict[str, Any]]:
        return [
            {
                "url": f"{self.decisions_url}/meeting/{each.key}",
                "iso": each.starts.isoformat(timespec="minutes"),
                "when": f"{self.day(each.starts.date())}, {self.hour(each.starts)}",
                "number": each.starts.day,
                "month": self.month(each.starts.date()),
                "body": self.body_titles.get(each.body, each.body),
                "place": each.place,
                "state": self.sitting_state(each.state),
                "cancelled": each.is_cancelled,
            }
            for each in sittings
        ]

    def month(self, day: date) -> str:
        """Return the short name of a day's month."""
        return format_date(day, "MMM", locale=self.language())


class DecisionsSearch(PublicPage):
    """``decisions-search``: words and facets with their counts, in one request."""

    index = ViewPageTemplateFile("templates/decisions_search.pt")
    page_title = _("public_search_title", default="Search decisions")

    @cached_property
    def ignored(self) -> list[Fault]:
        """What of the address was not understood and left out."""
        return self._read[1]

    @cached_property
    def wanted(self) -> Search:
        return self._read[0]

    @cached_property
    def _read(self) -> tuple[Search, list[Fault]]:
        faults: list[Fault] = []
        bodies, subjects = public.known()
        return read_search(self.request.form, bodies, subjects, faults), faults

    @cached_property
    def ignored_names(self) -> str:
        """The names of what was left out."""
        return ", ".join(self.say(FIELDS[fault.field]) for fault in self.ignored)

    @cached_property
    def found(self) -> Results:
        return public.search(self.wanted)

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [self._line(self.result(row)) for row in self.found.rows]

    def _line(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a row with its tag and its facts in one line: many rows stay cheap."""
        number = row["number"] and self.say(
            Message(NUMBER, mapping={"number": row["number"]})
        )
        facts = (row["body"], row["day"], number, row["subject"])
        return {
            "url": row["url"],
            "title": row["title"],
            "state_title": row["state"]["title"],
            "tag": f"pg-tag-{row['state']['tag']}" if row["state"]["tag"] else "",
            "facts": " · ".join(fact for fact in facts if fact),
        }

    @cached_property
    def facets(self) -> list[dict[str, Any]]:
        """The facets: name, title and options with their counts."""
        return [
            self._facet("body", self.body_titles),
            self._facet("year", {}),
            self._facet("subject", self.category_titles),
        ]

    def _facet(self, name: str, titles: dict[str, str]) -> dict[str, Any]:
        chosen = getattr(self.wanted, name)
        counted = self.found.facets[name]
        options = [
            {
                "value": value,
                "title": f"{titles.get(value, value)} ({count})",
                "chosen": value == chosen,
            }
            for value, count in self._ordered(name, counted, titles)
            if value
        ]
        return {"name": name, "title": FIELDS[name], "options": options}

    @staticmethod
    def _ordered(name: str, counted, titles: dict[str, str]) -> list[tuple[Any, int]]:
        if name == "year":
            return sorted(counted.items(), reverse=True)
        order = {key: place for place, key in enumerate(titles)}
        return sorted(counted.items(), key=lambda pair: order.get(pair[0], len(order)))

    @cached_property
    def pages(self) -> dict[str, Any]:
        """Links to the other pages of results."""
        size, total = self.wanted.size, self.found.total
        start = min(self.wanted.start // size * size, last_start(total, size))
        return page_links(total, start, size, self._url)

    def _url(self, start: int) -> str:
        values = {
            "text": self.wanted.text,
            **self.wanted.facets,
            "b_start": start or "",
            "b_size": self.wanted.size if self.wanted.size != USUAL_SIZE else "",
        }
        given = {name: value for name, value in values.items() if value}
        return f"{self.decisions_url}/decisions-search?{urlencode(given)}"


class Postings(PublicPage):
    """``postings``: the regulations that the town has posted."""

    index = ViewPageTemplateFile("templates/postings.pt")
    page_title = _("postings_title", default="Regulations")

    def rows(self) -> list[dict[str, Any]]:
        """Return the posted regulations, the latest first."""
        return [
            {
                **self.result(row),
                "posting": row["posting"],
                "posted": self.short_day(date.fromordinal(row["posted"])),
            }
            for row in public.postings()
        ]
