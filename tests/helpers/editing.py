"""Own questions and words as an editor sends them, and as the verbs take them."""

from plonegov.ordering.adapters.questions import json_schema
from plonegov.ordering.api import forms
from plonegov.ordering.domain.forms import AnswerType
from typing import Any


LANGUAGES = ("fr", "nl", "en", "es")


def texts(words: str) -> dict[str, str]:
    """Return a text in every language of the test town."""
    return {language: f"{words} ({language})" for language in LANGUAGES}


def typed(words: str, *, required: bool = True, choices=()) -> dict[str, Any]:
    """Return what ``api.forms.write`` takes for a question.

    :param choices: their titles, or pairs of value and title.
    """
    pairs = [one if isinstance(one, tuple) else ("", one) for one in choices]
    return {
        "titles": texts(words),
        "helps": {},
        "required": required,
        "choices": [{"value": value, "titles": texts(title)} for value, title in pairs],
    }


def posted(words: str, *, required: bool = True, choices=()) -> dict[str, str]:
    """Return what the page of a question posts."""
    fields = {f"titles.{one}": text for one, text in texts(words).items()}
    for number, title in enumerate(choices):
        fields |= {f"choices.{number}.{one}": t for one, t in texts(title).items()}
    return fields | ({"required": "1"} if required else {})


def add(document, answer_type=AnswerType.LINE, words="École", **kwargs) -> str:
    """Add an own question; return its id."""
    question = forms.new_question(answer_type)
    forms.write(document, question, typed(words, **kwargs))
    return question.id


def publish(document) -> None:
    """Publish what is pending."""
    forms.publish(document, forms.pending_digest(document))


def asked(document) -> list[str]:
    """Return the ids of the questions that citizens are asked."""
    return list(json_schema(document)["properties"])
