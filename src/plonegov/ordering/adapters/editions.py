"""A form as citizens are asked it: its EasyForm model with what editors made of it."""

from collections.abc import Callable
from collections.abc import Mapping
from collective.easyform.api import get_schema
from collective.easyform.interfaces import ILabel
from plone import api
from plone.autoform.interfaces import WIDGETS_KEY
from plone.schemaeditor.interfaces import IEditableSchema
from plonegov.core.api import municipality
from plonegov.core.typed.text import TEXT_LIMIT
from plonegov.ordering.adapters.kinds import terms_of
from plonegov.ordering.content.questionform import QuestionForm
from plonegov.ordering.domain.forms import AnswerType
from plonegov.ordering.domain.forms import Edition
from plonegov.ordering.domain.forms import edition_from_plain
from plonegov.ordering.domain.forms import Question
from plonegov.ordering.domain.forms import Texts
from typing import Any
from zope import schema
from zope.i18n import translate
from zope.interface.interface import InterfaceClass
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import IBool
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import ICollection
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IField
from zope.schema.interfaces import IInt
from zope.schema.interfaces import IText
from zope.schema.interfaces import ITextLine
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


#: Longest answer to an own question of one line, in characters.
LINE_LIMIT = 200

#: Yes and no are chosen from a list: an empty tick box would already be an answer.
YES_NO_WIDGET = "z3c.form.browser.select.SelectFieldWidget"

#: The first interface that a field provides counts.
TYPES: tuple[tuple[InterfaceClass, AnswerType], ...] = (
    (IBool, AnswerType.YES_NO),
    (IChoice, AnswerType.CHOICE),
    (ICollection, AnswerType.SEVERAL),
    (IDate, AnswerType.DATE),
    (IInt, AnswerType.NUMBER),
    (ITextLine, AnswerType.LINE),
    (IText, AnswerType.TEXT),
)


def edition_of(form: QuestionForm) -> Edition:
    """Return what editors published of a form."""
    return edition_from_plain(form.edition)


def catalogue_questions(form: QuestionForm) -> tuple[Question, ...]:
    """Return the questions of a form's model, in every language of the town."""
    languages = municipality().interface_languages
    return tuple(
        Question(
            id=name,
            type=_type_of(field),
            titles=_in_all(field.title, languages),
            helps=_in_all(field.description, languages),
            required=field.required,
            choices={
                str(term.value): _in_all(term.title or str(term.value), languages)
                for term in _choices_of(field)
            },
        )
        for name, field in getFieldsInOrder(get_schema(form))
        if not ILabel.providedBy(field)
    )


def questions_of(form: QuestionForm) -> tuple[Question, ...]:
    """Return the questions that citizens are asked, in every language of the town."""
    return edition_of(form).of(catalogue_questions(form))


def schema_of(form: QuestionForm, language: str | None = None) -> InterfaceClass:
    """Return the schema that citizens are asked: made anew at each call.

    :param language: of the town's own texts; the page's when it is not given.
    """
    made, edition = get_schema(form), edition_of(form)
    text = _Chooser(language)
    for name, wording in edition.wordings.items():
        if name in made:
            made[name].title = text(wording.titles) or made[name].title
            made[name].description = text(wording.helps) or made[name].description
    widgets = dict(made.queryTaggedValue(WIDGETS_KEY, {}))
    for question in edition.own:
        IEditableSchema(made).addField(_own_field(question, text), question.id)
        if question.type is AnswerType.YES_NO:
            widgets[question.id] = YES_NO_WIDGET
    made.setTaggedValue(WIDGETS_KEY, widgets)
    return made


class _Chooser:
    """Chooses the text of a language, else of the town's legal one, else none."""

    def __init__(self, language: str | None) -> None:
        chosen = language or api.portal.get_current_language()
        self.languages = (chosen, municipality().legal_language)

    def __call__(self, texts: Texts) -> str:
        return next((texts[one] for one in self.languages if texts.get(one)), "")


def _own_field(question: Question, text: Callable[[Texts], str]) -> IField:
    factory, options = OWN_FIELDS[question.type]
    if question.type is AnswerType.CHOICE:
        terms = [
            SimpleTerm(value, value, text(title))
            for value, title in question.choices.items()
        ]
        options = {"vocabulary": SimpleVocabulary(terms)}
    return factory(
        __name__=question.id,
        title=text(question.titles),
        description=text(question.helps),
        required=question.required,
        **options,
    )


#: How an own question of each type is asked.
OWN_FIELDS: Mapping[AnswerType, tuple[Callable[..., IField], dict[str, Any]]] = {
    AnswerType.LINE: (schema.TextLine, {"max_length": LINE_LIMIT}),
    AnswerType.TEXT: (schema.Text, {"max_length": TEXT_LIMIT}),
    AnswerType.YES_NO: (schema.Bool, {}),
    AnswerType.DATE: (schema.Date, {}),
    AnswerType.CHOICE: (schema.Choice, {}),
    AnswerType.NUMBER: (schema.Int, {}),
}


def _type_of(field: IField) -> AnswerType:
    for interface, found in TYPES:
        if interface.providedBy(field):
            return found
    return AnswerType.OTHER


def _choices_of(field: IField) -> list[SimpleTerm]:
    if ICollection.providedBy(field):
        field = field.value_type
    return terms_of(field) if IChoice.providedBy(field) else []


def _in_all(text: str, languages: tuple[str, ...]) -> dict[str, str]:
    """Return a text by language; an empty one has none."""
    found = {one: translate(text, target_language=one) for one in languages}
    return {language: told for language, told in found.items() if told}
