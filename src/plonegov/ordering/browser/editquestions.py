"""``edit-questions``: a document's questions for who words them; nothing of EasyForm's
own screens, which show models, actions and addresses."""

from Acquisition import aq_parent
from babel.dates import format_datetime
from collections.abc import Callable
from datetime import datetime
from plone import api
from plone.protect import CheckAuthenticator
from plonegov.core.api import town_zone
from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound
from plonegov.core.ops.texts import text_of
from plonegov.core.theme.people import Names
from plonegov.ordering import _
from plonegov.ordering.api import forms
from plonegov.ordering.browser.answers import text_in
from plonegov.ordering.browser.base import CitizenPage
from plonegov.ordering.browser.changewords import lines
from plonegov.ordering.browser.document import COUNTER_CRUMB
from plonegov.ordering.content.document import OrderableDocument
from plonegov.ordering.domain.forms import AnswerType
from plonegov.ordering.domain.forms import OWN_TYPES
from plonegov.ordering.domain.forms import Question
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zExceptions import MethodNotAllowed
from zope.i18nmessageid import Message

import transaction


#: What is answered to a question, as editors read it.
TYPES: dict[AnswerType, Message] = {
    AnswerType.LINE: _("type_line", default="One line of text"),
    AnswerType.TEXT: _("type_text", default="A longer text"),
    AnswerType.YES_NO: _("type_yes_no", default="Yes or no"),
    AnswerType.DATE: _("type_date", default="A date"),
    AnswerType.CHOICE: _("type_choice", default="A choice from a list"),
    AnswerType.NUMBER: _("type_number", default="A whole number"),
    AnswerType.SEVERAL: _("type_several", default="Several choices from a list"),
    AnswerType.OTHER: _("type_other", default="Another kind of answer"),
}

TITLE = _("edit_questions_title", default="Questions of the form")


class EditingPage(CitizenPage):
    """What the pages about a document's questions share; ``document`` is theirs."""

    faults: tuple = ()
    message: Message | None = None

    @property
    def document(self) -> OrderableDocument:
        return self.context

    @property
    def edit_url(self) -> str:
        return f"{self.document.absolute_url()}/edit-questions"

    @property
    def document_title(self) -> str:
        return self.document.text("titles", self.language())

    def page_breadcrumbs(self) -> list[dict]:
        counter = aq_parent(self.document)
        return [
            {"title": self.say(COUNTER_CRUMB), "url": counter.absolute_url()},
            {"title": self.document_title, "url": self.document.absolute_url()},
        ]

    def posted(self) -> bool:
        """Whether something is to be done; it comes from one of our own forms.

        :raises Forbidden: it does not.
        """
        if self.request["REQUEST_METHOD"] in ("GET", "HEAD"):
            return False
        if self.request["REQUEST_METHOD"] != "POST":
            raise MethodNotAllowed()
        CheckAuthenticator(self.request)
        return True

    def refuse(self, error: PlonegovError, status: int = 0) -> None:
        """Show what is wrong; nothing was changed.

        :param status: of the answer, the error's own when it is not given.
        """
        transaction.abort()
        self.message = text_of(error.code, error.context)
        self.request.response.setStatus(status or error.status, lock=True)

    def text(self, texts: Any) -> str:
        return text_in(texts, self.language())


class QuestionList(EditingPage):
    """The questions, what waits to be published, the former versions."""

    index = ViewPageTemplateFile("templates/edit_questions.pt")
    page_title = TITLE

    def __call__(self) -> str:
        self.private()
        if self.posted():
            try:
                self.act()
            except PlonegovError as error:
                self.refuse(error)
            else:
                return self.redirect(self.next_url())
        return self.index()

    def act(self) -> None:
        """Do what a button says.

        :raises RecordNotFound: there is no such button.
        """
        verb = VERBS.get(str(self.request.form.get("verb", "")))
        if verb is None:
            raise RecordNotFound()
        verb(self.document, str(self.request.form.get("question", "")))

    def next_url(self) -> str:
        taken_up = self.request.form["verb"] == "take_up"
        return f"{self.edit_url}/publish" if taken_up else self.edit_url

    def questions(self) -> list[dict[str, Any]]:
        """Return the questions as they will be, in the order of the form."""
        questions = forms.drafted_questions(self.document)
        changed = {change.question.id for change in forms.difference(self.document)}
        own = [question.id for question in questions if question.own]
        return [
            {
                "id": question.id,
                "title": self.text(question.titles),
                "help": self.text(question.helps),
                "type": TYPES[question.type],
                "choices": [self.text(one) for one in question.choices.values()],
                "required": question.required,
                "own": question.own,
                "up": question.own and question.id != own[0],
                "down": question.own and question.id != own[-1],
                "changed": question.id in changed,
                "url": f"{self.edit_url}/question?id={question.id}",
            }
            for question in questions
        ]

    def types(self) -> list[dict[str, Any]]:
        return [{"value": str(one), "title": TYPES[one]} for one in OWN_TYPES]

    def pending(self) -> dict[str, str] | None:
        """Return who changed what waits last, and when; None when nothing waits."""
        row = self.document.questions.pending
        return None if row is None else self.told(row)

    def versions(self) -> list[dict[str, Any]]:
        """Return the published versions, the present one first."""
        rows = list(enumerate(self.document.questions.versions))
        return [
            {
                "number": number,
                "present": number == len(rows) - 1,
                **self.told(row),
            }
            for number, row in reversed(rows)
        ]

    def told(self, row: dict[str, Any]) -> dict[str, str]:
        """Return a version's day and person in words; empty for the catalogue's."""
        if not row["who"]:
            return {"when": "", "who": ""}
        moment = datetime.fromisoformat(row["when"])
        zone = town_zone()
        when = format_datetime(
            moment.astimezone(zone), "medium", locale=self.language()
        )
        return {"when": when, "who": self.names[row["who"]]}

    @property
    def names(self) -> Names:
        return Names()


class Publishing(EditingPage):
    """What publishing would change, for whom, and the button that does it."""

    index = ViewPageTemplateFile("templates/publish_questions.pt")
    page_title = _("publish_questions_title", default="What changes in the form")

    def __call__(self) -> str:
        self.private()
        if self.posted():
            try:
                forms.publish(self.document, str(self.request.form.get("seen", "")))
            except PlonegovError as error:
                self.refuse(error)
            else:
                done = _("questions_published", default="The questions are published.")
                api.portal.show_message(done, self.request)
                return self.redirect(self.edit_url)
        return self.index()

    def page_breadcrumbs(self) -> list[dict]:
        crumb = {"title": self.say(TITLE), "url": self.edit_url}
        return [*super().page_breadcrumbs(), crumb]

    def lines(self) -> list[str]:
        """Return the changes in words."""
        changes = forms.difference(self.document)
        return lines(changes, self.language(), self.request)

    def seen(self) -> str:
        return forms.pending_digest(self.document)

    def impact(self) -> forms.Impact:
        return forms.impact(self.document)


def _take_up(document: OrderableDocument, number: str) -> None:
    forms.take_up(document, int(number) if number.isdecimal() else -1)


#: What the buttons of the list do, with the id of a question or a version's number.
VERBS: dict[str, Callable[[OrderableDocument, str], None]] = {
    "up": lambda document, question: forms.move(document, question, -1),
    "down": lambda document, question: forms.move(document, question, 1),
    "remove": forms.remove,
    "discard": lambda document, question: forms.discard(document),
    "take_up": _take_up,
}


def question_of(document: OrderableDocument, question_id: str) -> Question:
    """Return a question as it will be.

    :raises RecordNotFound: there is none with this id.
    """
    for question in forms.drafted_questions(document):
        if question.id == question_id:
            return question
    raise RecordNotFound()
