"""Fixtures ``integration`` and ``portal``: rolled back after each test."""

from plonegov.ordering.testing import ORDERING_INTEGRATION
from pytest_plone import fixtures_factory


globals().update(fixtures_factory(((ORDERING_INTEGRATION, "integration"),)))
