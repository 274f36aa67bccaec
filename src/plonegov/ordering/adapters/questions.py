"""A document's questions, for REST and for the orders: what is asked, what answers."""

from collections.abc import Mapping
from collective.easyform.interfaces import IFieldExtender
from collective.easyform.interfaces import IFieldValidator
from collective.easyform.interfaces import ILabel
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.errors import InvalidValue
from plonegov.ordering.adapters.editions import schema_of
from plonegov.ordering.adapters.kinds import convert
from plonegov.ordering.adapters.kinds import describe
from plonegov.ordering.content.document import OrderableDocument
from typing import Any
from zope.component import getUtility
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import IField


def question_fields(
    document: OrderableDocument, language: str | None = None
) -> list[tuple[str, IField]]:
    """Return the questions that want an answer, by id, in the order of the form.

    :param language: of the town's own texts; the page's when it is not given.
    """
    return [
        (name, field)
        for name, field in getFieldsInOrder(schema_of(document.questions, language))
        if not ILabel.providedBy(field)
    ]


def check_answers(document: OrderableDocument, answers: Mapping) -> dict[str, Any]:
    """Return the answers with the types of their questions.

    :param answers: by id, as in JSON (dates as ISO 8601 texts); None and empty text
        are no answer.
    :raises InvalidInput: with the fields ``answers.<id>``.
    """
    fields = question_fields(document)
    known = {name for name, _field in fields}
    faults = [
        Fault(f"answers.{name:.40}", "unknown_key")
        for name in answers
        if name not in known
    ]
    checked = {}
    for name, field in fields:
        try:
            value = _answer(field, answers.get(name))
        except InvalidValue as error:
            faults.append(Fault(f"answers.{name}", error.code, error.context))
        else:
            if value is not None:
                checked[name] = value
    if faults:
        raise InvalidInput(faults)
    return checked


def json_schema(document: OrderableDocument) -> dict[str, Any]:
    """Return the JSON schema of the questions, titles in the request's language."""
    fields = question_fields(document)
    return {
        "type": "object",
        "properties": {name: _describe(field) for name, field in fields},
        "required": [name for name, field in fields if field.required],
        "additionalProperties": False,
    }


def _answer(field: IField, value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        if field.required:
            raise InvalidValue("required")
        return None
    answer = convert(field, value)
    for name in IFieldExtender(field).validators or ():
        if getUtility(IFieldValidator, name=name)(answer):
            raise InvalidValue("answer_refused")
    return answer


def _describe(field: IField) -> dict[str, Any]:
    described = describe(field) | {"title": _translated(field.title)}
    if field.description:
        described["description"] = _translated(field.description)
    return described


def _translated(text: str) -> str:
    return translate(text, context=getRequest())
