"""What other add-ons call of ``core``: ``port``, ``has_port``, ``record``,
``municipality``, ``town_today``, ``town_zone`` and ``now``."""

from plonegov.core.api.municipality import municipality
from plonegov.core.api.municipality import town_today
from plonegov.core.api.municipality import town_zone
from plonegov.core.api.ports import has_port
from plonegov.core.api.ports import now
from plonegov.core.api.ports import port
from plonegov.core.api.records import record


__all__ = [
    "has_port",
    "municipality",
    "now",
    "port",
    "record",
    "town_today",
    "town_zone",
]
