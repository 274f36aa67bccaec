"""Sends a stored file to a browser so that nothing in it runs on our site.

A picture, and a PDF that the town made or attached, is shown; so is a citizen's PDF,
with the policy of a page that may do nothing. Anything else is only downloaded.
"""

from typing import Any
from urllib.parse import quote


SHOWN = ("application/pdf", "image/jpeg", "image/png")
#: No script, no form, no frame, an origin of its own; the style is the browser's.
SEALED_OFF = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def send(response: Any, blob: Any, ours: bool) -> bytes:
    """Set the headers for a file and return its bytes.

    :param ours: the town made the file, or a clerk attached it.
    """
    shown = blob.contentType in SHOWN
    way = "inline" if shown else "attachment"
    kind = blob.contentType if shown else "application/octet-stream"
    headers = {
        "Content-Type": kind,
        "Content-Length": str(blob.getSize()),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Content-Disposition": f"{way}; filename*=UTF-8''{quote(blob.filename)}",
    }
    if not ours:
        headers["Content-Security-Policy"] = SEALED_OFF
    for name, value in headers.items():
        response.setHeader(name, value)
    return blob.data
