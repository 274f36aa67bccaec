"""The facts of the current site's municipality."""

from datetime import date
from datetime import datetime
from plonegov.core.api.ports import now
from plonegov.core.municipality.facts import current
from plonegov.core.municipality.model import Municipality
from zoneinfo import ZoneInfo


def municipality() -> Municipality:
    """Return the facts of the current site's municipality.

    :raises NoMunicipality: no municipality profile was applied to the site.
    """
    return current()


def town_zone() -> ZoneInfo:
    """Return the town's time zone."""
    return ZoneInfo(municipality().timezone)


def town_today(moment: datetime | None = None) -> date:
    """Return the date that it is in the town, now or at a moment (aware)."""
    return (moment or now()).astimezone(town_zone()).date()
