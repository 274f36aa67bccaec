"""Fixtures ``functional`` and ``portal``: a site served over HTTP, commits allowed."""

from helpers.councils import add_staff
from helpers.councils import seat
from helpers.staffpages import Staff
from plonegov.deliberations.testing import DELIBERATIONS_FUNCTIONAL
from pytest_plone import fixtures_factory

import pytest
import transaction


globals().update(fixtures_factory(((DELIBERATIONS_FUNCTIONAL, "functional"),)))


@pytest.fixture
def portal(functional_portal):
    """Return the site with its staff; what a test commits is gone after it."""
    add_staff(functional_portal)
    return functional_portal


@pytest.fixture
def members(portal):
    """Return the members of the council, by order of precedence."""
    return seat()


@pytest.fixture
def visit(portal, functional):
    """Return a function that puts somebody before a browser of the own."""
    base = f"http://{functional['host']}:{functional['port']}"

    def opened(name=""):
        transaction.commit()
        return Staff(portal, base, name)

    return opened
