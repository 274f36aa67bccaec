"""What the public's pages share: words for bodies, subjects and outcomes; the feeds."""

from babel.dates import format_date
from babel.dates import format_time
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from functools import cached_property
from plonegov.core.api import municipality
from plonegov.core.api import town_zone
from plonegov.core.theme.page import Page
from plonegov.deliberations import _
from plonegov.deliberations.api.public import Sitting
from plonegov.deliberations.api.publishing import decisions
from plonegov.deliberations.browser.labels import ITEM_STATES
from plonegov.deliberations.browser.labels import TAGS
from plonegov.deliberations.browser.titles import Titles
from plonegov.deliberations.domain.linkeddata import event
from plonegov.deliberations.domain.linkeddata import legislation
from plonegov.deliberations.domain.publishing import Shown
from plonegov.deliberations.domain.states import MeetingState
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


DECISIONS = _("decisions_title", default="Decisions")
DRAFT = _("public_draft", default="Draft, not adopted")

#: Sittings as the public is told of them: it needs fewer words than the staff.
SITTING_STATES: Mapping[MeetingState, Message] = {
    MeetingState.CONVENED: _("public_sitting_convened", default="To come"),
    MeetingState.FROZEN: _("public_sitting_convened", default="To come"),
    MeetingState.SITTING: _("public_sitting_sitting", default="Sitting now"),
    MeetingState.DECIDED: _("public_sitting_held", default="Held"),
    MeetingState.CLOSED: _("public_sitting_held", default="Held"),
    MeetingState.CANCELLED: _("public_sitting_cancelled", default="Cancelled"),
}
SITTING_TAGS = {
    MeetingState.CONVENED: "info",
    MeetingState.FROZEN: "info",
    MeetingState.SITTING: "warn",
    MeetingState.CANCELLED: "danger",
}


class PublicPage(Titles, Page):
    """Base of the public's pages on sittings and decisions."""

    #: Macros: ``style``, ``feeds`` (links in the head), ``tag``, ``results``, ``pages``.
    parts = ViewPageTemplateFile("templates/public_parts.pt")

    def __call__(self) -> str:
        return self.index()

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        return [{"title": self.say(DECISIONS), "url": self.decisions_url}]

    @cached_property
    def decisions_url(self) -> str:
        """The address of the page on the town's decisions."""
        return decisions().absolute_url()

    @cached_property
    def feeds(self) -> list[dict[str, Any]]:
        """What programs may follow: address, media type and title."""
        return [
            {
                "url": f"{self.portal_url}/deliberations.rss",
                "type": "application/rss+xml",
                "title": _("public_feed_rss", default="Latest decisions and drafts"),
            },
            {
                "url": f"{self.portal_url}/agenda.ics",
                "type": "text/calendar",
                "title": _("public_feed_ics", default="Calendar of sittings"),
            },
            {
                "url": f"{self.portal_url}/deliberations.csv",
                "type": "text/csv",
                "title": _("public_feed_csv", default="All decisions as open data"),
            },
            {
                "url": f"{self.portal_url}/deliberations.jsonld",
                "type": "application/ld+json",
                "title": _(
                    "public_feed_jsonld", default="All decisions as linked data"
                ),
            },
        ]

    @cached_property
    def text_language(self) -> str | None:
        """The language of titles and texts where it is not the page's."""
        return self.legal if self.legal != self.spoken else None

    @cached_property
    def body_titles(self) -> dict[str, str]:
        """Titles of the town's bodies in the page's language, by id; none is woken."""
        return {
            choice.id: self.in_language(choice.title)
            for choice in municipality().bodies
        }

    @cached_property
    def legal(self) -> str:
        """The language of the town's own documents."""
        return municipality().legal_language

    def short_day(self, day: date) -> str:
        """Return a date in words, without its weekday: 24 novembre 2026."""
        return format_date(day, "long", locale=self.spoken)

    def hour(self, moment: datetime) -> str:
        """Return the hour of a moment in the town's time: 19:00."""
        zone = town_zone()
        return format_time(moment.astimezone(zone), "short", locale=self.language())

    def day_online(self, moment: datetime | None) -> date | None:
        """Return the town's day of a moment."""
        if moment is None:
            return None
        return moment.astimezone(town_zone()).date()

    def outcome(self, shown: str, outcome: str) -> dict[str, Any]:
        """Return title and tag of what a publication shows."""
        if shown == Shown.DRAFT:
            return {"title": DRAFT, "tag": "warn"}
        return {"title": ITEM_STATES.get(outcome, DECISIONS), "tag": TAGS.get(outcome)}

    def sitting_state(self, state: MeetingState) -> dict[str, Any]:
        """Return title and tag of a sitting's state."""
        return {"title": SITTING_STATES[state], "tag": SITTING_TAGS.get(state)}

    def number(self, row: Mapping[str, Any]) -> str:
        """Return a decision's number in its register, from its metadata: 2026/12."""
        return f"{row['year']}/{row['registered']}" if row["registered"] else ""

    def linked_decision(self, row: Mapping[str, Any], sitting: bool) -> dict[str, Any]:
        """Return a decision as linked data, from its metadata.

        :param sitting: whether the public reads of its sitting.
        """
        town, urls = municipality(), (self.portal_url, self.decisions_url)
        return legislation(row, town, *urls, sitting=sitting)

    def linked_sitting(self, found: Sitting) -> dict[str, Any]:
        """Return a sitting as linked data."""
        return event(
            found.key,
            found.body,
            found.starts,
            found.place,
            municipality(),
            self.portal_url,
            self.decisions_url,
            cancelled=found.is_cancelled,
        )

    def result(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row of results from its metadata."""
        return {
            "url": f"{self.decisions_url}/{row['key']}",
            "title": row["title"],
            "state": self.outcome(row["shown"], row["outcome"]),
            "body": self.body_titles.get(row["body"], row["body"]),
            "day": self.short_day(date.fromordinal(row["day"])),
            "subject": self.category_titles.get(row["subject"], ""),
            "number": self.number(row),
            "documents": row["documents"],
        }
