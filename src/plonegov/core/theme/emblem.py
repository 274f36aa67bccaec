"""The town's emblem: an SVG drawing kept in the registry, without anything active."""

from hashlib import sha256
from lxml import etree
from plone import api
from plonegov.core.errors import PlonegovError
from Products.Five import BrowserView
from zExceptions import NotFound

import re


RECORD = "plonegov.core.emblem"
MAX_BYTES = 100_000
SVG = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "symbol",
        "use",
        "title",
        "desc",
    ]
)
_REFERENCE = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)


class EmblemRefused(PlonegovError):
    """The drawing is no plain SVG; ``found`` says what is wrong with it."""

    code = "emblem_refused"


def store_emblem(portal, svg: bytes) -> None:
    """Store the emblem of the site.

    :raises EmblemRefused: it isn't a plain SVG drawing of at most 100 kB (no scripts,
        events, styles, foreign elements, entities or references to other files).
    """
    text = checked(svg)
    registry = portal.portal_registry
    if registry[RECORD] != text:
        registry[RECORD] = text


def checked(svg: bytes) -> str:
    """Return the drawing as text.

    :raises EmblemRefused: as ``store_emblem``.
    """
    if len(svg) > MAX_BYTES:
        raise EmblemRefused(found=f"{len(svg)} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(svg, parser)
    except etree.XMLSyntaxError as error:
        raise EmblemRefused(found=str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise EmblemRefused(found="DOCTYPE")
    if root.tag != f"{{{SVG}}}svg":
        raise EmblemRefused(found=root.tag)
    for node in root.iter():
        _check(node)
    return etree.tostring(root, encoding="unicode")


def _check(node: etree._Element) -> None:
    if isinstance(node, etree._Comment):
        return
    name = etree.QName(node) if isinstance(node.tag, str) else None
    if name is None or name.namespace != SVG or name.localname not in ELEMENTS:
        raise EmblemRefused(found=str(node.tag))
    for key, value in node.attrib.items():
        local = etree.QName(key).localname.lower()
        foreign = local in ("href", "src") and not value.strip().startswith("#")
        if local.startswith("on") or foreign or _REFERENCE.search(value):
            raise EmblemRefused(found=f"{name.localname} {local}")


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
