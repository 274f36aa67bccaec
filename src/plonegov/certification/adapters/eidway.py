"""The way to sign in with the card in a reader (utility ``eid``)."""

from plonegov.certification import _
from plonegov.certification import logger
from plonegov.certification.adapters.eidsettings import load_eid
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.interfaces import ISignInWay
from plonegov.core.api import municipality
from plonegov.core.identity.levels import AssuranceLevel
from typing import Any
from urllib.parse import urlencode
from zope.interface import implementer


@implementer(ISignInWay)
class EidWay:
    """A browser that asks for the card on a host name of its own."""

    title = _("way_eid", default="Identity card (eID) with a card reader")
    order = 10

    def level(self) -> AssuranceLevel:
        """Return the level of a card (see ``ISignInWay``)."""
        return AssuranceLevel.HIGH

    def is_ready(self) -> bool:
        """Tell whether the town's settings can be used (see ``ISignInWay``)."""
        try:
            return load_eid(municipality().id) is not None
        except SettingsWrong as error:
            logger.error("Nobody can sign in with a card: %s", error)
            return False

    def prepare(self) -> dict[str, Any]:
        """Return the address of the card's host (see ``ISignInWay``)."""
        settings = load_eid(municipality().id)
        return {"url": settings.url if settings else ""}

    def address(self, code: str, facts: dict[str, Any]) -> str:
        """Return where a card is asked (see ``ISignInWay``)."""
        return f"{facts['url']}/eid-card?{urlencode({'code': code})}"
