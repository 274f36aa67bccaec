"""A town that asks for cards, and what one sees of it."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from helpers.eidpki import Authority
from helpers.eidpki import Card
from helpers.eidpki import Country
from helpers.eidpki import number
from helpers.eidpki import Person
from helpers.eidpki import SECRET
from plonegov.certification.adapters import eidlists
from plonegov.core.api import port
from plonegov.core.identity.interfaces import IIdentityProvider
from plonegov.core.municipality.example import TOWN
from Products.Five import BrowserView
from typing import Any
from urllib.parse import quote

import json


NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
COUNTRY = Country(NOW)
CITIZENS = COUNTRY.citizens
CARD = CITIZENS.card()
VICTIM = CITIZENS.card(Person("Victor", "Timmermans", number("700101", 7)))
#: Others who bear the names of the country's authorities.
STRANGERS = Country(NOW)
#: A page of the tests that tells whom a session has proved to be.
PAGE = """<configure xmlns:browser="http://namespaces.zope.org/browser">
  <include package="Products.Five.browser" file="meta.zcml" />
  <browser:page
      name="test-proved"
      for="plone.base.interfaces.IPloneSiteRoot"
      class="helpers.eidtown.Proved"
      permission="zope2.View"
      />
</configure>"""


class Proved(BrowserView):
    """``test-proved``: the user's id and what was proved; null for others."""

    def __call__(self) -> str:
        from plone import api

        proved = port(IIdentityProvider).proved()
        found = proved and {**proved.as_plain(), "user": api.user.get_current().getId()}
        return json.dumps(found)


def keep(authority: Authority, data: bytes) -> None:
    """Put a list of revoked cards where the job would."""
    eidlists.path_of(TOWN, authority.certificate).write_bytes(data)


def who(holder: Any) -> dict | None:
    """Return whom the session of a ``CardHolder`` has proved to be, or None."""
    return holder.look(f"{holder.nginx.url}/test-proved").json()


def refused(holder: Any, address: str, words: str, status: int = 403) -> None:
    """Check that an address of the site says why the card is refused."""
    assert address.startswith(f"{holder.nginx.url}/prove-identity?refused="), address
    page = holder.look(address)
    assert page.status_code == status, page.text
    assert words in page.text
    assert "You are not signed in" in page.text
    assert who(holder) is None


def headers_of(card: Card, **changes: str) -> dict[str, str]:
    """Return the headers that nginx would send of a card."""
    return {
        "X-Eid-Secret": SECRET,
        "X-Eid-Verify": "SUCCESS",
        "X-Eid-Certificate": quote(card.pem.decode(), ""),
        "X-Eid-Fingerprint": card.fingerprint,
        "X-Eid-Serial": card.serial,
    } | {f"X-Eid-{name.title()}": value for name, value in changes.items()}


def without_secret(headers: dict[str, str]) -> dict[str, str]:
    """Return what somebody who does not know the secret can send."""
    return {name: value for name, value in headers.items() if "Secret" not in name}
