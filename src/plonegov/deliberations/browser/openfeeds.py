"""The town's decisions for programs: open data, a feed of news, a calendar."""

from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from functools import cached_property
from icalendar import Calendar
from icalendar import Event
from plonegov.core.api import municipality
from plonegov.core.api import town_today
from plonegov.core.listing.export import nameless
from plonegov.core.listing.export import opened
from plonegov.core.listing.export import temporary_file
from plonegov.core.listing.formulas import safe
from plonegov.deliberations.api import public
from plonegov.deliberations.api.public import Sitting
from plonegov.deliberations.browser.publicbase import DECISIONS
from plonegov.deliberations.browser.publicbase import DRAFT
from plonegov.deliberations.browser.publicbase import PublicPage
from plonegov.deliberations.domain.linkeddata import CONTEXT
from plonegov.deliberations.domain.linkeddata import organization
from plonegov.deliberations.domain.opendata import scdl_values
from plonegov.deliberations.domain.publishing import SCDL
from plonegov.deliberations.domain.publishing import scdl_row
from plonegov.deliberations.domain.publishing import Shown
from typing import Any
from typing import TextIO
from xml.sax.saxutils import XMLGenerator
from zope.i18n import translate

import csv
import email.utils
import io
import json


#: Where the schema of the open data stands.
SCHEMA = "https://schema.data.gouv.fr/scdl/deliberations/2.1.4"
#: What the feed of news holds, and how far back the calendar goes.
NEWEST = 50
BACK = timedelta(days=400)
ATOM = "http://www.w3.org/2005/Atom"


class Feed(PublicPage):
    """Base of the feeds: they speak the town's legal language, whoever asks."""

    def language(self) -> str:
        return municipality().legal_language

    def say(self, message) -> str:
        return translate(message, target_language=self.language())

    @cached_property
    def town(self) -> str:
        """The town's name."""
        return self.in_language(municipality().name)


class DecisionsFile(Feed):
    """Base of the files of all decisions, written as they are read: memory stays flat."""

    name = ""
    media_type = ""

    def __call__(self) -> temporary_file:
        suffix = f".{self.name.rpartition('.')[2]}"
        with nameless(suffix, "w", encoding="utf-8", newline="") as sink:
            self.write(sink)
            file, size = opened(sink)
        response = self.request.response
        response.setHeader("Content-Type", self.media_type)
        response.setHeader("Content-Length", str(size))
        response.setHeader("Content-Disposition", f'attachment; filename="{self.name}"')
        return file

    def write(self, sink: TextIO) -> None:
        """Write all of it."""
        raise NotImplementedError

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of all decisions; the cache is emptied after each page."""
        for rows in public.listed_decisions():
            yield from rows
            self.context._p_jar.cacheMinimize()


class DecisionsCsv(DecisionsFile):
    """``deliberations.csv``: the columns of SCDL deliberations 2.1.4.

    Where the town has no SIRET that column is empty, so that the file says nowhere that
    it follows the schema.
    """

    name = "deliberations.csv"
    media_type = "text/csv; charset=utf-8; header=present"

    def __call__(self) -> temporary_file:
        town = municipality()
        if town.country == "FR" and town.enterprise_number:
            self.request.response.setHeader("Link", f'<{SCHEMA}>; rel="describedby"')
        return super().__call__()

    def write(self, sink: TextIO) -> None:
        town = municipality()
        writer = csv.writer(sink, lineterminator="\r\n")
        writer.writerow(SCDL)
        for row in self.rows():
            values = scdl_values(row, town, self.decisions_url)
            writer.writerow([safe(text) for text in scdl_row(values)])


class DecisionsJsonld(DecisionsFile):
    """``deliberations.jsonld``: the town, its public sittings and all decisions, as one
    graph of JSON-LD."""

    name = "deliberations.jsonld"
    media_type = "application/ld+json"

    def write(self, sink: TextIO) -> None:
        sink.write(f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [\n')
        for place, thing in enumerate(self._things()):
            sink.write(",\n" if place else "")
            sink.write(json.dumps(thing, ensure_ascii=False))
        sink.write("\n]}\n")

    def _things(self) -> Iterator[dict[str, Any]]:
        yield organization(municipality(), self.portal_url)
        for sitting in public.sittings():
            yield self.linked_sitting(sitting)
        known = public.public_bodies()
        for row in self.rows():
            yield self.linked_decision(row, row["body"] in known)


class DecisionsRss(Feed):
    """``deliberations.rss``: what was put online last (RSS 2.0)."""

    def __call__(self) -> bytes:
        response = self.request.response
        response.setHeader("Content-Type", "application/rss+xml; charset=utf-8")
        sink = io.StringIO()
        out = XMLGenerator(sink, "utf-8")
        out.startDocument()
        out.startElement("rss", {"version": "2.0", "xmlns:atom": ATOM})
        out.startElement("channel", {})
        self._texts(out, self._channel())
        own = f"{self.portal_url}/deliberations.rss"
        link = {"href": own, "rel": "self", "type": "application/rss+xml"}
        out.startElement("atom:link", link)
        out.endElement("atom:link")
        for row in public.newest(NEWEST):
            out.startElement("item", {})
            self._texts(out, self._entry(row))
            out.endElement("item")
        out.endElement("channel")
        out.endElement("rss")
        out.endDocument()
        return sink.getvalue().encode()

    def _channel(self) -> dict[str, str]:
        title = f"{self.say(DECISIONS)} – {self.town}"
        return {
            "title": title,
            "link": self.decisions_url,
            "description": title,
            "language": self.language(),
        }

    def _entry(self, row: dict[str, Any]) -> dict[str, str]:
        found = self.result(row)
        drafted = row["shown"] == Shown.DRAFT
        title = f"{self.say(DRAFT)}: {row['title']}" if drafted else row["title"]
        state = self.say(found["state"]["title"])
        number = f" {found['number']}" if found["number"] else ""
        return {
            "title": title,
            "link": found["url"],
            "guid": found["url"],
            "pubDate": email.utils.formatdate(row["online"], usegmt=True),
            "category": found["subject"],
            "description": f"{found['body']}, {found['day']}: {state}{number}",
        }

    @staticmethod
    def _texts(out: XMLGenerator, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            if text:
                out.startElement(name, {})
                out.characters(text)
                out.endElement(name)


class SittingsIcs(Feed):
    """``agenda.ics``: the sittings of the public bodies (RFC 5545).

    A sitting that was called off stays, as cancelled, so that calendars tell it.
    """

    def __call__(self) -> bytes:
        response = self.request.response
        response.setHeader("Content-Type", "text/calendar; charset=utf-8")
        calendar = Calendar()
        calendar.add("prodid", "-//PloneGov//Deliberations//FR")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", f"{self.say(DECISIONS)} – {self.town}")
        for event in self._events():
            calendar.add_component(event)
        return calendar.to_ical()

    def _events(self) -> Iterator[Event]:
        first: date = town_today() - BACK
        for sitting in public.sittings(first):
            yield self._event(sitting)

    def _event(self, sitting: Sitting) -> Event:
        event = Event()
        event.add("uid", f"{sitting.key.lower()}@{municipality().id}.plonegov")
        event.add("dtstamp", _utc(sitting.touched))
        event.add("last-modified", _utc(sitting.touched))
        event.add("sequence", sitting.sequence)
        event.add("dtstart", _utc(sitting.starts))
        event.add("summary", self.body_titles.get(sitting.body, sitting.body))
        event.add("status", "CANCELLED" if sitting.is_cancelled else "CONFIRMED")
        event.add("url", f"{self.decisions_url}/meeting/{sitting.key}")
        if sitting.place:
            event.add("location", sitting.place)
        return event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
