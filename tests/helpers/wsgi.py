"""A WSGI application whose requests stay inside until a test lets them go."""

from wsgiref.util import setup_testing_defaults

import threading
import time


class Application:
    """A WSGI application that notes who is inside and stays until told to go."""

    def __init__(self):
        self.inside = []
        self.most = 0
        self.go = threading.Event()
        self.guard = threading.Lock()
        self.error = None

    def __call__(self, environ, start_response):
        label = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        with self.guard:
            self.inside.append(label)
            self.most = max(self.most, len(self.inside))
        self.go.wait(10)
        with self.guard:
            self.inside.remove(label)
        if self.error:
            raise self.error
        start_response("200 OK", [])
        return [b"done"]

    def wait_for(self, number):
        until(lambda: len(self.inside) == number)


def until(condition, seconds=5):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.002)


def ask(app, method="GET", path="/seneffe", accept="text/html", query=""):
    answer = {}

    def start_response(status, headers, exc_info=None):
        answer["status"] = int(status.split()[0])
        answer["headers"] = dict(headers)

    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_ACCEPT": accept,
    }
    setup_testing_defaults(environ)
    answer["body"] = b"".join(app(environ, start_response))
    return answer
