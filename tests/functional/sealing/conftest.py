"""Fixtures of a counter that seals for real: what a test commits is gone after it."""

from helpers import authorities
from helpers.orders import request
from helpers.people import add_person
from helpers.sealinglayer import SEALING_FUNCTIONAL
from plone import api
from plone.app.testing import login
from plone.app.testing import TEST_USER_NAME
from plonegov.core.ops.home import home
from plonegov.core.pdf.interfaces import ISealer
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import seals
from pytest_plone import fixtures_factory

import pytest
import shutil
import transaction


globals().update(fixtures_factory(((SEALING_FUNCTIONAL, "functional"),)))

TOWN = "exempleville"
REGISTER = {
    "full_name": "Exemple Ada",
    "birth_date": "1985-07-30",
    "birth_place": "Exempleville",
    "address": "Rue du Registre 7, 9999 Exempleville",
    "address_since": "2019-02-01",
}


@pytest.fixture(autouse=True)
def a_new_day(functional):
    """Nothing was counted today: the counts stand outside the database."""
    shutil.rmtree(home() / "limits", ignore_errors=True)


@pytest.fixture
def portal(functional_portal):
    """Return the site; a clerk looks at it."""
    add_person(functional_portal, "clerk", ["Member", "Clerk"], ["service-population"])
    login(functional_portal, "clerk")
    yield functional_portal
    transaction.abort()
    login(functional_portal, TEST_USER_NAME)


@pytest.fixture
def there():
    """Yield authorities that answer."""
    with authorities.authorities() as found:
        yield found


@pytest.fixture
def keys(portal):
    """Yield the folder of the town's keys; what a test puts there is gone after it."""
    folder = home() / "keys" / TOWN
    before = set(folder.iterdir())
    yield folder
    for path in set(folder.iterdir()) - before:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.fixture
def choose(portal):
    """Return a function that makes a sealer the town's, by its name."""

    def use(name):
        ports = dict(api.portal.get_registry_record("plonegov.core.ports"))
        ports[ISealer.__name__] = name
        api.portal.set_registry_record("plonegov.core.ports", ports)
        transaction.commit()

    return use


@pytest.fixture
def town(portal, keys, there, choose):
    """Give the town a key and an authority."""
    authorities.write_seal_key(TOWN, there.pki)
    authorities.trust(TOWN, there.pki)
    authorities.name_authority(TOWN, f"{there.address}/tsa")
    choose("pkcs12")
    return portal


@pytest.fixture
def sealed_order(portal):
    """Return a function that makes an order with a sealed certificate."""

    def make():
        placed = orders.place(request())
        handling.take(placed)
        handling.confirm_findings(placed, REGISTER, address_unprotected=True)
        seals.seal(placed)
        transaction.commit()
        return placed

    return make
