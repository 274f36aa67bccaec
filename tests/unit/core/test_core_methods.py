"""Pages take GET, HEAD and POST; what else comes reaches Zope over REST only."""

from plonegov.core.ops.methods import MethodsOfPages

import pytest


OTHERS = ("PUT", "PATCH", "DELETE", "OPTIONS")
DAV = ("TRACE", "PROPFIND", "MKCOL", "LOCK", "BREW")


@pytest.fixture
def ask():
    """Return a function that sends a request: what came of it, and its headers."""
    found = []

    def app(environ, start_response):
        start_response("200 OK", [])
        return [b"inside"]

    def send(method, **environ):
        def start_response(status, headers, exc_info=None):
            found[:] = [int(status.split()[0]), dict(headers)]

        request = {"REQUEST_METHOD": method, "PATH_INFO": "/town/offices", **environ}
        body = b"".join(MethodsOfPages(app)(request, start_response))
        return found[0], found[1].get("Allow", ""), body

    return send


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_page_is_asked_and_sent(ask, method):
    assert ask(method) == (200, "", b"inside")


@pytest.mark.parametrize("method", [*OTHERS, *DAV])
def test_a_page_takes_nothing_else(ask, method):
    assert ask(method, HTTP_ACCEPT="text/html") == (405, "GET, HEAD, POST", b"")


@pytest.mark.parametrize("method", OTHERS)
@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_ACCEPT": "application/json"},
        {"PATH_INFO": "/town/++api++/@orders"},
        {"HTTP_ACCESS_CONTROL_REQUEST_METHOD": "PATCH"},
    ],
)
def test_rest_takes_its_own(ask, method, environ):
    assert ask(method, **environ) == (200, "", b"inside")


@pytest.mark.parametrize("method", DAV)
def test_rest_takes_no_webdav(ask, method):
    status, allowed, body = ask(method, HTTP_ACCEPT="application/json")
    assert (status, body) == (405, b"")
    assert {*OTHERS, "GET", "HEAD", "POST"} == set(allowed.split(", "))
