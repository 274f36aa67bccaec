"""Signing in with an identity card: where a card comes in, and why one is refused."""

from plone import api
from plonegov.certification import _
from plonegov.certification.api import eid
from plonegov.certification.api.eid import Shown
from plonegov.certification.browser.identities import IdentityPage
from plonegov.certification.browser.selftest import received
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from urllib.parse import urlencode
from zExceptions import NotFound


class EidCard(IdentityPage):
    """``eid-card``: asked on the card's host name, shows no page of its own."""

    def answer(self) -> str:
        if self.given("selftest"):
            return received(self.request)
        said = self.request.environ.get
        shown = Shown(
            address=said("REMOTE_ADDR", ""),
            secret=said("HTTP_X_EID_SECRET", ""),
            verify=said("HTTP_X_EID_VERIFY", ""),
            certificate=said("HTTP_X_EID_CERTIFICATE", ""),
            fingerprint=said("HTTP_X_EID_FINGERPRINT", ""),
            serial=said("HTTP_X_EID_SERIAL", ""),
        )
        return self.redirect(eid.come(self.given("code"), shown))


class EidRefused(IdentityPage):
    """``eid-refused``: why a card signs nobody in, what helps, and the ways on.

    It can be loaded again, and says nothing but what its address names.
    """

    page_title = _("sign_in_failed", default="You are not signed in")
    ways = ViewPageTemplateFile("templates/eid_refused.pt")

    def answer(self) -> str:
        error = eid.refusal(self.why)
        if error is None:
            raise NotFound()
        raise error

    @property
    def why(self) -> str:
        """Return the reason as the address has it."""
        return self.given("why")

    @property
    def is_cards(self) -> bool:
        """Say whether another card may be accepted, which the browser must ask for."""
        return self.why.startswith("card_") and self.why != "card_missing"

    @property
    def came_from(self) -> str:
        """Return where the person was, or the site's front page."""
        address = self.given("came_from")
        ours = api.portal.get_tool("portal_url").isURLInPortal(address)
        return address if address and ours else self.portal_url

    def way(self, name: str = "") -> str:
        """Return the address at which a new beginning is made, or the ways are."""
        query = {"way": name} if name else {}
        query["came_from"] = self.came_from
        return f"{self.portal_url}/prove-identity?{urlencode(query)}"
