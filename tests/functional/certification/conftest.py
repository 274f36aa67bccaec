"""Fixtures ``functional`` and ``portal``: a site served over HTTP, commits allowed."""

from helpers.eidnginx import asking
from helpers.eidnginx import CardHolder
from helpers.eidnginx import CardNginx
from helpers.eidpki import write_settings
from helpers.eidtown import CARD
from helpers.eidtown import COUNTRY
from helpers.eidtown import keep
from helpers.eidtown import PAGE
from plonegov.certification.testing import CERTIFICATION_FUNCTIONAL
from plonegov.core.municipality.example import TOWN
from plonegov.core.ops.home import home
from Products.SiteAccess.VirtualHostMonster import manage_addVirtualHostMonster
from pytest_plone import fixtures_factory
from zope.configuration import xmlconfig

import pytest
import requests
import shutil
import transaction


globals().update(fixtures_factory(((CERTIFICATION_FUNCTIONAL, "functional"),)))


@pytest.fixture(autouse=True)
def a_new_day(functional):
    """Nothing was counted today: the counts stand outside the database."""
    shutil.rmtree(home() / "limits", ignore_errors=True)


@pytest.fixture
def portal(functional_portal):
    """Return the site; what a test commits is gone after it."""
    return functional_portal


@pytest.fixture
def ask(portal, functional):
    """Return a function that sends a request of a stranger."""
    transaction.commit()
    base = f"http://{functional['host']}:{functional['port']}/plone"

    def send(method, path, rest=False, **kwargs):
        kind = "application/json" if rest else "text/html"
        headers = {"Accept": kind, "Accept-Language": "en"}
        headers |= kwargs.pop("headers", {})
        url = f"{base}/{path}"
        return requests.request(method, url, headers=headers, timeout=60, **kwargs)

    return send


@pytest.fixture(scope="session")
def nginx(functional_session, tmp_path_factory):
    """Return an nginx that asks for cards before the server."""
    xmlconfig.string(PAGE, context=functional_session["configurationContext"])
    folder = tmp_path_factory.mktemp("nginx")
    with asking(
        CardNginx(folder, functional_session["port"], COUNTRY, "plone")
    ) as running:
        yield running


@pytest.fixture
def town(portal, nginx):
    """The site of a town that asks for cards."""
    manage_addVirtualHostMonster(portal.getPhysicalRoot())
    write_settings(home(), TOWN, COUNTRY.authorities, nginx.card_url)
    for authority in COUNTRY.authorities:
        keep(authority, authority.crl())
    transaction.commit()
    yield portal
    shutil.rmtree(home() / "keys" / TOWN / "eid")
    (home() / "keys" / TOWN / "eid.toml").unlink()


@pytest.fixture
def holder(town, nginx):
    """Return a function that makes somebody with a card."""
    return lambda card=CARD: CardHolder(nginx, card)
