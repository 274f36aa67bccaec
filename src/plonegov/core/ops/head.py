"""HEAD, which Zope answers wrongly: it hands it to the WebDAV methods of content, which
know no views (404), and lets views answer it with a body. Here it is asked as GET and
the body dropped (RFC 9110, 9.3.2: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2).
"""

from collections.abc import Callable
from collections.abc import Iterable


class HeadAsGet:
    """WSGI filter, the innermost."""

    def __init__(self, app: Callable) -> None:
        self.app = app

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "HEAD":
            return self.app(environ, start_response)
        answer = self.app({**environ, "REQUEST_METHOD": "GET"}, start_response)
        if close := getattr(answer, "close", None):
            close()
        return []
