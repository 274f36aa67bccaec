"""Fixtures of every folder with a site that is served over HTTP: a ``conftest.py`` takes
what ``__all__`` names."""

from plonegov.core.ops.home import home

import pytest
import shutil


__all__ = ("a_new_day", "portal")


@pytest.fixture(autouse=True)
def a_new_day(functional):
    """Nothing was counted today: the counts stand outside the database."""
    shutil.rmtree(home() / "limits", ignore_errors=True)


@pytest.fixture
def portal(functional_portal):
    """Return the site; what a test commits is gone after it."""
    return functional_portal
