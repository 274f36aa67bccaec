"""``login``: Plone's form, and the surer ways of the town beside it."""

from plonegov.core.api import port
from plonegov.core.identity.interfaces import IIdentityProvider
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.offers import SignInOffer
from Products.CMFPlone.browser.login.login import LoginForm
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class Login(LoginForm):
    """Signs in with a password, or leads to a proof of identity."""

    index = ViewPageTemplateFile("templates/login.pt")

    def offers(self) -> list[SignInOffer]:
        """Return the ways that the town has set up."""
        came_from = self.get_came_from() or ""
        return port(IIdentityProvider).offers(AssuranceLevel.SUBSTANTIAL, came_from)
