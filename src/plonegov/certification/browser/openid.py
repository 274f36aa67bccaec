"""Coming back from the town's identity provider."""

from plonegov.certification.api import openid
from plonegov.certification.browser.identities import IdentityPage


class OpenIdReturn(IdentityPage):
    """``openid-return``: the provider sends the browser here with its answer.

    It leads on. Only what was not looked at yet is refused here, and may be tried again.
    """

    def answer(self) -> str:
        answer = {name: self.given(name) for name in ("code", "error", "iss")}
        return self.redirect(openid.come(self.given("state"), answer))
