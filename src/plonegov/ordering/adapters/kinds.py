"""The kinds of questions: how an answer in JSON is read, and its JSON schema."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.typed.reader import iso_date
from plonegov.core.typed.text import clean_line
from plonegov.core.typed.text import clean_text
from plonegov.core.typed.text import TEXT_LIMIT
from typing import Any
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.interface.interface import InterfaceClass
from zope.schema.interfaces import IBool
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import ICollection
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IField
from zope.schema.interfaces import IInt
from zope.schema.interfaces import IText
from zope.schema.interfaces import ITextLine
from zope.schema.interfaces import ValidationError


@dataclass(frozen=True)
class QuestionKind:
    """How answers to fields of an interface are read and described."""

    interface: InterfaceClass
    read: Callable[[IField, Any], Any]
    describe: Callable[[IField], dict[str, Any]]


def convert(field: IField, value: Any) -> Any:
    """Return an answer with the type of its field.

    :raises InvalidValue: it is none for this field.
    """
    for kind in KINDS:
        if kind.interface.providedBy(field):
            answer = kind.read(field, value)
            break
    else:
        raise InvalidValue("answer_type_refused")
    try:
        field.validate(answer)
    except ValidationError as error:
        raise InvalidValue("answer_refused") from error
    return answer


def describe(field: IField) -> dict[str, Any]:
    """Return a field's JSON schema without its title; empty for an unknown kind."""
    for kind in KINDS:
        if kind.interface.providedBy(field):
            return kind.describe(field)
    return {}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidValue("text_expected")
    return value


def _limit(field: IField) -> int:
    return field.max_length or TEXT_LIMIT


def _read_line(field: IField, value: Any) -> str:
    return clean_line(_text(value), _limit(field))


def _read_text(field: IField, value: Any) -> str:
    return clean_text(_text(value), _limit(field))


def _read_bool(field: IField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidValue("boolean_expected")
    return value


def _read_int(field: IField, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidValue("whole_number_expected")
    if field.min is not None and value < field.min:
        raise InvalidValue("number_too_small", least=field.min)
    if field.max is not None and value > field.max:
        raise InvalidValue("number_too_large", most=field.max)
    return value


def _read_date(field: IField, value: Any) -> date:
    day = iso_date(_text(value).strip())
    if field.min is not None and day < field.min:
        raise InvalidValue("date_too_early", earliest=field.min.isoformat())
    if field.max is not None and day > field.max:
        raise InvalidValue("date_too_late", latest=field.max.isoformat())
    return day


def _read_choice(field: IField, value: Any) -> Any:
    by_token = {str(term.value): term.value for term in terms_of(field)}
    if _text(value) not in by_token:
        raise InvalidValue("unknown_choice", allowed=", ".join(by_token))
    return by_token[value]


def _read_several(field: IField, value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise InvalidValue("list_expected")
    kind = field._type[0] if isinstance(field._type, tuple) else field._type
    return kind(convert(field.value_type, one) for one in value)


def terms_of(field: IField) -> list:
    """Return the terms that a choice offers."""
    return list(field.bind(None).vocabulary)


def _describe_text(field: IField) -> dict[str, Any]:
    return {"type": "string", "maxLength": _limit(field)}


def _describe_date(field: IField) -> dict[str, Any]:
    bounds = {"formatMinimum": field.min, "formatMaximum": field.max}
    known = {name: day.isoformat() for name, day in bounds.items() if day}
    return {"type": "string", "format": "date"} | known


def _describe_int(field: IField) -> dict[str, Any]:
    bounds = {"minimum": field.min, "maximum": field.max}
    known = {name: value for name, value in bounds.items() if value is not None}
    return {"type": "integer"} | known


def _describe_choice(field: IField) -> dict[str, Any]:
    terms = terms_of(field)
    titles = [
        translate(term.title or str(term.value), context=getRequest()) for term in terms
    ]
    values = [str(term.value) for term in terms]
    return {"type": "string", "enum": values, "enumNames": titles}


def _describe_several(field: IField) -> dict[str, Any]:
    return {"type": "array", "items": describe(field.value_type), "uniqueItems": True}


#: The first interface that a field provides counts.
KINDS = (
    QuestionKind(IBool, _read_bool, lambda field: {"type": "boolean"}),
    QuestionKind(IChoice, _read_choice, _describe_choice),
    QuestionKind(ICollection, _read_several, _describe_several),
    QuestionKind(IDate, _read_date, _describe_date),
    QuestionKind(IInt, _read_int, _describe_int),
    QuestionKind(ITextLine, _read_line, _describe_text),
    QuestionKind(IText, _read_text, _describe_text),
)
