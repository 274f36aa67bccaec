"""Bounds the answers to a document's questions; their types are the form's matter."""

from collections.abc import Mapping
from plonegov.core.errors import Fault
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.typed.text import clean_text
from typing import Any


#: Most answers of one order, and most entries of one answer.
COUNT_LIMIT = 50


def read_answers(value: Any, faults: list[Fault]) -> dict[str, Any]:
    """Return the answers with their texts cleaned; ``answers.<id>`` is the path."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        faults.append(Fault("answers", "object_expected"))
        return {}
    if len(value) > COUNT_LIMIT:
        faults.append(Fault("answers", "too_many_values", {"limit": COUNT_LIMIT}))
        return {}
    answers = {}
    for key, answer in value.items():
        try:
            answers[key] = _clean(answer)
        except InvalidValue as error:
            faults.append(Fault(f"answers.{key:.40}", error.code, error.context))
    return answers


def _clean(answer: Any) -> Any:
    """Return a cleaned text, a boolean, a whole number, None, or a list of texts."""
    if isinstance(answer, str):
        return clean_text(answer)
    if answer is None or isinstance(answer, bool | int):
        return answer
    if not isinstance(answer, list) or not all(isinstance(one, str) for one in answer):
        raise InvalidValue("answer_type_refused")
    if len(answer) > COUNT_LIMIT:
        raise InvalidValue("too_many_values", limit=COUNT_LIMIT)
    return [clean_text(one) for one in answer]
