"""Coming back from the town's identity provider."""

from plonegov.certification.api import openid
from plonegov.certification.api import signin
from plonegov.certification.browser.identities import IdentityPage
from plonegov.core.errors import PlonegovError
from urllib.parse import urlencode


class OpenIdReturn(IdentityPage):
    """``openid-return``: the provider sends the browser here with its answer.

    It leads on to the page on which the person confirms, or to the one that says why
    not, so that no page stands at an address with the provider's code in it. Only what
    was not looked at yet is refused here, and may be tried again.
    """

    def answer(self) -> str:
        with openid.place() as place:
            begun = openid.begun(self.given("state"))
            answer = {name: self.given(name) for name in ("code", "error", "iss")}
            try:
                identity = openid.identity(begun, answer, place)
            except PlonegovError as error:
                query = {"refused": error.code, "came_from": begun.came_from}
                url = f"{self.portal_url}/prove-identity?{urlencode(query)}"
                return self.redirect(url)
        return self.redirect(signin.proved(begun, identity))
