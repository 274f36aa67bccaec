"""Fixtures ``functional`` and ``portal``: a site served over HTTP, commits allowed."""

from helpers import sitefixtures
from helpers.chamber import Chamber
from helpers.citizen import Citizen
from helpers.councils import add_staff
from helpers.people import PASSWORD
from helpers.staffpages import Staff
from plone.base.interfaces import IMailSchema
from plone.registry.interfaces import IRegistry
from plonegov.core.ops.home import home
from plonegov.deliberations.testing import DELIBERATIONS_FUNCTIONAL
from pytest_plone import fixtures_factory
from smtplistener import serve
from zope.component import getUtility
from zope.globalrequest import clearRequest

import pytest
import requests
import shutil
import transaction


globals().update(fixtures_factory(((DELIBERATIONS_FUNCTIONAL, "functional"),)))
globals().update({name: getattr(sitefixtures, name) for name in sitefixtures.__all__})


@pytest.fixture
def browser(portal, functional):
    """Return a function that makes another citizen at a browser of the own."""
    transaction.commit()
    base = f"http://{functional['host']}:{functional['port']}"
    return lambda **kwargs: Citizen(portal, base, **kwargs)


@pytest.fixture
def visit(portal):
    """Return a function that makes the HTTP session of a person."""

    def session(person):
        made = requests.Session()
        made.headers["Accept-Language"] = "en"
        if person != "anonymous":
            made.auth = (person, PASSWORD)
        return made

    return session


@pytest.fixture
def staff(portal, functional):
    """Make the accounts of the staff; return a function that puts one of them before a
    browser of the own."""
    add_staff(portal)
    base = f"http://{functional['host']}:{functional['port']}"

    def opened(name=""):
        transaction.commit()
        return Staff(portal, base, name)

    return opened


@pytest.fixture
def chamber(portal):
    """Return a college's item and meeting, and everybody who might want to act."""
    return Chamber(portal)


@pytest.fixture
def listener(portal):
    """The town's mail server, a real one on loopback."""
    listener, server = serve()
    stored = getUtility(IRegistry).forInterface(IMailSchema, prefix="plone")
    stored.smtp_host, stored.smtp_port = "127.0.0.1", listener.port
    transaction.commit()
    clearRequest()
    yield listener
    server.shutdown()
    server.server_close()
    shutil.rmtree(home() / "mail", ignore_errors=True)
