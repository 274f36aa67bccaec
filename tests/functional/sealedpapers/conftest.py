"""Fixtures of a council whose papers are sealed: what a test commits is gone after it."""

from helpers import authorities
from helpers.sealinglayer import SEALED_COUNCIL
from plonegov.core.ops.home import home
from pytest_plone import fixtures_factory

import pytest
import shutil


globals().update(fixtures_factory(((SEALED_COUNCIL, "functional"),)))


@pytest.fixture(autouse=True)
def a_new_day(functional):
    """Nothing was counted today: the counts stand outside the database."""
    shutil.rmtree(home() / "limits", ignore_errors=True)


@pytest.fixture
def portal(functional_portal):
    """Return the site."""
    return functional_portal


@pytest.fixture
def there():
    """Yield authorities that answer."""
    with authorities.authorities() as found:
        yield found
