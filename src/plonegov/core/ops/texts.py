"""The texts of error codes, which each add-on registers as ``IErrorTexts``."""

from babel.dates import format_date
from collections.abc import Mapping
from datetime import date
from plonegov.core.interfaces import IErrorTexts
from typing import Any
from zope.component import getUtilitiesFor
from zope.i18nmessageid import Message

import re


#: Code whose text is shown for a code that no add-on has a text for.
FALLBACK = "error"

#: What looks like a day as ISO 8601 writes it.
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

#: In which every text of the suite stands.
ENGLISH = "en"


def text_of(code: str, context: Mapping[str, Any] | None = None) -> Message:
    """Return the message of an error code with the values that it shows.

    Where what is right differs by country, the text of ``<code>_<country>`` goes first.

    :param context: values of the error; the text names those it needs.
    """
    texts = [utility for _, utility in getUtilitiesFor(IErrorTexts)]
    country = str((context or {}).get("country", "")).lower()
    for wanted in (f"{code}_{country}", code, FALLBACK):
        for text in texts:
            found = text.get(wanted)
            if found is not None:
                return Message(found, mapping=dict(context or {}))
    raise LookupError(FALLBACK)


def in_language(context: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return an error's values as a page shows them; one that stands in several
    languages, in this one, and a day (ISO 8601) in words."""
    return {name: _shown(value, language) for name, value in context.items()}


def _shown(value: Any, language: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(language) or value.get(ENGLISH, "")
    if not (isinstance(value, str) and DAY.fullmatch(value)):
        return value
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value  # as somebody typed it
    return format_date(day, "long", locale=language)
