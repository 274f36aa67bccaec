"""HEAD is GET without a body, and health answers without a database."""

from helpers.wsgi import ask
from plonegov.core.ops.around import Around
from plonegov.core.ops.writelock import filter_factory

import pytest
import sqlite3


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


def failing(error):
    def app(environ, start_response):
        raise error

    return app


@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "302 Found"])
def test_head_answers_as_get_without_a_body(status):
    app = page(status)
    got, head = ask(Around(app)), ask(Around(app), method="HEAD")
    assert app.method == "GET"
    assert (head["status"], head["headers"]) == (got["status"], got["headers"])
    assert (got["body"], head["body"]) == (b"done", b"")


def test_what_head_drops_is_closed():
    app = page()
    ask(Around(app), method="HEAD")
    assert app.body.closed


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS"])
def test_other_methods_pass_as_they_are(method):
    app = page()
    assert ask(Around(app), method=method)["body"] == b"done"
    assert app.method == method


def test_the_filter_of_the_instance_has_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    answer = ask(filter_factory({})(page()), method="HEAD")
    assert (answer["status"], answer["body"]) == (200, b"")


@pytest.mark.parametrize("path", ["/health", "/VirtualHostBase/http/x:80/health"])
@pytest.mark.parametrize("error", [sqlite3.OperationalError("away"), OSError("gone")])
def test_health_is_503_when_no_connection_opens(monkeypatch, path, error):
    monkeypatch.setattr(
        "plonegov.core.ops.around._storage_errors", lambda: (sqlite3.Error, OSError)
    )
    answer = ask(Around(failing(error)), path=path)
    assert (answer["status"], answer["body"]) == (503, b"unavailable\n")
    assert answer["headers"]["Cache-Control"] == "no-store"
    assert ask(Around(failing(error)), method="HEAD", path=path)["body"] == b""


@pytest.mark.parametrize(
    ("path", "error"),
    [("/seneffe", sqlite3.OperationalError("away")), ("/health", KeyError("a bug"))],
)
def test_other_failures_stay_what_they_are(monkeypatch, path, error):
    monkeypatch.setattr(
        "plonegov.core.ops.around._storage_errors", lambda: (sqlite3.Error,)
    )
    with pytest.raises(type(error)):
        ask(Around(failing(error)), path=path)
