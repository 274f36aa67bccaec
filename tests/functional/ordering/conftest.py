"""Fixtures ``functional`` and ``portal``: a site served over HTTP, commits allowed."""

from helpers import sitefixtures
from helpers.canaries import order_of_canaries
from helpers.citizen import Citizen
from helpers.people import PASSWORD
from plonegov.ordering.testing import ORDERING_FUNCTIONAL
from pytest_plone import fixtures_factory

import pytest
import requests
import transaction


globals().update(fixtures_factory(((ORDERING_FUNCTIONAL, "functional"),)))
globals().update({name: getattr(sitefixtures, name) for name in sitefixtures.__all__})


@pytest.fixture
def browser(portal, functional):
    """Return a function that makes another citizen at a browser of the own."""
    transaction.commit()
    base = f"http://{functional['host']}:{functional['port']}"
    return lambda **kwargs: Citizen(portal, base, **kwargs)


@pytest.fixture
def citizen(browser):
    """Return a citizen at a browser."""
    return browser()


@pytest.fixture
def order(portal):
    """Return an order full of words that only its clerk may read; all people exist."""
    return order_of_canaries(portal)


@pytest.fixture
def visit(portal, order):
    """Return a function that makes the HTTP session of a person."""

    def session(person):
        made = requests.Session()
        if person != "anonymous":
            made.auth = (person, PASSWORD)
        return made

    return session
