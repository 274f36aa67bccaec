"""The kinds of a rejection's reason as a page offers them."""

from plonegov.ordering.domain.motives import Motive
from plonegov.ordering.domain.motives import MOTIVES


def motive_options(name: str, language: str) -> list[dict[str, str]]:
    """Return the options of an action's field; only ``motive_code`` has some.

    :param language: of the titles, ISO 639-1.
    """
    if name != "motive_code":
        return []
    return [
        {"value": str(motive), "title": text.in_language(language)}
        for motive, text in MOTIVES.items()
    ]


def motive_title(code: str, language: str) -> str:
    """Return what a kind is called, or "" for none."""
    return MOTIVES[Motive(code)].in_language(language) if code else ""
