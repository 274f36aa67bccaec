"""Sends a PDF that the town made: shown in the browser, kept out of every cache."""

from typing import Any
from urllib.parse import quote


def send_pdf(response: Any, data: bytes, filename: str, *, save: bool = False) -> bytes:
    """Set the headers for a PDF and return it.

    :param save: it is downloaded, not shown.
    """
    way = "attachment" if save else "inline"
    headers = {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(data)),
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
        "Cache-Control": "no-store",
        "Content-Disposition": f"{way}; filename*=UTF-8''{quote(filename)}",
    }
    for name, value in headers.items():
        response.setHeader(name, value)
    return data
