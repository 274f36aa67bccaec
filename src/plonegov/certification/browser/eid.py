"""Signing in with an identity card: where a card comes in."""

from plonegov.certification.api import eid
from plonegov.certification.api.eid import Shown
from plonegov.certification.browser.identities import IdentityPage
from plonegov.certification.browser.selftest import received


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
