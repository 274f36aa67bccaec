"""Fixtures ``functional`` and ``portal``: a site served over HTTP, commits allowed."""

from plonegov.ordering.testing import ORDERING_FUNCTIONAL
from pytest_plone import fixtures_factory

import pytest


globals().update(fixtures_factory(((ORDERING_FUNCTIONAL, "functional"),)))


@pytest.fixture
def portal(functional_portal):
    """Return the site; what a test commits is gone after it."""
    return functional_portal
