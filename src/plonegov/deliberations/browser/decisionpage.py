"""A publication as the public reads it: the draft, the decision or its tombstone."""

from datetime import datetime
from functools import cached_property
from plonegov.core.api import town_zone
from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound
from plonegov.core.theme.page import Page
from plonegov.deliberations import _
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import public
from plonegov.deliberations.api.public import Sitting
from plonegov.deliberations.api.publicfiles import named
from plonegov.deliberations.browser.labels import COUNTS
from plonegov.deliberations.browser.publicbase import PublicPage
from plonegov.deliberations.content.publication import PublicationIndexes
from plonegov.deliberations.domain.formalities import binding_from
from plonegov.deliberations.domain.linkeddata import block
from plonegov.deliberations.domain.publishing import lowered_headings
from plonegov.deliberations.domain.publishing import OVER
from plonegov.deliberations.domain.publishing import Shown
from plonegov.deliberations.domain.refusals import PublicationWithdrawn
from plonegov.deliberations.domain.rulereading import rule_set
from plonegov.deliberations.domain.votebar import segments
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


WHY: dict[str, Message] = {
    "privacy": _("why_privacy", default="To protect somebody’s privacy"),
    "error": _("why_error", default="It was published by mistake"),
    "annulled": _("why_annulled", default="It was annulled"),
    "other": _("why_other", default="For another reason"),
    "taken_off": _("why_taken_off", default="It was taken off the agenda"),
    "dropped": _("why_dropped", default="The item was withdrawn before a decision"),
    "taken_back": _(
        "why_taken_back", default="The sitting was resumed and this taken back"
    ),
}
#: The level of the title of a former text.
FORMER_TITLE = 3
#: What a file may do in a browser: nothing.
SAFE = "default-src 'none'; sandbox"


class DecisionPage(PublicPage):
    """One item at one address, before and after its body has decided."""

    index = ViewPageTemplateFile("templates/decision.pt")
    gone = ViewPageTemplateFile("templates/tombstone.pt")

    def __call__(self) -> str:
        if self.is_withdrawn:
            self.private()
            self.request.response.setStatus(410)
            return self.gone()
        return self.index()

    @property
    def is_withdrawn(self) -> bool:
        return self.context.shown == Shown.WITHDRAWN

    @property
    def is_draft(self) -> bool:
        return self.context.shown == Shown.DRAFT

    @property
    def page_title(self) -> Any:
        if self.is_withdrawn:
            return _("tombstone_title", default="Withdrawn")
        return self.context.title

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        crumbs = super().page_breadcrumbs()
        if self.sitting is not None:
            crumbs.append(self.sitting)
        return crumbs

    @property
    def body(self) -> str:
        return self.body_titles.get(self.context.body, self.context.body)

    @property
    def state(self) -> dict[str, Any]:
        return self.outcome(self.context.shown, self.context.outcome)

    @property
    def register_number(self) -> str:
        """Year and number in the register of its body, or ""."""
        return "/".join(map(str, self.context.registered))

    @property
    def subject(self) -> str:
        return self.category_titles.get(self.context.subject, "")

    @cached_property
    def held(self) -> Sitting | None:
        """Its sitting, if the public reads of that."""
        try:
            return public.sitting(self.context.meeting)
        except RecordNotFound:
            return None

    @property
    def is_past(self) -> bool:
        """Whether its sitting is over, so that a draft changes no more."""
        return self.held is not None and self.held.state in OVER

    @cached_property
    def sitting(self) -> dict[str, str] | None:
        """Title and address of its sitting, if the public reads that."""
        found = self.held
        if found is None:
            return None
        title = f"{self.body}, {self.short_day(found.starts.date())}"
        return {"title": title, "url": f"{self.decisions_url}/meeting/{found.key}"}

    @property
    def linked(self) -> str:
        """The decision as JSON-LD, or "" before it is one."""
        if self.context.shown != Shown.DECISION:
            return ""
        values = PublicationIndexes(self.context).values()
        return block(self.linked_decision(values, self.held is not None))

    @property
    def day_of_sitting(self) -> str:
        return self.day(self.context.day)

    @property
    def text(self) -> str:
        """Its text; its headings come below those of the page."""
        return lowered_headings(self.context.text)

    @cached_property
    def former(self) -> list[dict[str, Any]]:
        """The texts that were rectified after the public read them, the latest first."""
        return [
            {
                **row,
                "text": lowered_headings(row["text"], FORMER_TITLE),
                "day": self.day_of(datetime.fromisoformat(row["rectified"])),
            }
            for row in reversed(self.context.former)
        ]

    def day_of(self, moment: datetime) -> str:
        """Return the town's day of a moment in words."""
        return self.short_day(moment.astimezone(town_zone()).date())

    @property
    def draft_since(self) -> str:
        """Since when its draft is online, or ""."""
        day = self.day_online(self.context.draft_online)
        return self.short_day(day) if day else ""

    @property
    def online_since(self) -> str:
        """Since when what it shows is online."""
        day = self.day_online(self.context.online)
        return self.short_day(day) if day else ""

    @property
    def late(self) -> str:
        """The last day on which its draft was to be online, if it came later, or ""."""
        return self.short_day(self.context.draft_due) if self.context.late else ""

    @property
    def posting(self) -> dict[str, Any] | None:
        """Number and days of its posting, if it is a regulation."""
        if not self.context.posting:
            return None
        first = self.context.posted[0]
        rules = rule_set(bodies.get(self.context.body).rules).on(self.context.day)
        due = binding_from(first, rules)
        return {
            "number": "/".join(map(str, self.context.posting)),
            "since": self.short_day(first),
            "binds": self.short_day(due.day) if due and due.day else "",
        }

    @cached_property
    def votes(self) -> list[dict[str, Any]]:
        """The counts of the vote, each with its part of the bar; [] without a vote."""
        return [
            {"title": COUNTS[one.kind], "segment": one}
            for one in segments(self.context.counts)
        ]

    @property
    def vote_told(self) -> str:
        """The counts in words."""
        parts = [
            f"{self.say(vote['title'])}: {vote['segment'].count}" for vote in self.votes
        ]
        return "; ".join(parts)

    @property
    def voters(self) -> int:
        return sum(self.context.counts.values())

    def annexes(self) -> list[dict[str, Any]]:
        """Return the files that the public may have."""
        return [
            {
                "url": f"{self.context.absolute_url()}/annex/{ready.address}",
                "title": ready.row.title or self._numbered(ready.place),
                "kind": ready.row.kind.upper(),
                "size": _size(ready.file.getSize()),
            }
            for ready in self.context.files()
        ]

    def _numbered(self, place: int) -> str:
        message = _("annex_number", default="Annex ${number}")
        return self.say(Message(message, mapping={"number": place}))

    @property
    def why(self) -> Message:
        return WHY.get(self.context.withdrawn, WHY["other"])


@implementer(IPublishTraverse)
class PublicAnnex(Page):
    """``annex/<number>.<kind>``: a cleaned file, sent as a download that can do nothing."""

    def __init__(self, context, request) -> None:
        super().__init__(context, request)
        self.path: list[str] = []

    def publishTraverse(self, request, name: str) -> "PublicAnnex":
        self.path.append(name)
        return self

    def __call__(self) -> Any:
        """Send the file.

        :raises PublicationWithdrawn: the publication was withdrawn.
        :raises RecordNotFound: there is no such file.
        """
        error: type[PlonegovError] = RecordNotFound
        if self.context.shown == Shown.WITHDRAWN:
            error = PublicationWithdrawn
        if len(self.path) != 1 or error is PublicationWithdrawn:
            raise error()
        ready = named(self.context, self.path[0])
        file = ready.file
        response = self.request.response
        response.setHeader("Content-Type", file.contentType)
        response.setHeader("Content-Length", str(file.getSize()))
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader("Content-Security-Policy", SAFE)
        response.setHeader(
            "Content-Disposition", f'attachment; filename="{ready.name}"'
        )
        return file.open().read()


def _size(size: int) -> str:
    """Return a size in bytes as people read it."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"
