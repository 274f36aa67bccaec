"""``verify`` and ``verify/CODE``: what a document of the town is worth today."""

from babel.dates import format_date
from collections.abc import Mapping
from plonegov.certification import _
from plonegov.certification.api import verifying
from plonegov.certification.browser.words import STANDINGS
from plonegov.certification.browser.words import VERDICTS
from plonegov.certification.domain.verdict import Verdict
from plonegov.core.api import municipality
from plonegov.core.api import town_zone
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
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

    A code is looked up whether it was typed or stands in the address. A file is examined in the request and answered at once, so no token is asked: nothing
    changes, and another site could only learn what it holds already.
    """

    page_title = _("page_verify", default="Check a document")
    form = ViewPageTemplateFile("templates/verify.pt")
    result = ViewPageTemplateFile("templates/verify_result.pt")

    code = ""
    verdict: Verdict | None = None
    document: SealedDocument | None = None

    def publishTraverse(self, request, name: str) -> "Verify":
        """Take the code from the address."""
        self.code = name
        return self

    def __call__(self) -> str:
        self.private()
        if self.faults:
            return self.form()
        try:
            return self._answer()
        except PlonegovError as error:
            return self.again(error, self.request.form)

    def _answer(self) -> str:
        form = self.request.form
        if self.request.method == "POST" and "file" in form:
            return self._examine(form["file"])
        if self.request.method == "POST":
            return self._look_up(str(form.get("code", "")))
        if self.code:
            return self._show(self.code)
        return self.form()

    def _examine(self, file: Any) -> str:
        data = file.read(verifying.MOST + 1) if hasattr(file, "read") else b""
        verifying.check_size("file", data)
        found = verifying.by_file(data)
        self.verdict, self.document = found.verdict, found.document
        return self.result()

    def _look_up(self, typed: str) -> str:
        if not typed.strip():
            raise InvalidInput([Fault("code", "verified_code_missing")])
        return self._show(typed)

    def _show(self, typed: str) -> str:
        try:
            self.document = verifying.by_code(typed)
        except SealedDocumentUnknown:
            self.request.response.setStatus(404)
        return self.result()

    def said(self) -> dict[str, Any]:
        """Return title, explanation and tone (``success``, ``warning``, ``error``)."""
        if self.verdict is not None:
            return VERDICTS[self.verdict]
        standing = str(self.document.standing) if self.document else "unknown"
        return STANDINGS[standing]

    def facts(self) -> list[dict[str, Any]]:
        """Return what the register says, as label and value; it names nobody."""
        document = self.document
        if document is None:
            return []
        day = document.when.astimezone(town_zone()).date()
        rows = [
            (_("label_document", default="Document"), self._title(document.kind.title)),
            (
                _("label_issued", default="Issued on"),
                format_date(day, "long", self.language()),
            ),
            (_("label_service", default="By"), self._service(document.kind.service)),
            (_("label_initials", default="Initials"), document.initials),
            (_("label_code", default="Code"), grouped(document.code)),
        ]
        return [{"label": label, "value": value} for label, value in rows if value]

    def replaced_by(self) -> str:
        """Return the address of the document that took this one's place, or ""."""
        by = self.document.replaced_by if self.document else ""
        return f"{self.verify_url}/{by}" if by else ""

    @property
    def verify_url(self) -> str:
        return f"{self.portal_url}/verify"

    def page_breadcrumbs(self) -> list[dict]:
        if not (self.code or self.verdict):
            return []
        return [{"title": self.say(self.page_title), "url": self.verify_url}]

    def _title(self, title: Mapping[str, str]) -> str:
        return text_in(title, self.language())

    def _service(self, service: str) -> str:
        town = municipality()
        name = self._title(town.name)
        if service not in {each.id for each in town.services}:
            return name
        return f"{name}, {self._title(town.service(service).title)}"
