"""An order's answers in words, with the labels that the citizen saw."""

from babel.dates import format_date
from collections.abc import Mapping
from datetime import date
from plonegov.core.api import municipality
from plonegov.ordering import _
from plonegov.ordering.api import versions
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.forms import Question
from typing import Any
from zope.i18n import translate


YES = _("answer_yes", default="Yes")
NO = _("answer_no", default="No")


def answer_rows(order: Order, language: str, request: Any) -> list[dict[str, str]]:
    """Return id, label and value of each answer, in the order of the form that was
    answered, whatever became of the form since."""
    return [
        {
            "id": question.id,
            "label": text_in(question.titles, language),
            "value": in_words(question, order.answers[question.id], language, request),
        }
        for question in versions.of_order(order).questions
        if question.id in order.answers
    ]


def in_words(question: Question, value: Any, language: str, request: Any) -> str:
    """Return an answer as people say it."""
    if isinstance(value, bool):
        return translate(YES if value else NO, context=request)
    if isinstance(value, date):
        return format_date(value, "long", locale=language)
    several = isinstance(value, list | tuple | set | frozenset)
    chosen = [str(one) for one in (sorted(value) if several else [value])]
    titles = question.choices
    return ", ".join(text_in(titles.get(one, {}), language) or one for one in chosen)


def text_in(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, else in the town's legal one, else in any."""
    wanted = (language, municipality().legal_language, *texts)
    return next((texts[one] for one in wanted if texts.get(one)), "")
