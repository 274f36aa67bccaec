"""What an action's field offers, where it does not ask for a text."""

from plonegov.ordering.browser.labels import IDENTITY_DOCUMENTS
from plonegov.ordering.domain.motives import Motive
from plonegov.ordering.domain.motives import MOTIVES
from typing import Any


def field_options(name: str, language: str) -> list[dict[str, Any]]:
    """Return the options of an action's field: the kinds of a rejection's reason, or
    the identity documents; none for a text.

    :param language: of the titles, ISO 639-1.
    """
    titles: dict[str, dict[Any, Any]] = {
        "motive_code": {
            motive: text.in_language(language) for motive, text in MOTIVES.items()
        },
        "identity_document": IDENTITY_DOCUMENTS,
    }
    found = titles.get(name, {})
    return [{"value": str(value), "title": title} for value, title in found.items()]


def motive_title(code: str, language: str) -> str:
    """Return what a kind of reason is called, or "" for none."""
    return MOTIVES[Motive(code)].in_language(language) if code else ""
