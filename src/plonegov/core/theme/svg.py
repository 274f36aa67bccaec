"""A drawing that is safe to show: plain SVG, without anything active."""

from lxml import etree
from plonegov.core.errors import PlonegovError

import re


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


def checked(svg: bytes) -> str:
    """Return the drawing as text.

    :raises EmblemRefused: it isn't a plain SVG drawing of at most 100 kB (no scripts,
        events, styles, foreign elements, entities or references to other files).
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
