"""HEAD is GET without a body."""

from helpers.wsgi import ask
from plonegov.core.ops.head import HeadAsGet
from plonegov.core.ops.writelock import filter_factory

import pytest


class Answer(list):
    """A body that knows whether it was closed, as a file's is."""

    closed = False

    def close(self):
        self.closed = True


def page(status="200 OK"):
    """Return an application that answers in its own method's name."""
    body = Answer([b"done"])

    def app(environ, start_response):
        app.method = environ["REQUEST_METHOD"]
        start_response(status, [("Content-Length", "4"), ("X-Own", "yes")])
        return body

    app.body = body
    return app


@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "302 Found"])
def test_head_answers_as_get_without_a_body(status):
    app = page(status)
    got, head = ask(HeadAsGet(app)), ask(HeadAsGet(app), method="HEAD")
    assert app.method == "GET"
    assert (head["status"], head["headers"]) == (got["status"], got["headers"])
    assert (got["body"], head["body"]) == (b"done", b"")


def test_what_head_drops_is_closed():
    app = page()
    ask(HeadAsGet(app), method="HEAD")
    assert app.body.closed


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS"])
def test_other_methods_pass_as_they_are(method):
    app = page()
    assert ask(HeadAsGet(app), method=method)["body"] == b"done"
    assert app.method == method


def test_the_filter_of_the_instance_has_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    answer = ask(filter_factory({})(page()), method="HEAD")
    assert (answer["status"], answer["body"]) == (200, b"")
