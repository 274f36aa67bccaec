"""A person who signs in to a served site by the town's identity provider."""

from plonegov.certification.adapters.openidsettings import settings_path
from plonegov.core.municipality.example import TOWN
from plonegov.core.ops.files import write_private
from plonegov.core.ops.home import home
from Products.Five import BrowserView
from zope.component.hooks import getSite
from zope.component.hooks import setSite
from Zope2.App import zcml

import json
import re
import requests


#: Where the person was when the sign-in began.
MARK = "/sitemap"
#: A view that tells whom the session has proved to be.
ZCML = """<configure xmlns="http://namespaces.zope.org/zope"
    xmlns:browser="http://namespaces.zope.org/browser">
  <include package="Products.Five.browser" file="meta.zcml" />
  <browser:page name="who-is-proved" permission="zope2.View"
      for="plone.base.interfaces.IPloneSiteRoot"
      class="helpers.openidsite.WhoIsProved"
      layer="plonegov.certification.interfaces.ICertificationLayer" />
</configure>"""


class WhoIsProved(BrowserView):
    """What the port of proved identities says of the request."""

    def __call__(self) -> str:
        from plonegov.core.api import port
        from plonegov.core.identity.interfaces import IIdentityProvider

        found = port(IIdentityProvider).proved()
        return json.dumps(found.as_plain() if found else None)


def register_view() -> None:
    """Let sites have the view."""
    site = getSite()
    setSite(None)
    try:
        zcml.load_string(ZCML)
    finally:
        setSite(site)


def write_settings(text: str, pem: bytes | None = None) -> None:
    """Write the town's file, and its key beside it."""
    path = settings_path(TOWN)
    write_private(path, text.encode())
    if pem is not None:
        write_private(path.with_name("openid.pem"), pem)


class Browser:
    """One browser of one person; it follows no redirection by itself."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = "en"
        self.addresses: list[str] = []

    def get(self, url: str, **kwargs) -> requests.Response:
        """Open an address."""
        self.addresses.append(url)
        return self.session.get(url, allow_redirects=False, timeout=60, **kwargs)

    def begin(self) -> requests.Response:
        """Begin a sign-in on the site."""
        given = {"way": "openid", "came_from": f"{self.site}{MARK}"}
        return self.get(f"{self.site}/prove-identity", params=given)

    def prove(self) -> str:
        """Begin, and prove it at the provider; return the address that leads back."""
        return self.get(self.begin().headers["Location"]).headers["Location"]

    def come_back(self) -> requests.Response:
        """Prove it, and come back to the site."""
        return self.get(self.prove())

    def confirm(self, page: requests.Response) -> requests.Response:
        """Press the button of the page that shows who one is."""
        fields = dict(
            re.findall(r'name="(code|_authenticator)"[^>]*?value="([^"]+)"', page.text)
        )
        return self.session.post(
            f"{self.site}/identity-return",
            data=fields,
            allow_redirects=False,
            timeout=60,
        )

    def sign_in(self) -> dict:
        """Sign in to the end; return who is proved then."""
        answer = self.come_back()
        assert answer.status_code == 303, answer.text
        self.confirm(self.get(answer.headers["Location"]))
        return self.proved()

    def proved(self) -> dict | None:
        """Return whom the session has proved to be."""
        return self.session.get(f"{self.site}/who-is-proved", timeout=60).json()

    def forget_when_it_was_asked(self) -> None:
        """Let a minute pass, as far as asking the provider goes."""
        (home() / "openid" / TOWN / "tried").unlink()
