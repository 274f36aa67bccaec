"""Fixtures ``functional`` and ``portal``: a site served over HTTP, commits allowed."""

from plonegov.core.testing import CORE_FUNCTIONAL
from pytest_plone import fixtures_factory

import pytest


globals().update(fixtures_factory(((CORE_FUNCTIONAL, "functional"),)))


@pytest.fixture
def portal(functional_portal):
    """Return the site; what a test commits is gone after it."""
    return functional_portal
