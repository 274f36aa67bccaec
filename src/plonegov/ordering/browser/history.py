"""A line of an order's log, in the words of the clerk's pages."""

from babel.dates import format_datetime
from plonegov.core.api import town_zone
from plonegov.core.records.events import Entry
from plonegov.core.theme.people import person_name
from plonegov.ordering.browser.labels import EVENTS
from plonegov.ordering.domain.rules import TEXTS
from typing import Any


def history_row(entry: Entry, language: str) -> dict[str, Any]:
    """Return when, who, what and the texts of an entry, in a language."""
    zone = town_zone()
    return {
        "when": format_datetime(entry.when.astimezone(zone), "medium", locale=language),
        "iso": entry.when.isoformat(),
        "who": person_name(entry.who),
        "what": EVENTS.get(entry.action, entry.action),
        "texts": [entry.details[name] for name in TEXTS if entry.details.get(name)],
        "internal": entry.action == "note",
    }
