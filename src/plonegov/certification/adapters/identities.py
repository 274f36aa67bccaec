"""``IIdentityProvider`` by the ways to sign in that the town has set up."""

from plone import api
from plonegov.certification.api import signin
from plonegov.core.identity.interfaces import IIdentityProvider
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.levels import LEVELS
from plonegov.core.identity.levels import reaches
from plonegov.core.identity.offers import SignInOffer
from plonegov.core.identity.proved import ProvedIdentity
from urllib.parse import urlencode
from zope.interface import implementer


@implementer(IIdentityProvider)
class People:
    """People who signed in with a proof (utility ``people``)."""

    def proved(self) -> ProvedIdentity | None:
        """Return who the session has proved to be (see ``IIdentityProvider``)."""
        return signin.proved_now()

    def offers(self, level: AssuranceLevel, came_from: str) -> list[SignInOffer]:
        """Return the ways that prove a level (see ``IIdentityProvider``)."""
        site = api.portal.get().absolute_url()
        found = [
            SignInOffer(name, way.title, way.level(), _url(site, name, came_from))
            for name, way in signin.ready_ways()
            if reaches(way.level(), level)
        ]
        return sorted(found, key=lambda offer: -LEVELS.index(offer.level))


def _url(site: str, way: str, came_from: str) -> str:
    query = urlencode({"way": way, "came_from": came_from})
    return f"{site}/prove-identity?{query}"
