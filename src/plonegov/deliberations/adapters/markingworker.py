"""Reads a clean PDF from standard input and writes it with a line at the top of each page.

Started as a process of its own by ``cleaning`` with the line as its argument, under the
limits of ``cleaningworker`` and with its statuses. The line is an artifact (ISO 32000-2,
14.8.2.2), so that the structure of a tagged PDF stays what it was. Its font is one that
every reader has, with the letters of Western Europe.
"""

from io import BytesIO
from plonegov.deliberations.adapters.cleaningworker import limit
from plonegov.deliberations.adapters.cleaningworker import pdf_errors
from plonegov.deliberations.adapters.cleaningworker import Refused

import json
import re
import sys


#: Left, bottom, right and top.
Box = tuple[float, float, float, float]

NAME = "/PloneGovDraft"
#: The size of the letters as a part of the page's shorter side; a letter's mean width.
SIZE, WIDTH = 1 / 50, 0.62
#: The part of the page's width that the line may take.
MOST = 0.94
#: Where the band begins below the page's edge, and its height, in sizes of the letters;
#: printers leave 5 mm of the paper blank.
EDGE, BAND = 1.2, 1.7

#: What may hold the letters q and Q beside the operators: comments, strings, pictures
#: within the content; then the operators.
TOKENS = re.compile(
    rb"%[^\r\n]*+"
    rb"|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)"
    rb"|(?<=\s)ID\s.*?\sEI(?=\s|$)"
    rb"|(?<![^\s\])>])(?P<saves>[qQ])(?![^\s\[(</%])",
    re.DOTALL,
)


def mark(data: bytes, text: str) -> bytes:
    """Return a PDF with a line at the top of each page, as the page is seen.

    :raises Refused: a page can't be read.
    """
    from pypdf import PdfReader
    from pypdf import PdfWriter

    number = 0
    try:
        writer = PdfWriter(clone_from=PdfReader(BytesIO(data), strict=False))
        writer.metadata = None
        font, veil = writer._add_object(_font()), writer._add_object(_veil())
        for page in writer.pages:
            number += 1
            _use(page, "/Font", font)
            _use(page, "/ExtGState", veil)
            _draw(writer, page, text)
        made = BytesIO()
        writer.write(made)
    except pdf_errors() as error:
        raise Refused(
            "annex_page_unreadable" if number else "annex_unreadable", number
        ) from error
    return made.getvalue()


def _font():
    from pypdf.generic import DictionaryObject
    from pypdf.generic import NameObject

    values = {
        "/Type": "/Font",
        "/Subtype": "/Type1",
        "/BaseFont": "/Helvetica-Bold",
        "/Encoding": "/WinAnsiEncoding",
    }
    return DictionaryObject(
        {NameObject(name): NameObject(value) for name, value in values.items()}
    )


def _veil():
    """Return the state of graphics in which what lies below still shines through."""
    from pypdf.generic import DictionaryObject
    from pypdf.generic import FloatObject
    from pypdf.generic import NameObject

    return DictionaryObject({NameObject("/ca"): FloatObject(0.85)})


def _use(page, kind: str, reference) -> None:
    """Let a page use a font or a state; what other pages share with it stays as it is."""
    from pypdf.generic import DictionaryObject
    from pypdf.generic import NameObject

    resources = DictionaryObject(_inherited(page, "/Resources") or {})
    named = DictionaryObject(_resolved(resources.get(kind)) or {})
    named[NameObject(NAME)] = reference
    resources[NameObject(kind)] = named
    page[NameObject("/Resources")] = resources


def _draw(writer, page, text: str) -> None:
    """Draw the line after what the page draws, whatever state that leaves behind."""
    from pypdf.generic import ArrayObject
    from pypdf.generic import NameObject

    held = _resolved(page.get("/Contents"))
    several = held if isinstance(held, list) else [page.get("/Contents")]
    parts = [part for part in several if hasattr(_resolved(part), "get_data")]
    content = b"\n".join(_resolved(part).get_data() for part in parts)
    missing, left = unbalanced(content)
    before = _stream(b"q\n" * (1 + missing))
    after = _stream(b"\nQ" * (1 + left) + b"\n" + _line(page, text))
    drawn = [writer._add_object(before), *parts, writer._add_object(after)]
    page[NameObject("/Contents")] = ArrayObject(drawn)


def unbalanced(content: bytes) -> tuple[int, int]:
    """Return how many saved states the operators of a page take back without having
    saved them, and how many are still saved at its end once these are there."""
    depth = lowest = 0
    for found in TOKENS.finditer(content):
        saves = found["saves"]
        depth += {b"q": 1, b"Q": -1}.get(saves, 0)
        lowest = min(lowest, depth)
    return -lowest, depth - lowest


def _line(page, text: str) -> bytes:
    turn, width, height = seen(page)
    size = min(min(width, height) * SIZE, MOST * width / (WIDTH * len(text)))
    x, y = width * (1 - MOST) / 2, height - (EDGE + BAND) * size
    letters = text.encode("cp1252", "replace").hex()
    return (
        "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC\n"
        f"q {' '.join(f'{value:.3f}' for value in turn)} cm\n"
        f"q {NAME} gs 1 1 1 rg {x:.3f} {y:.3f} {width * MOST:.3f} {BAND * size:.3f} re f Q\n"
        f"BT {NAME} {size:.3f} Tf 0.7 0 0.1 rg"
        f" {x + size / 2:.3f} {y + size / 2:.3f} Td <{letters}> Tj ET\n"
        "Q\nEMC\n"
    ).encode()


def seen(page) -> tuple[tuple[float, ...], float, float]:
    """Return how a page lies before who reads it: the matrix that leads from its lower
    left corner as it is seen to the space in which it is drawn, its width and height."""
    whole = _box(_inherited(page, "/MediaBox"))
    x0, y0, x1, y1 = _common(whole, _box(_inherited(page, "/CropBox") or whole))
    turned = int(_inherited(page, "/Rotate") or 0) % 360
    if turned == 90:
        return (0, 1, -1, 0, x1, y0), y1 - y0, x1 - x0
    if turned == 180:
        return (-1, 0, 0, -1, x1, y1), x1 - x0, y1 - y0
    if turned == 270:
        return (0, -1, 1, 0, x0, y1), y1 - y0, x1 - x0
    return (1, 0, 0, 1, x0, y0), x1 - x0, y1 - y0


def _box(box) -> Box:
    """Return left, bottom, right and top of a rectangle, whichever corners it names."""
    a, b, c, d = (float(_resolved(value)) for value in box)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _common(one: Box, other: Box) -> Box:
    """Return what two rectangles have in common.

    :raises ValueError: nothing.
    """
    x0, y0 = max(one[0], other[0]), max(one[1], other[1])
    x1, y1 = min(one[2], other[2]), min(one[3], other[3])
    if x0 >= x1 or y0 >= y1:
        raise ValueError("A page of no size.")
    return x0, y0, x1, y1


def _inherited(page, name: str):
    """Return a value of a page that may stand in what it belongs to."""
    held, seen_before = page, set()
    while held is not None and id(held) not in seen_before:
        seen_before.add(id(held))
        if name in held:
            return _resolved(held[name])
        held = _resolved(held.get("/Parent"))
    return None


def _stream(data: bytes):
    from pypdf.generic import DecodedStreamObject

    made = DecodedStreamObject()
    made.set_data(data)
    return made


def _resolved(held):
    return held.get_object() if hasattr(held, "get_object") else held


if __name__ == "__main__":
    limit()
    try:
        sys.stdout.buffer.write(mark(sys.stdin.buffer.read(), sys.argv[1]))
    except Refused as error:
        trouble, page = error.args
        sys.stderr.write(json.dumps({"trouble": trouble, "page": page}))
        sys.exit(3)
