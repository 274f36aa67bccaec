"""``edit-questions/question``: the words of one question, in each of the town's
languages; of an own question also its choices and whether it must be answered."""

from functools import cached_property
from plone import api
from plonegov.core.api import municipality
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound
from plonegov.core.ops.texts import text_of
from plonegov.ordering import _
from plonegov.ordering.api import forms
from plonegov.ordering.browser.editquestions import EditingPage
from plonegov.ordering.browser.editquestions import Publishing
from plonegov.ordering.browser.editquestions import question_of
from plonegov.ordering.browser.editquestions import QuestionList
from plonegov.ordering.browser.editquestions import TITLE
from plonegov.ordering.browser.editquestions import TYPES
from plonegov.ordering.browser.words import LANGUAGES
from plonegov.ordering.domain.formreading import CHOICE_LIMIT
from plonegov.ordering.domain.formreading import HELP_LIMIT
from plonegov.ordering.domain.formreading import MOST_CHOICES
from plonegov.ordering.domain.formreading import TITLE_LIMIT
from plonegov.ordering.domain.forms import AnswerType
from plonegov.ordering.domain.forms import OWN_TYPES
from plonegov.ordering.domain.forms import Question
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zExceptions import NotFound
from zope.i18nmessageid import Message
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


#: Empty rows offered below the choices that a question already has.
SPARE_CHOICES = 3

#: Longest text of a question and of its explanation, in characters.
LIMITS = {"titles": TITLE_LIMIT, "helps": HELP_LIMIT}

LABELS = {
    "titles": _("question_title", default="Question"),
    "helps": _("question_help", default="Explanation"),
    "choices": _("question_choices", default="Choices"),
}


class QuestionEditing(EditingPage):
    """One question, an existing one (``id``) or a new own one (``new``: its type)."""

    index = ViewPageTemplateFile("templates/edit_question.pt")
    field_parts = ViewPageTemplateFile("templates/edit_field.pt")

    def __call__(self) -> str:
        self.private()
        if self.posted():
            try:
                self.save()
            except InvalidInput as error:
                self.refuse(error, 422)
                self.message, self.faults = None, error.faults
            except PlonegovError as error:
                self.refuse(error)
            else:
                done = _(
                    "question_saved",
                    default="Saved. Citizens see it once you publish it.",
                )
                api.portal.show_message(done, self.request)
                return self.redirect(self.edit_url)
        return self.index()

    def save(self) -> None:
        if self.question.own:
            forms.write(self.document, self.question, self.typed)
        else:
            forms.reword(self.document, self.question.id, self.typed)

    @cached_property
    def question(self) -> Question:
        """The question that the page is about.

        :raises RecordNotFound: there is no such question, nor such a type.
        """
        form = self.request.form
        if "id" in form:
            return question_of(self.document, str(form["id"]))
        if form.get("new") not in OWN_TYPES:
            raise RecordNotFound()
        return forms.new_question(AnswerType(form["new"]))

    @property
    def is_new(self) -> bool:
        return "id" not in self.request.form

    @property
    def page_title(self) -> Message:
        if self.is_new:
            return _("question_add_title", default="Add a question")
        return _("question_edit_title", default="Change a question")

    def page_breadcrumbs(self) -> list[dict]:
        crumb = {"title": self.say(TITLE), "url": self.edit_url}
        return [*super().page_breadcrumbs(), crumb]

    @property
    def type(self) -> Message:
        return TYPES[self.question.type]

    @property
    def has_choices(self) -> bool:
        """Whether the page asks for choices."""
        return self.question.own and self.question.type is AnswerType.CHOICE

    @cached_property
    def typed(self) -> dict[str, Any]:
        """What was sent: ``titles.fr``, ``choices.0.fr``, ``choices.0.value``."""
        form = self.request.form
        languages = municipality().interface_languages
        typed = {
            name: {one: _text(form, f"{name}.{one}") for one in languages}
            for name in ("titles", "helps")
        }
        typed["required"] = bool(form.get("required"))
        typed["choices"] = [
            {
                "value": _text(form, f"choices.{number}.value"),
                "titles": {
                    one: _text(form, f"choices.{number}.{one}") for one in languages
                },
            }
            for number in range(MOST_CHOICES + SPARE_CHOICES)
            if f"choices.{number}.value" in form
        ]
        return typed

    def words(self) -> list[dict[str, Any]]:
        """Return, for each language, the fields of its words."""
        return [
            {
                "language": LANGUAGES[language],
                "fields": [
                    self.text_field("titles", language),
                    self.text_field("helps", language),
                ],
            }
            for language in municipality().interface_languages
        ]

    def text_field(self, name: str, language: str) -> dict[str, Any]:
        """Return the field of a text, with what the catalogue says where it differs."""
        catalogue = getattr(self.catalogue, name).get(language, "")
        value = getattr(self.question, name).get(language, "")
        if self.sent:
            value = self.typed[name][language]
        field = self.field(f"{name}.{language}", LABELS[name], language, value)
        return field | {
            "limit": LIMITS[name],
            "long": True,
            "catalogue": catalogue if catalogue != value else "",
        }

    def field(
        self, name: str, label: Message | str, language: str, value: str
    ) -> dict[str, Any]:
        """Return what the template shows of a field."""
        return {
            "name": name,
            "label": label,
            "language": language,
            "value": value,
            "limit": CHOICE_LIMIT,
            "long": False,
            "catalogue": "",
            "error": self.error_of(name),
        }

    @cached_property
    def catalogue(self) -> Question:
        """The question as the catalogue has it; an own one is in no catalogue."""
        if self.question.own:
            return Question("", self.question.type, {})
        return forms.catalogue_question(self.document, self.question.id)

    @property
    def sent(self) -> bool:
        return self.request["REQUEST_METHOD"] == "POST"

    @property
    def required(self) -> bool:
        if self.sent:
            return self.typed["required"]
        return self.question.required and not self.is_new

    def choices(self) -> list[dict[str, Any]]:
        """Return the rows of the choices, with some empty ones below."""
        languages = municipality().interface_languages
        rows = [
            {"value": value, "titles": titles}
            for value, titles in self.question.choices.items()
        ]
        if self.sent:
            rows = self.typed["choices"]
        else:
            rows += [{"value": "", "titles": {}}] * SPARE_CHOICES
        return [
            {
                "number": number,
                "value": row["value"],
                "fields": [
                    self.field(
                        f"choices.{number}.{one}",
                        LANGUAGES[one],
                        one,
                        row["titles"].get(one, ""),
                    )
                    for one in languages
                ],
            }
            for number, row in enumerate(rows)
        ]

    def error_of(self, name: str) -> Message | None:
        for fault in self.faults:
            if fault.field == name:
                return text_of(fault.code, fault.context)
        return None

    def problems(self) -> list[dict[str, Any]]:
        """Return the lines of the error summary."""
        return [
            {
                "label": self.label_of(fault),
                "text": text_of(fault.code, fault.context),
                "target": "choice-0" if fault.field == "choices" else fault.field,
            }
            for fault in self.faults
        ]

    def label_of(self, fault: Fault) -> str:
        """Return the name of a field with its language: Question (Français)."""
        kind, _dot, rest = fault.field.partition(".")
        label, language = self.say(LABELS[kind]), LANGUAGES.get(rest.split(".")[-1], "")
        return f"{label} ({language})" if language else label


def _text(form: dict[str, Any], name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


PAGES = {"": QuestionList, "question": QuestionEditing, "publish": Publishing}


@implementer(IPublishTraverse)
class EditQuestions(EditingPage):
    """``edit-questions``, ``edit-questions/question``, ``edit-questions/publish``."""

    page = ""

    def publishTraverse(self, request, name):
        if self.page or name not in PAGES:
            raise NotFound(name)
        self.page = name
        return self

    def __call__(self) -> str:
        return PAGES[self.page](self.context, self.request)()
