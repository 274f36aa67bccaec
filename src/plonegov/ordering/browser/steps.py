"""What every page of the order form does: its draft, its checks, its way on.

A page shows what is in the draft, takes one POST, keeps what is right and redirects;
what is wrong is shown again as typed and changes nothing.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.ops.texts import text_of
from plonegov.ordering import _
from plonegov.ordering.adapters.questions import check_answers
from plonegov.ordering.api import drafts
from plonegov.ordering.api import versions
from plonegov.ordering.api.documents import terms
from plonegov.ordering.api.links import find
from plonegov.ordering.browser.base import CitizenPage
from plonegov.ordering.browser.changewords import lines
from plonegov.ordering.browser.cookies import draft_key
from plonegov.ordering.browser.cookies import follow
from plonegov.ordering.browser.cookies import set_draft_key
from plonegov.ordering.browser.document import COUNTER_CRUMB
from plonegov.ordering.storage.drafts import Draft
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.component import getMultiAdapter
from zope.i18nmessageid import Message

import re


ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

#: Pages in their order, and the step that each belongs to.
PAGES = {"who": 1, "about": 1, "delivery": 1, "questions": 2, "check": 3}
STEPS = 3

#: What each page answers for, as dotted prefixes of the request.
FIELDS = {
    "who": (
        "relation",
        "applicant.first_name",
        "applicant.last_name",
        "applicant.birth_date",
        "applicant.national_number",
        "applicant.email",
        "applicant.phone",
    ),
    "about": ("relation", "subject", "attachments"),
    "delivery": ("delivery", "copies", "applicant.address", "language"),
    "questions": ("answers",),
}

#: Faults of the relation that only show once the other person is known.
NEEDS_SUBJECT = frozenset(
    {
        "minor_needs_representative",
        "relation_for_minor_only",
        "heir_of_deceased_only",
        "subject_is_applicant",
    }
)

TRAP = "website"

TOKEN_WRONG = _(
    "form_token_wrong",
    default="We could not be sure that this form came from you: the page was open for "
    "very long, or you signed in or out meanwhile. Nothing was saved. What you typed "
    "is still here: please send it again.",
)
TRAP_FILLED = _(
    "form_trap_filled",
    default="A field that must stay empty was filled in. Nothing was saved. Please "
    "empty the field “Leave this field empty” and send the form again.",
)
DAY_WRONG = _(
    "form_day_wrong",
    default="There is no such day. Write the day, the month and the year with 4 digits.",
)
GONE = _(
    "form_draft_gone",
    default="We no longer have what you typed before: it is deleted after 24 hours, or "
    "your browser did not keep it. Nothing was ordered.",
)


@dataclass(frozen=True)
class Problem:
    """A line of the error summary: what is wrong, and where it can be mended."""

    label: Message | str
    text: Message
    url: str


class Step(CitizenPage):
    """A page of the order form; ``form_context`` is the document."""

    page = ""
    method = "post"
    index = ViewPageTemplateFile("templates/page.pt")
    gone_page = ViewPageTemplateFile("templates/gone.pt")
    label = ""

    def __call__(self) -> str:
        self.private()
        self.problems: list[Problem] = []
        self.message = None
        self.terms = terms(self.document)
        self.document_id = self.document.getId()
        key = draft_key(self.request, self.document_id)
        self.draft: Draft | None = drafts.find(key, self.document_id)
        self.take_up(drafts.content_of(self.draft))
        if self.posted():
            return self.post()
        if self.draft is not None and self.draft.reference and self.page != "who":
            return self.thank(self.draft.reference)
        if self.draft is None and self.page != "who" and key:
            return self.gone()
        wanted = self.allowed()
        if wanted != self.page:
            return self.redirect(f"{self.document_url}/order/{wanted}")
        self.update()
        return self.render()

    def posted(self) -> bool:
        return self.request["REQUEST_METHOD"] == "POST"

    def post(self) -> str:
        """Take a POST: keep it and go on, or show it again with what is wrong."""
        if self.draft is not None and self.draft.reference and self.page != "who":
            return self.thank(self.draft.reference)
        self.update()
        if self.accepted():
            if self.draft is None and self.page != "who":
                self.refuse(GONE, 410)
            elif self.take():
                return self.redirect(self.next_url())
        return self.render()

    def thank(self, reference: str) -> str:
        """Lead to what came of a draft that was sent."""
        follow(self.request, find(reference))
        return self.redirect(f"{self.counter_url}/thanks")

    def take_up(self, content: drafts.Content) -> None:
        """Go on with what was typed, as far as the document's questions still ask it."""
        self.news = versions.news(self.document, content)
        self.content = self.news.content

    # What a page adds --------------------------------------------------------

    def update(self) -> None:
        """Prepare the questions."""

    def take(self) -> bool:
        """Keep what was typed; say whether it was right."""
        raise NotImplementedError

    def render(self) -> str:
        return self.index()

    # Checks --------------------------------------------------------------------

    def accepted(self) -> bool:
        """Whether the POST comes from our own form and from a person."""
        request = self.request
        authenticator = getMultiAdapter((self.context, request), name="authenticator")
        if not authenticator.verify():
            return self.refuse(TOKEN_WRONG, 403)
        if request.form.get(TRAP):
            return self.refuse(TRAP_FILLED, 422)
        return True

    def refuse(self, message: Message, status: int) -> bool:
        """Show a message on top of the page, which keeps what was typed."""
        self.message = message
        self.request.response.setStatus(status, lock=True)
        return False

    def report(self, faults: Iterable[Fault]) -> bool:
        """Show faults in the summary, each with its question and a link to it."""
        for fault in faults:
            self.problems.append(
                Problem(self.label_of(fault), self.text_of(fault), self.url_of(fault))
            )
        self.request.response.setStatus(422, lock=True)
        return False

    def label_of(self, fault: Fault) -> Message | str:
        """Return the question that a fault belongs to; empty when none is shown."""
        return ""

    def text_of(self, fault: Fault) -> Message:
        """Return what is wrong, in words that fit a day asked in three parts."""
        if fault.code == "date_invalid":
            return DAY_WRONG
        return text_of(fault.code, self.spoken(fault.context))

    def spoken(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of an error with days in words."""
        return {
            name: self.day(date.fromisoformat(value))
            if isinstance(value, str) and ISO_DAY.fullmatch(value)
            else value
            for name, value in context.items()
        }

    def url_of(self, fault: Fault) -> str:
        """Return where a fault can be mended."""
        return f"{self.document_url}/order/{page_of(fault)}#{anchor(fault.field)}"

    # The way -------------------------------------------------------------------

    def pages(self) -> list[str]:
        """Return the pages that this person passes."""
        alone = self.content.get("relation", "self") == "self"
        return [name for name in PAGES if name != "about" or not alone]

    def allowed(self) -> str:
        """Return this page, or the one that must be answered before it."""
        open_page = self.first_open()
        order = list(PAGES)
        if self.page in self.pages() and order.index(self.page) <= order.index(
            open_page
        ):
            return self.page
        return open_page

    def first_open(self) -> str:
        """Return the first page whose questions are not all answered rightly."""
        for name in self.pages():
            if name != "check" and not self.complete(name):
                return name
        return "check"

    def complete(self, name: str) -> bool:
        try:
            self.examine(name, self.content)
        except InvalidInput:
            return False
        return True

    def examine(self, name: str, content: drafts.Content, files=None) -> None:
        """Check what a page asks, by the rules of the whole request.

        :raises InvalidInput: with the faults of that page.
        """
        if name == "questions":
            if "answers" not in content or self.news.asked:
                raise InvalidInput([Fault("answers", "required")])
            check_answers(self.document, content["answers"])
            return
        if files is None:
            files = drafts.attachments_of(self.draft) if name == "about" else ()
        payload = drafts.request_of(self.document_id, content, files)
        try:
            drafts.examine_part(payload, self.terms, FIELDS[name])
        except InvalidInput as error:
            later = NEEDS_SUBJECT if name == "who" else frozenset()
            faults = [fault for fault in error.faults if fault.code not in later]
            if faults:
                raise InvalidInput(faults) from error

    def keep(self, content: drafts.Content) -> None:
        """Keep what was typed in the draft."""
        self.draft = drafts.keep(self.draft, self.document_id, content)
        self.take_up(content)
        set_draft_key(self.request, self.document_id, self.draft.key)

    def next_url(self) -> str:
        """Return the page after this one, or the answers when one was changed."""
        base = f"{self.document_url}/order"
        if self.changing():
            return f"{base}/{self.first_open()}"
        pages = self.pages()
        return f"{base}/{pages[pages.index(self.page) + 1]}"

    def changing(self) -> bool:
        """Whether the person came from the last page to change an answer."""
        return self.request.form.get("change") == "1"

    def back_url(self) -> str:
        base = f"{self.document_url}/order"
        if self.changing():
            return f"{base}/check"
        pages = self.pages()
        at = pages.index(self.page) if self.page in pages else 0
        return f"{base}/{pages[at - 1]}" if at else self.document_url

    def gone(self) -> str:
        self.request.response.setStatus(410, lock=True)
        return self.gone_page()

    # What the templates show ------------------------------------------------------

    @property
    def document(self):
        return self.context

    @property
    def document_url(self) -> str:
        return self.document.absolute_url()

    @property
    def action_url(self) -> str:
        return f"{self.document_url}/order/{self.page}"

    @property
    def document_title(self) -> str:
        return self.document.text("titles", self.language())

    @property
    def page_title(self):
        if self.problems or self.message:
            return _(
                "page_title_error",
                default="Error: ${title}",
                mapping={"title": self.say(self.label)},
            )
        return self.label

    def page_breadcrumbs(self) -> list[dict]:
        return [
            {"title": self.say(COUNTER_CRUMB), "url": self.counter_url},
            {"title": self.document_title, "url": self.document_url},
        ]

    def told(self) -> list[str]:
        """Return what changed in the questions since they were answered, in words."""
        if self.page not in ("questions", "check"):
            return []
        return lines(self.news.changes, self.language(), self.request, only=True)

    def step(self) -> int:
        return PAGES[self.page]

    def steps(self) -> list[dict]:
        """Return the steps of the progress bar."""
        return [
            {"done": number < self.step(), "current": number == self.step()}
            for number in range(1, STEPS + 1)
        ]

    def office_of_service(self) -> dict | None:
        return self.service_office(self.document.service)


def page_of(fault: Fault) -> str:
    """Return the page on which a fault can be mended."""
    if fault.code in NEEDS_SUBJECT:
        return "about"
    for page, prefixes in FIELDS.items():
        for prefix in prefixes:
            if fault.field == prefix or fault.field.startswith(f"{prefix}."):
                return page
    return "who"


def anchor(field: str) -> str:
    """Return the id of the element that a fault's field is shown at."""
    if field.startswith("attachments"):
        return "mandate"
    if field.startswith("answers."):
        return field.replace("answers.", "form-widgets-", 1)
    return field.replace(".", "-")
