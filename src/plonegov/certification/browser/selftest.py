"""``received-headers``: which forged headers of the self-test came through."""

from plonegov.certification.adapters.selftest import arrived
from Products.Five import BrowserView
from typing import Any

import json


class ReceivedHeaders(BrowserView):
    """Tells nothing but names of headers that the asker has sent."""

    def __call__(self) -> str:
        return received(self.request)


def received(request: Any) -> str:
    """Return as JSON which forged headers of the self-test a request has."""
    request.response.setHeader("Content-Type", "application/json")
    request.response.setHeader("Cache-Control", "no-store")
    return json.dumps({"arrived": arrived(request.environ)})
