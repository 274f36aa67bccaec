"""``verify`` and ``verify/CODE``: what a document of the town is worth today."""

from babel.dates import format_date
from collections.abc import Mapping
from plonegov.certification import _
from plonegov.certification.api import verifying
from plonegov.certification.browser.words import SAID
from plonegov.certification.domain.verdict import Verdict
from plonegov.core.api import municipality
from plonegov.core.api import town_zone
from plonegov.core.errors import PlonegovError
from plonegov.core.pdf.wording import text_in
from plonegov.core.registers.errors import SealedDocumentUnknown
from plonegov.core.registers.sealed import SealedDocument
from plonegov.core.theme.page import Page
from plonegov.core.theme.page import ShowsFaults
from plonegov.core.typed.codes import grouped
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class Verify(ShowsFaults, Page):
    """One types the code, comes by the QR, or gives the PDF; nothing is kept.

    A code that was typed leads to the address of its document, which can be kept and
    shown in another language. A file is examined in the request and answered at once,
    so no token is asked: nothing changes, and another site could only learn what it
    holds already.
    """

    heading = _("page_verify", default="Check a document")
    form = ViewPageTemplateFile("templates/verify.pt")
    result = ViewPageTemplateFile("templates/verify_result.pt")

    code = ""
    file_name = ""
    verdict: Verdict | None = None
    document: SealedDocument | None = None
    #: What was asked for is answered: this page says it.
    answered = False

    def publishTraverse(self, request, name: str) -> "Verify":
        """Take the code from the address."""
        self.code = name
        return self

    @property
    def page_title(self) -> Any:
        return self.said["title"] if self.answered else self.heading

    def __call__(self) -> str:
        self.private()
        if self.faults:
            return self.form()
        try:
            return self._answer()
        except PlonegovError as error:
            return self.again(error, {"code": self.code, **self.request.form})

    def _answer(self) -> str:
        form = self.request.form
        if self.request.method == "POST" and "file" in form:
            return self._examine(form["file"])
        if self.request.method == "POST":
            code = verifying.read_code("code", str(form.get("code", "")))
            return self.redirect(f"{self.verify_url}/{code}")
        return self._show() if self.code else self.form()

    def _examine(self, file: Any) -> str:
        data = file.read(verifying.MOST + 1) if hasattr(file, "read") else b""
        verifying.check_size("file", data)
        found = verifying.by_file(data)
        self.verdict, self.document = found.verdict, found.document
        self.file_name = file.filename
        self.answered = True
        return self.result()

    def _show(self) -> str:
        """Show the document with the code; an unknown code stays to be corrected."""
        try:
            self.document = verifying.by_code(self.code)
        except SealedDocumentUnknown:
            self.request.response.setStatus(404)
            self.typed = {
                "code": grouped(self.code) if self.code.isalnum() else self.code
            }
        self.answered = True
        return self.result() if self.document else self.form()

    @property
    def said(self) -> dict[str, Any]:
        """Return title, explanation and tone (see ``words.SAID``)."""
        standing = self.document.standing if self.document else "unknown"
        return SAID[str(self.verdict or standing)]

    def facts(self) -> list[dict[str, Any]]:
        """Return what the register says, as label and value; it names nobody."""
        rows = [(_("label_checked_file", default="File"), self.file_name)]
        if self.document is not None:
            rows += self._facts(self.document)
        return [{"label": label, "value": value} for label, value in rows if value]

    def _facts(self, document: SealedDocument) -> list[tuple[Any, str]]:
        day = document.when.astimezone(town_zone()).date()
        return [
            (_("label_document", default="Document"), self._title(document.kind.title)),
            (
                _("label_issued", default="Issued on"),
                format_date(day, "long", self.language()),
            ),
            (_("label_service", default="By"), self._service(document.kind.service)),
            (_("label_initials", default="Person (initials)"), document.initials),
            (_("label_code", default="Code"), grouped(document.code)),
        ]

    def replaced_by(self) -> str:
        """Return the address of the document that took this one's place, or ""."""
        by = self.document.replaced_by if self.document else ""
        return f"{self.verify_url}/{by}" if by else ""

    @property
    def verify_url(self) -> str:
        return f"{self.portal_url}/verify"

    def page_breadcrumbs(self) -> list[dict]:
        if not self.answered:
            return []
        return [{"title": self.say(self.heading), "url": self.verify_url}]

    def _title(self, title: Mapping[str, str]) -> str:
        return text_in(title, self.language())

    def _service(self, service: str) -> str:
        town = municipality()
        name = self._title(town.name)
        if service not in {each.id for each in town.services}:
            return name
        return f"{name}, {self._title(town.service(service).title)}"
