"""A document's questions: the schema of its EasyForm, for REST and for the orders."""

from collections.abc import Mapping
from collective.easyform.api import get_schema
from collective.easyform.interfaces import IFieldExtender
from collective.easyform.interfaces import IFieldValidator
from collective.easyform.interfaces import ILabel
from hashlib import sha256
from plonegov.core.api import municipality
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.errors import InvalidValue
from plonegov.ordering.adapters.kinds import convert
from plonegov.ordering.adapters.kinds import describe
from plonegov.ordering.content.document import OrderableDocument
from typing import Any
from zope.component import getUtility
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import IField


def question_fields(document: OrderableDocument) -> list[tuple[str, IField]]:
    """Return the questions that want an answer, by id, in the order of the form."""
    return [
        (name, field)
        for name, field in getFieldsInOrder(get_schema(document.questions))
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


def schema_digest(document: OrderableDocument) -> str:
    """Return the SHA-256 of the form's model: which questions an order answered."""
    return sha256(document.questions.fields_model.encode("utf-8")).hexdigest()


def labels(document: OrderableDocument, language: str | None = None) -> dict[str, str]:
    """Return the text of each question by id.

    :param language: the town's legal language when it is not given.
    """
    target = language or municipality().legal_language
    return {
        name: translate(field.title, target_language=target)
        for name, field in question_fields(document)
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
