"""Fixtures ``functional`` and ``portal``: a site served over HTTP, commits allowed."""

from helpers import eidfixtures
from helpers import sitefixtures
from helpers.openidsite import Browser
from helpers.openidsite import register_view
from plonegov.certification.adapters.openidsettings import settings_path
from plonegov.certification.testing import CERTIFICATION_FUNCTIONAL
from plonegov.core.municipality.example import TOWN
from plonegov.core.ops.home import home
from pytest_plone import fixtures_factory

import pytest
import requests
import shutil
import transaction


globals().update(fixtures_factory(((CERTIFICATION_FUNCTIONAL, "functional"),)))
globals().update({name: getattr(sitefixtures, name) for name in sitefixtures.__all__})
globals().update({name: getattr(eidfixtures, name) for name in eidfixtures.__all__})


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


@pytest.fixture
def home_of_keys(functional):
    """The folder with the town's keys, in which a test writes ``openid.toml``."""
    yield settings_path(TOWN).parent
    shutil.rmtree(home() / "openid", ignore_errors=True)
    for name in ("openid.toml", "openid.pem"):
        settings_path(TOWN).with_name(name).unlink(missing_ok=True)


@pytest.fixture
def browser(portal, functional):
    """Return a browser that knows nothing of the site yet."""
    register_view()
    transaction.commit()
    return Browser(f"http://{functional['host']}:{functional['port']}/plone")
