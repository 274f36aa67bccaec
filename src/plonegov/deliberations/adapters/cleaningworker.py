"""Reads a PDF or a picture from standard input and writes a clean copy of it.

Started as a process of its own by ``cleaning`` with the kind as its argument. It takes
limits before it opens anything. Status 3: the file is refused, and standard error says
why as JSON (``trouble``, ``page``); any other status but 0: it broke.
"""

from io import BytesIO

import json
import resource
import struct
import sys
import zlib


MEMORY = 1536 * 1024 * 1024
SECONDS = 45
#: The most pixels that are decoded; a picture of an A3 page at 600 dpi has 70 million.
MOST_PIXELS = 80_000_000
QUALITY = 88

#: What of a PDF's catalog stays: pages, their numbers, structure and language.
ROOT = frozenset(
    {
        "/Type",
        "/Version",
        "/Pages",
        "/PageLabels",
        "/Lang",
        "/MarkInfo",
        "/StructTreeRoot",
        "/Outlines",
        "/PageMode",
        "/PageLayout",
        "/Dests",
        "/OutputIntents",
    }
)
#: What is dropped wherever it stands: properties, data of programs, files, actions.
DROPPED = frozenset(
    {
        "/Metadata",
        "/PieceInfo",
        "/LastModified",
        "/AA",
        "/AF",
        "/JS",
        "/JavaScript",
        "/Thumb",
        "/EmbeddedFiles",
        "/EF",
        "/Popup",
    }
)
#: What must not be left anywhere in the copy.
FORBIDDEN = frozenset({*DROPPED, "/Launch", "/RichMedia", "/OpenAction", "/AcroForm"})
#: Annotations that lie on a page like a piece of paper when they are filled.
SHAPES = ("/Square", "/Circle", "/Polygon")
#: Links that stay: within the file, and to the web.
SCHEMES = ("http://", "https://", "mailto:")
#: Segments of a JPEG that stay beside the picture: JFIF, colour profile, Adobe's.
KEPT_SEGMENTS = frozenset({0xE0, 0xE2, 0xEE})


class Refused(Exception):
    """The file can't be cleaned; the arguments are the trouble and the page, or 0."""


def limit() -> None:
    """Bound the memory and the computing time of this process; it writes no file."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def picture(data: bytes, name: str) -> bytes:
    """Return a picture encoded anew: upright, without any notes.

    :param name: ``JPEG`` or ``PNG``.
    :raises Refused: it has too many pixels.
    """
    from PIL import Image
    from PIL import ImageOps

    with Image.open(BytesIO(data), formats=[name]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Refused("annex_picture_too_large", 0)
        opened.load()
        turned = ImageOps.exif_transpose(opened)
        modes = ("RGB", "L") if name == "JPEG" else ("RGB", "RGBA", "L")
        wanted = "RGBA" if name == "PNG" else "RGB"
        plain = turned if turned.mode in modes else turned.convert(wanted)
        made = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    copy = BytesIO()
    made.save(copy, name, **({"quality": QUALITY} if name == "JPEG" else {}))
    return copy.getvalue()


def pdf(data: bytes) -> bytes:
    """Return a PDF with its pages, their structure and links, and nothing else.

    :raises Refused: it is encrypted, hides layers, covers words, or a page can't be read.
    """
    from pypdf import PdfReader
    from pypdf import PdfWriter

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Refused("annex_encrypted", 0)
    _check_layers(reader)
    _check_pages(reader)
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    root = writer._root_object
    for name in [name for name in root if name not in ROOT]:
        del root[name]
    for page in writer.pages:
        _clean_page(page)
    for held in writer._objects:
        _clean_object(held)
    _forget_unreachable(writer)
    made = BytesIO()
    writer.write(made)
    _check_clean(made.getvalue())
    return made.getvalue()


def _check_layers(reader) -> None:
    """Refuse layers that are not shown: a copy without layers would show them."""
    layers = _resolved(reader.root_object.get("/OCProperties"))
    if not isinstance(layers, dict):
        return
    usual = _resolved(layers.get("/D")) or {}
    off = _resolved(usual.get("/OFF")) or ()
    if off or usual.get("/BaseState") == "/OFF":
        raise Refused("annex_hidden_layers", 0)


def pdf_errors() -> tuple[type[Exception], ...]:
    """Return what pypdf raises on files that are not as they should be: its own errors,
    and those that wrong values lead to on the way."""
    from pypdf.errors import DependencyError
    from pypdf.errors import PyPdfError

    return (
        *(PyPdfError, DependencyError, zlib.error, struct.error),
        *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError),
        *(AssertionError, RuntimeError, EOFError, OSError, MemoryError),
    )


def _check_pages(reader) -> None:
    """Read what each page draws, and refuse what a copy would uncover."""
    number = 0
    try:
        for page in reader.pages:
            number += 1
            content = page.get_contents()
            if content is not None:
                content.get_data()
            _check_uncovered(page, number)
    except pdf_errors() as error:
        raise Refused(
            "annex_page_unreadable" if number else "annex_unreadable", number
        ) from error
    if not number:
        raise Refused("annex_unreadable", 0)


def _check_uncovered(page, number: int) -> None:
    """Refuse a page with words under a blackening that is only laid upon it: a copy has
    no annotations, so that it would show them."""
    for reference in _resolved(page.get("/Annots")) or ():
        annotation = _resolved(reference)
        if not isinstance(annotation, dict):
            continue
        kind = annotation.get("/Subtype")
        filled = bool(_resolved(annotation.get("/IC")))
        if kind == "/Redact" or (kind in SHAPES and filled):
            raise Refused("annex_covered", number)


def _clean_page(page) -> None:
    """Leave of a page's annotations only links that lead somewhere harmless."""
    from pypdf.generic import ArrayObject
    from pypdf.generic import NameObject

    kept = []
    for reference in _resolved(page.get("/Annots")) or ():
        annotation = _resolved(reference)
        if isinstance(annotation, dict) and _harmless(annotation):
            for name in ("/Contents", "/T", "/NM", "/M", "/RC", "/Subj"):
                annotation.pop(name, None)
            kept.append(reference)
        elif isinstance(annotation, dict):
            # The structure of the document may name it: nothing of it is left there.
            annotation.clear()
    if kept:
        page[NameObject("/Annots")] = ArrayObject(kept)
    else:
        page.pop("/Annots", None)


def _harmless(annotation) -> bool:
    if annotation.get("/Subtype") != "/Link":
        return False
    action = _resolved(annotation.get("/A"))
    if not isinstance(action, dict):
        return "/Dest" in annotation
    if "/Next" in action:
        return False
    if action.get("/S") == "/URI":
        return str(action.get("/URI", "")).lower().startswith(SCHEMES)
    return action.get("/S") == "/GoTo"


def _clean_object(held) -> None:
    """Drop what may stand in any object, at any depth within it."""
    if isinstance(held, dict):
        for name in [name for name in held if name in DROPPED]:
            del held[name]
        _clean_bookmark(held)
        if held.get("/Subtype") == "/Image" and _is_jpeg(held.get("/Filter")):
            held._data = stripped_jpeg(held._data)
        for name in list(held):
            _clean_object(held.raw_get(name))
    elif isinstance(held, list):
        for inner in held:
            _clean_object(inner)


def _is_jpeg(filters) -> bool:
    return filters == "/DCTDecode" or filters == ["/DCTDecode"]


def _clean_bookmark(held) -> None:
    """Leave of a bookmark's action only where in the file it leads."""
    if "/Title" not in held or "/A" not in held:
        return
    action = _resolved(held["/A"])
    if not isinstance(action, dict) or action.get("/S") != "/GoTo" or "/Next" in action:
        del held["/A"]


def stripped_jpeg(data: bytes) -> bytes:
    """Return a JPEG without notes: Exif, XMP, comments; its picture as it was."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, place = bytearray(b"\xff\xd8"), 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xDA:
            break
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        notes = 0xE0 <= marker <= 0xEF and marker not in KEPT_SEGMENTS
        if not notes and marker != 0xFE:
            kept += data[place:end]
        place = end
    return bytes(kept + data[place:])


def _forget_unreachable(writer) -> None:
    """Leave no object that the copy's catalog does not lead to."""
    root = writer._root_object.indirect_reference.idnum
    reached, waiting = {root}, [writer._root_object]
    while waiting:
        held = waiting.pop()
        inner = (
            [held.raw_get(name) for name in held] if isinstance(held, dict) else held
        )
        for each in inner:
            number = getattr(each, "idnum", None)
            if number is not None and number not in reached:
                reached.add(number)
                each = writer._objects[number - 1]
            elif number is not None:
                continue
            if isinstance(each, (dict, list)):
                waiting.append(each)
    for place in range(len(writer._objects)):
        if place + 1 not in reached:
            writer._objects[place] = None


def _check_clean(data: bytes) -> None:
    """Read the copy as anybody would, and refuse it if something is left in it."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data), strict=False)
    for number in list(reader.xref.get(0, ())) + list(reader.xref_objStm):
        held = reader.get_object(_reference(number, reader))
        if isinstance(held, dict) and FORBIDDEN & set(held):
            raise Refused("annex_unreadable", 0)
        if isinstance(held, dict) and held.get("/S") in ("/JavaScript", "/Launch"):
            raise Refused("annex_unreadable", 0)


def _reference(number: int, reader):
    from pypdf.generic import IndirectObject

    return IndirectObject(number, 0, reader)


def _resolved(held):
    return held.get_object() if hasattr(held, "get_object") else held


def clean(data: bytes, kind: str) -> bytes:
    """Return a clean copy of a file.

    :raises Refused: it can't be made.
    """
    if kind == "pdf":
        return pdf(data)
    return picture(data, {"jpg": "JPEG", "png": "PNG"}[kind])


if __name__ == "__main__":
    limit()
    try:
        sys.stdout.buffer.write(clean(sys.stdin.buffer.read(), sys.argv[1]))
    except Refused as error:
        trouble, page = error.args
        sys.stderr.write(json.dumps({"trouble": trouble, "page": page}))
        sys.exit(3)
