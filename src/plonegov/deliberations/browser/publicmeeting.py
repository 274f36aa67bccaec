"""``meeting/<key>`` on the decisions: what the public is told of a sitting."""

from datetime import datetime
from datetime import UTC
from functools import cached_property
from plone.namedfile.file import NamedBlobFile
from plonegov.core.errors import RecordNotFound
from plonegov.core.theme.sending import send_pdf
from plonegov.deliberations import _
from plonegov.deliberations.api import public
from plonegov.deliberations.api import publicpapers
from plonegov.deliberations.api.public import Sitting
from plonegov.deliberations.browser.publicbase import PublicPage
from plonegov.deliberations.domain.linkeddata import block
from plonegov.deliberations.domain.linkeddata import sitting_url
from plonegov.deliberations.domain.publishing import Shown
from plonegov.deliberations.domain.trace import told
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


PDF = ".pdf"
PAPERS: dict[str, Message] = {
    publicpapers.AGENDA: _("link_agenda_pdf", default="Agenda (PDF)"),
    publicpapers.MINUTES: _(
        "public_minutes_pdf", default="Minutes, public version (PDF)"
    ),
}


@implementer(IPublishTraverse)
class PublicMeeting(PublicPage):
    """A sitting: when, where, and what of its agenda was confirmed."""

    index = ViewPageTemplateFile("templates/public_meeting.pt")

    def __init__(self, context, request) -> None:
        super().__init__(context, request)
        self.path: list[str] = []

    def publishTraverse(self, request, name: str) -> "PublicMeeting":
        self.path.append(name)
        return self

    def __call__(self) -> str | bytes:
        """Show the page, or send one of the sitting's papers.

        :raises RecordNotFound: there is no such sitting or paper, or not for the public.
        """
        if not self.path or not self.sitting or len(self.path) > 2:
            raise RecordNotFound()
        return self._paper(self.path[1]) if self.path[1:] else self.index()

    def _paper(self, name: str) -> bytes:
        found = self.files.get(name.removesuffix(PDF)) if name.endswith(PDF) else None
        if found is None:
            raise RecordNotFound()
        day = self.sitting.starts.date().isoformat()
        filename = f"{self.sitting.body}-{day}-{name}"
        return send_pdf(self.request.response, found.data, filename)

    @cached_property
    def files(self) -> dict[str, NamedBlobFile]:
        """The sitting's papers, by name."""
        return publicpapers.current(self.sitting)

    @property
    def papers(self) -> list[dict[str, Any]]:
        """The sitting's papers: title and address."""
        url = sitting_url(self.decisions_url, self.sitting.key)
        return [
            {"title": title, "url": f"{url}/{name}{PDF}"}
            for name, title in PAPERS.items()
            if name in self.files
        ]

    @cached_property
    def sitting(self) -> Sitting:
        return public.sitting(self.path[0])

    @property
    def page_title(self) -> str:
        return f"{self.body}, {self.short_day(self.sitting.starts.date())}"

    @property
    def linked(self) -> str:
        """The sitting as JSON-LD."""
        return block(self.linked_sitting(self.sitting))

    @property
    def body(self) -> str:
        return self.body_titles.get(self.sitting.body, self.sitting.body)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The confirmed items of the agenda, in its order."""
        return [
            {
                **self.result(row),
                "place": row["place"],
                "draft": row["shown"] == Shown.DRAFT,
                "late": row["late"],
                "online": self._online(row),
            }
            for row in public.agenda(self.sitting.key)
        ]

    @property
    def drafts(self) -> bool:
        """Whether some of it is a draft."""
        return any(row["draft"] for row in self.rows)

    @cached_property
    def due(self) -> str:
        """Until when the law wants the drafts online, in a sentence, or ""."""
        found = public.drafts_due(self.sitting)
        if found is None:
            return ""
        [line] = told((found.line,))
        return self.in_language(line["text"])

    def _online(self, row: dict[str, Any]) -> str:
        day = self.day_online(datetime.fromtimestamp(row["online"], UTC))
        return self.short_day(day) if day else ""
