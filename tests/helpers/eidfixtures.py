"""Fixtures of a town that asks for cards: a ``conftest.py`` takes what ``__all__`` names.

They need ``functional`` (with its session) and ``portal``.
"""

from helpers.eidnginx import asking
from helpers.eidnginx import CardHolder
from helpers.eidnginx import CardNginx
from helpers.eidpki import write_settings
from helpers.eidtown import CARD
from helpers.eidtown import COUNTRY
from helpers.eidtown import keep
from helpers.eidtown import PAGE
from plonegov.core.municipality.example import TOWN
from plonegov.core.ops.home import home
from Products.SiteAccess.VirtualHostMonster import manage_addVirtualHostMonster
from zope.configuration import xmlconfig

import pytest
import shutil
import transaction


__all__ = ("holder", "nginx", "town")


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
