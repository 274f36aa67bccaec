"""Coming back from the town's identity provider."""

from plonegov.certification.api import openid
from plonegov.certification.api import signin
from plonegov.certification.api.signin import Begun
from plonegov.certification.browser.identities import IdentityPage


class OpenIdReturn(IdentityPage):
    """``openid-return``: the provider sends the browser here with its answer.

    It leads on to the page on which the person confirms, or shows why not, and the ways
    to begin again for what the person wanted.
    """

    begun: Begun | None = None

    def answer(self) -> str:
        with openid.place() as place:
            self.begun = openid.begun(self.given("state"))
            answer = {name: self.given(name) for name in ("code", "error", "iss")}
            identity = openid.identity(self.begun, answer, place)
        return self.redirect(signin.proved(self.begun, identity))

    def came_from(self) -> str:
        """Return where the person was when it began."""
        return self.begun.came_from if self.begun is not None else super().came_from()
