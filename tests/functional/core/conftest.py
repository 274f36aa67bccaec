"""Fixtures ``functional`` and ``portal``: a site served over HTTP, commits allowed."""

from helpers import storages
from plonegov.core.testing import CORE_FUNCTIONAL
from pytest_plone import fixtures_factory

import pytest


globals().update(fixtures_factory(((CORE_FUNCTIONAL, "functional"),)))
# The towns on SQLite and PostgreSQL, made once for all files of this folder.
globals().update({name: getattr(storages, name) for name in storages.__all__})


@pytest.fixture
def portal(functional_portal):
    """Return the site; what a test commits is gone after it."""
    return functional_portal
