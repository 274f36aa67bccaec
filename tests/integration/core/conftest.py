"""Fixtures ``integration`` and ``portal``: rolled back after each test."""

from plonegov.core.testing import CORE_INTEGRATION
from pytest_plone import fixtures_factory


globals().update(fixtures_factory(((CORE_INTEGRATION, "integration"),)))
