"""Fixtures of a town with an identity provider: a ``conftest.py`` takes what ``__all__``
names.

They need ``functional`` and ``portal``.
"""

from helpers.openidsite import Browser
from helpers.openidsite import register_view
from helpers.openidsite import write_settings
from helpers.provider import PERSON
from helpers.provider import provider
from helpers.provider import settings
from plonegov.certification.adapters.openidsettings import settings_path
from plonegov.certification.pas.people import people
from plonegov.core.municipality.example import TOWN
from plonegov.core.ops.home import home

import logging
import pytest
import shutil
import transaction


__all__ = ("browser", "fas", "home_of_keys", "refused")

#: What is said of an answer that is not believed, and of one that did not come.
UNTRUSTED = "can't be trusted"
AWAY = "can't be checked at this moment"


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


@pytest.fixture
def fas(home_of_keys):
    """Yield a provider of the federal service's kind, which the town has set up."""
    with provider() as stub:
        write_settings(settings(stub))
        yield stub


@pytest.fixture
def refused(portal, browser, caplog):
    """Return a function that says an answer refuses for a reason and keeps nothing."""
    transaction.begin()
    storage = portal._p_jar.db().storage
    before = storage.lastTransaction()

    def check(answer, text=UNTRUSTED, status=403):
        if answer.status_code == 303:
            answer = browser.get(answer.headers["Location"])
        assert answer.status_code == status
        assert text in answer.text
        assert "prove-identity?way=openid" in answer.text  # the way to begin again
        assert "no-store" in answer.headers["Cache-Control"]
        assert storage.lastTransaction() == before
        transaction.begin()
        assert len(people()) == 0
        assert browser.proved() is None
        told = caplog.text + " ".join(str(record.args) for record in caplog.records)
        for secret in (*PERSON.values(), "canary", "85.07.30"):
            assert secret not in told and secret not in answer.text

    caplog.set_level(logging.DEBUG, "plonegov")
    return check
