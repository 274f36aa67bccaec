"""Which methods a page takes: GET, HEAD and POST. The others are REST's.

Zope hands whatever else comes to the WebDAV methods of content, which views have not:
anybody could make it fail (500). WebDAV itself is not served
(RFC 9110, 15.5.6: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6).
"""

from collections.abc import Callable
from collections.abc import Iterable


PAGES = ("GET", "HEAD", "POST")
REST = (*PAGES, "DELETE", "OPTIONS", "PATCH", "PUT")


class MethodsOfPages:
    """WSGI filter: other methods than those of pages and REST are answered 405."""

    def __init__(self, app: Callable) -> None:
        self.app = app

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        allowed = REST if is_rest(environ) else PAGES
        if environ["REQUEST_METHOD"] in allowed:
            return self.app(environ, start_response)
        headers = [("Allow", ", ".join(allowed)), ("Content-Length", "0")]
        start_response("405 Method Not Allowed", headers)
        return []


def is_rest(environ: dict) -> bool:
    """Tell whether a request is one of REST, as plone.rest tells it, or asks whether a
    page of another site may send one."""
    return (
        "json" in environ.get("HTTP_ACCEPT", "")
        or "++api++" in environ.get("PATH_INFO", "")
        or "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ
    )
