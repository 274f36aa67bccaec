"""HEAD answers as GET does, without a body (RFC 9110, 9.3.2)."""

from helpers.wsgi import ask
from plonegov.core.ops.head import HeadAsGet
from ZPublisher.WSGIPublisher import publish_module

import pytest


PAGES = {
    "": 200,
    "/counter": 200,
    "/counter/residence": 200,
    "/counter/residence/order": 303,
    "/counter/residence/order/who": 200,
    "/counter/track": 200,
    "/counter/track?order=AAAAAAAAAAA&secret=no": 404,
    "/offices": 200,
    "/theme.css": 200,
    "/++resource++plonegov.core/frame.css": 200,
    "/login": 200,
    "/nowhere": 404,
    "/counter/queue": 302,
}


@pytest.mark.parametrize("page", PAGES)
def test_head_answers_as_get_without_a_body(portal, browser, page):
    path, _, query = page.partition("?")
    app = HeadAsGet(publish_module)
    got, head = (
        ask(app, method, f"{portal.absolute_url_path()}{path}", query=query)
        for method in ("GET", "HEAD")
    )
    assert (got["status"], head["status"]) == (PAGES[page], PAGES[page])
    assert head["body"] == b""
    names = ("Content-Type", "Location", "Cache-Control", "Content-Language")
    for name in names:
        assert head["headers"].get(name) == got["headers"].get(name), name


def test_head_of_a_service_answers_as_get(portal, browser):
    path = f"{portal.absolute_url_path()}/@orderable-documents"
    answer = ask(HeadAsGet(publish_module), "HEAD", path, accept="application/json")
    assert (answer["status"], answer["body"]) == (200, b"")
    assert answer["headers"]["Content-Type"] == "application/json"
