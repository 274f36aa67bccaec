"""Fixtures ``integration`` and ``portal``: rolled back after each test."""

from plonegov.deliberations.testing import DELIBERATIONS_INTEGRATION
from pytest_plone import fixtures_factory


globals().update(fixtures_factory(((DELIBERATIONS_INTEGRATION, "integration"),)))
