"""Signing in to a demonstration as somebody who does not exist."""

from datetime import date
from plone import api
from plonegov.certification import _
from plonegov.certification.interfaces import ISignInWay
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.proved import ProvedIdentity
from plonegov.core.municipality.facts import settings
from typing import Any
from urllib.parse import urlencode
from zope.interface import implementer


#: Nobody has these numbers: their check digits are right, the days were chosen so that
#: the counters lie above those that were given out.
PERSONS = {
    "elodie": ProvedIdentity(
        AssuranceLevel.HIGH,
        "demo",
        "Élodie Marie",
        "Lefèvre",
        "85073099734",
        "BE",
        date(1985, 7, 30),
    ),
    "joris": ProvedIdentity(
        AssuranceLevel.SUBSTANTIAL,
        "demo",
        "Joris",
        "Van den Broeck",
        "04021499768",
        "BE",
        date(2004, 2, 14),
    ),
}


@implementer(ISignInWay)
class DemoWay:
    """A page on which one chooses a person (utility ``demo``)."""

    title = _("way_demo", default="A fictitious person (DEMO)")
    order = 90

    def level(self) -> AssuranceLevel:
        """Return the surest level of the persons (see ``ISignInWay``)."""
        return AssuranceLevel.HIGH

    def is_ready(self) -> bool:
        """Tell whether the site is a demonstration (see ``ISignInWay``)."""
        return bool(settings().demo)

    def prepare(self) -> dict[str, Any]:
        """Return nothing (see ``ISignInWay``)."""
        return {}

    def address(self, code: str, facts: dict[str, Any]) -> str:
        """Return the page (see ``ISignInWay``)."""
        query = urlencode({"code": code})
        return f"{api.portal.get().absolute_url()}/demo-identity?{query}"
