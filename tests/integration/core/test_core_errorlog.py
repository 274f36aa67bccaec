from plonegov.core.interfaces import IMunicipalityLayer
from zope.globalrequest import getRequest
from zope.interface import alsoProvides
from zope.interface import directlyProvides
from zope.publisher.interfaces.browser import IBrowserRequest

import pytest
import sys


@pytest.fixture
def fail(portal):
    """Let a request with a form fail, as the publisher reports it."""

    def failing():
        getRequest().form["number"] = "85.07.30-033.28"
        try:
            raise ZeroDivisionError("a fault of ours")
        except ZeroDivisionError:
            portal.error_log.raising(sys.exc_info())
        return portal.error_log._getLog()[-1]

    return failing


def test_an_error_is_kept_without_what_was_typed(fail):
    alsoProvides(getRequest(), IMunicipalityLayer)
    entry = fail()
    assert entry["type"] == "ZeroDivisionError"
    assert "85.07.30" not in str(entry)


def test_another_site_keeps_its_log_as_it_is(fail):
    directlyProvides(getRequest(), IBrowserRequest)
    assert "85.07.30" in fail()["req_html"]
