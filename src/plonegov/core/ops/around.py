"""What the server answers around Zope: to HEAD, and to a monitor without a database.

Zope hands HEAD to the WebDAV methods of content, which know no views (404), and lets
views answer it with a body. Here it is asked as GET and the body dropped (RFC 9110,
9.3.2: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2).
"""

from collections.abc import Callable
from collections.abc import Iterable
from importlib import import_module

import logging


logger = logging.getLogger(__name__)

#: The address that monitors ask, and its answer when it can't be asked.
HEALTH = "/health"
UNAVAILABLE = b"unavailable\n"


class Around:
    """WSGI filter, the innermost: what Zope itself answers wrongly or not at all."""

    def __init__(self, app: Callable) -> None:
        self.app = app

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        is_head = environ["REQUEST_METHOD"] == "HEAD"
        asked = {**environ, "REQUEST_METHOD": "GET"} if is_head else environ
        try:
            answer = self.app(asked, start_response)
        except _storage_errors():
            if not environ.get("PATH_INFO", "").endswith(HEALTH):
                raise
            logger.exception("The database does not answer.")
            answer = _unavailable(start_response)
        return _without_body(answer) if is_head else answer


def _storage_errors() -> tuple[type[Exception], ...]:
    # Only a failure needs the database's packages, which are slow to load.
    return import_module("plonegov.core.ops.health").STORAGE_ERRORS


def _unavailable(start_response: Callable) -> Iterable[bytes]:
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(UNAVAILABLE))),
        ("Cache-Control", "no-store"),
    ]
    start_response("503 Service Unavailable", headers)
    return [UNAVAILABLE]


def _without_body(answer: Iterable[bytes]) -> Iterable[bytes]:
    if close := getattr(answer, "close", None):
        close()
    return []
