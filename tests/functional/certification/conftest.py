"""Fixtures ``functional`` and ``portal``: a site served over HTTP, commits allowed."""

from helpers import eidfixtures
from helpers import openidfixtures
from helpers import signin
from helpers import sitefixtures
from plonegov.certification.testing import CERTIFICATION_FUNCTIONAL
from pytest_plone import fixtures_factory

import pytest
import requests
import transaction


globals().update(fixtures_factory(((CERTIFICATION_FUNCTIONAL, "functional"),)))
for module in (sitefixtures, eidfixtures, openidfixtures, signin):
    globals().update({name: getattr(module, name) for name in module.__all__})


@pytest.fixture
def ask(portal, functional):
    """Return a function that sends a request of a stranger."""
    transaction.commit()
    base = f"http://{functional['host']}:{functional['port']}/plone"

    def send(method, path, rest=False, **kwargs):
        kind = "application/json" if rest else "text/html"
        headers = {"Accept": kind, "Accept-Language": "en"}
        headers |= kwargs.pop("headers", {})
        url = f"{base}/{path}"
        return requests.request(method, url, headers=headers, timeout=60, **kwargs)

    return send
