"""Fixtures ``integration`` and ``portal``: rolled back after each test."""

from helpers.sealinglayer import SEALING
from pytest_plone import fixtures_factory


globals().update(fixtures_factory(((SEALING, "integration"),)))
