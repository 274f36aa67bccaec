"""Check your answers and send: the last step of the order form."""

from babel import Locale
from datetime import date
from plone import api
from plonegov.core.api import municipality
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import LimitReached
from plonegov.core.identity.numbers import mask_national_number
from plonegov.core.money import Money
from plonegov.core.ops.texts import text_of
from plonegov.ordering import _
from plonegov.ordering.adapters.questions import json_schema
from plonegov.ordering.api import drafts
from plonegov.ordering.api import versions
from plonegov.ordering.api.documents import price
from plonegov.ordering.api.draftfiles import files_of
from plonegov.ordering.browser.answers import NO
from plonegov.ordering.browser.answers import YES
from plonegov.ordering.browser.cookies import follow_placed
from plonegov.ordering.browser.faults import ISO_DAY
from plonegov.ordering.browser.formpage import inside
from plonegov.ordering.browser.formpage import Section
from plonegov.ordering.browser.formpages import AboutPage
from plonegov.ordering.browser.formpages import DeliveryPage
from plonegov.ordering.browser.formpages import WhoPage
from plonegov.ordering.browser.questionspage import QuestionsPage
from plonegov.ordering.browser.steps import Step
from plonegov.ordering.browser.words import about
from plonegov.ordering.browser.words import LANGUAGES
from plonegov.ordering.browser.words import WAYS
from plonegov.ordering.domain.attachments import FILE_QUESTIONS
from plonegov.ordering.domain.errors import FormChanged
from plonegov.ordering.domain.model import Delivery
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from z3c.form.field import Fields
from zope.i18nmessageid import Message


CHANGED = _(
    "form_changed_elsewhere",
    default="Your answers were changed in another window since this page was shown. "
    "Nothing was sent. Please check them and send again.",
)

#: The pages whose answers are shown, each with its sections of questions.
GROUPS = (WhoPage, AboutPage, DeliveryPage)


class CheckPage(Step):
    """The answers with links to change them, the price, and the button."""

    page = "check"
    label = _("page_check", default="Check your answers and send")
    index = ViewPageTemplateFile("templates/check.pt")

    def take(self) -> bool:
        token = self.request.form.get("token", "")
        owner = "" if api.user.is_anonymous() else api.user.get_current().getId()
        try:
            self.order = drafts.send(
                self.draft,
                token if isinstance(token, str) else "",
                owner,
                str(self.request.form.get("schema", "")),
            )
        except drafts.DraftChanged:
            return self.refuse(CHANGED, 409)
        except FormChanged as error:
            self.order = None
            if self.news.asked:
                return True
            return self.refuse(text_of(error.code), error.status)
        except InvalidInput as error:
            return self.report(error.faults)
        except LimitReached as error:
            return self.refuse(text_of(error.code), error.status)
        return True

    def form_digest(self) -> str:
        """Return what names the form whose changes this page tells."""
        return versions.digest(self.document)

    def next_url(self) -> str:
        if self.order is None:
            return f"{self.document_url}/order/{self.first_open()}"
        follow_placed(self.request, self.order)
        return f"{self.counter_url}/thanks"

    def label_of(self, fault: Fault) -> Message | str:
        for page in GROUPS:
            for name, title in titles(page.sections):
                if name == fault.field:
                    return title
        return ""

    def groups(self) -> list[dict]:
        """Return what was answered on each page: title, address, rows."""
        base = f"{self.document_url}/order"
        groups = [
            {
                "title": page.label,
                "url": f"{base}/{page.page}?change=1",
                "rows": self.rows(page),
            }
            for page in GROUPS
            if page.page in self.pages()
        ]
        groups.append(
            {
                "title": QuestionsPage.label,
                "url": f"{base}/questions?change=1",
                "rows": self.answers(),
            }
        )
        return groups

    def rows(self, page: type) -> list[dict]:
        """Return question and answer of a page's questions that were answered."""
        rows = []
        for name, title in titles(page.sections):
            value = self.value(name)
            if value:
                rows.append({"title": title, "value": value})
        return rows

    def value(self, name: str) -> str | Message:
        """Return an answer in words; empty when there is none."""
        value = inside(self.content, name, "")
        if name in FILE_QUESTIONS:
            return ", ".join(file.name for file in files_of(self.draft, name))
        if name == "applicant.address.country" and not inside(
            self.content, "applicant.address.street", ""
        ):
            return ""
        if name.endswith(".national_number") and value:
            return mask_national_number(value, self.terms.country)
        if name == "applicant.address.country":
            return Locale.parse(self.language()).territories.get(value, value)
        if name == "relation":
            return about(value, self.terms.country) if value else ""
        words = {"delivery": WAYS, "language": LANGUAGES}.get(name)
        return words[value] if words else self.in_words(value)

    def in_words(self, value: Any) -> str | Message:
        if isinstance(value, bool):
            return YES if value else ""
        if isinstance(value, str) and ISO_DAY.fullmatch(value):
            return self.day(date.fromisoformat(value))
        return str(value)

    def answers(self) -> list[dict]:
        """Return the document's questions with their answers."""
        given = self.content.get("answers", {})
        questions = json_schema(self.document)["properties"]
        return [
            {"title": question["title"], "value": self.answer(question, given[name])}
            for name, question in questions.items()
            if given.get(name) not in (None, "", [])
        ]

    def answer(self, question: dict, value: Any) -> str | Message:
        if isinstance(value, bool):
            return YES if value else NO
        if isinstance(value, list):
            return ", ".join(map(str, self.named(question.get("items", {}), value)))
        return self.in_words(self.named(question, [value])[0])

    def named(self, question: dict, values: list) -> list:
        """Return the titles of chosen values."""
        names = dict(
            zip(question.get("enum", ()), question.get("enumNames", ()), strict=True)
        )
        return [names.get(value, value) for value in values]

    def total(self) -> Money:
        copies = int(self.content.get("copies") or 1)
        way = Delivery(self.content["delivery"])
        return price(self.terms, copies, way)

    def price(self) -> str:
        return self.amount(self.total())

    def to_pay(self) -> bool:
        return bool(self.total().amount)

    def privacy(self) -> dict[str, str]:
        """Return purpose, legal basis, retention and contact of the processing."""
        texts = ("purpose", "processing_basis", "retention_reason")
        found = {name: self.document.text(name, self.language()) for name in texts}
        return found | {"contact": municipality().data_protection_contact}


def titles(sections: tuple[Section, ...]) -> list[tuple[str, Message]]:
    """Return name and title of each question of some sections."""
    return [
        (name, field.field.title)
        for section in sections
        for name, field in Fields(section.schema, prefix=section.prefix).items()
    ]
