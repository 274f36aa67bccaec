"""The town's emblem: an SVG drawing kept in the registry, without anything active."""

from hashlib import sha256
from plone import api
from plonegov.core.theme.svg import checked
from Products.Five import BrowserView
from zExceptions import NotFound


RECORD = "plonegov.core.emblem"


def store_emblem(portal, svg: bytes) -> None:
    """Store the emblem of the site.

    :raises EmblemRefused: it isn't a plain SVG drawing.
    """
    text = checked(svg)
    registry = portal.portal_registry
    if registry[RECORD] != text:
        registry[RECORD] = text


def emblem() -> str:
    """Return the site's emblem, or an empty text."""
    return api.portal.get_registry_record(RECORD, default="") or ""


def version(text: str) -> str:
    """Return the short digest that stands in the address of a cached file."""
    return sha256(text.encode()).hexdigest()[:12]


def cached_forever(request, text: str, content_type: str) -> str:
    """Answer a text whose address holds its version (or 304 when it is known)."""
    response = request.response
    etag = f'"{version(text)}"'
    fresh = request.get("v") == version(text)
    response.setHeader("Content-Type", content_type)
    response.setHeader("ETag", etag)
    response.setHeader("X-Content-Type-Options", "nosniff")
    response.setHeader(
        "Cache-Control",
        "public, max-age=31536000, immutable" if fresh else "public, max-age=300",
    )
    if request.getHeader("If-None-Match") == etag:
        response.setStatus(304)
        return ""
    return text


class EmblemView(BrowserView):
    """``emblem.svg``: the town's emblem."""

    def __call__(self) -> str:
        text = emblem()
        if not text:
            raise NotFound("emblem.svg")
        self.request.response.setHeader(
            "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"
        )
        return cached_forever(self.request, text, "image/svg+xml; charset=utf-8")
