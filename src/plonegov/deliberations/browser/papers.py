"""The documents of meetings and items as PDF, and the page that makes all extracts."""

from datetime import datetime
from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound
from plonegov.core.theme.page import PostedAction
from plonegov.core.theme.sending import send_pdf
from plonegov.deliberations import _
from plonegov.deliberations.api import documents
from plonegov.deliberations.api import extracting
from plonegov.deliberations.api import law
from plonegov.deliberations.browser.base import DeskPage
from plonegov.deliberations.browser.meetingwords import meeting_title
from plonegov.deliberations.content.meeting import Meeting
from Products.Five import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


class MeetingPdf(BrowserView):
    """A document of the meeting; subclasses say which."""

    def __call__(self) -> bytes:
        meeting: Meeting = self.context
        name = f"{self.__name__.removesuffix('.pdf')}-{meeting.body}"
        day = law.day_of(meeting).isoformat()
        return send_pdf(self.request.response, self.made(meeting), f"{name}-{day}.pdf")

    def made(self, meeting: Meeting) -> bytes:
        raise NotImplementedError


class ConvocationPdf(MeetingPdf):
    def made(self, meeting: Meeting) -> bytes:
        return documents.convocation(meeting)


class AgendaPdf(MeetingPdf):
    def made(self, meeting: Meeting) -> bytes:
        return documents.agenda(meeting)


class AttendancePdf(MeetingPdf):
    def made(self, meeting: Meeting) -> bytes:
        return documents.attendance(meeting)


class MinutesPdf(MeetingPdf):
    def made(self, meeting: Meeting) -> bytes:
        return documents.minutes(meeting)


class ExtractsPdf(BrowserView):
    """All extracts of the meeting in one file, as the job made them."""

    def __call__(self) -> bytes:
        file = self.context.extracted.get("file")
        if file is None:
            raise RecordNotFound()
        return send_pdf(self.request.response, file.data, file.filename, save=True)


class ExtractPdf(BrowserView):
    """The extract of the decision on the item."""

    def __call__(self) -> bytes:
        data = extracting.extract(self.context)
        name = extracting.filename(self.context)
        return send_pdf(self.request.response, data, name)


class OfMeeting(DeskPage):
    """Base of the pages on what left for the members and the services."""

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        crumb = {"title": self.sitting, "url": self.base_url}
        return [*super().page_breadcrumbs(), crumb]

    @property
    def base_url(self) -> str:
        return self.context.absolute_url()

    @property
    def sitting(self) -> str:
        """What the meeting is called."""
        body = self.body_titles.get(self.context.body, self.context.body)
        return meeting_title(body, self.context.starts, self.language())


class Extracts(OfMeeting):
    """All extracts of a sitting in one action, and who was told of the results."""

    page_title = _("page_extracts", default="Extracts of the sitting")
    index = ViewPageTemplateFile("templates/extracts.pt")

    @property
    def in_work(self) -> bool:
        """Whether they are being made."""
        return extracting.is_due(self.context)

    @property
    def made(self) -> str:
        """When they were made last, or ""."""
        when = self.context.extracted.get("made", "")
        return self.moment(datetime.fromisoformat(when)) if when else ""

    def rows(self) -> list[dict[str, Any]]:
        """Return the registered decisions, each with its extract."""
        return [
            {
                "number": item.number,
                "title": item.title,
                "url": item.absolute_url(),
                "register": f"{item.registered[0]}/{item.registered[1]}",
                "state": self.item_state(item.state),
                "made": extracting.current(item) is not None,
            }
            for item in extracting.registered(self.context)
        ]

    def told(self) -> list[dict[str, Any]]:
        """Return which service was told of its items, when and at which address."""
        return [
            {
                "service": self.service_titles.get(row["service"], row["service"]),
                "count": row["items"],
                "email": row["email"],
                "when": self.moment(datetime.fromisoformat(row["at"])),
            }
            for row in self.context.extracted.get("told", ())
        ]


class ExtractsAction(PostedAction):
    """Ask for the extracts; they are made in the background."""

    done = _(
        "extracts_asked_message",
        default="The extracts are being made. This takes a moment; you can go on.",
    )

    def do(self, form) -> str:
        extracting.ask(self.context)
        return f"{self.context.absolute_url()}/extracts"

    def refused(self, error: PlonegovError) -> str:
        return Extracts(self.context, self.request).again(error, self.request.form)
