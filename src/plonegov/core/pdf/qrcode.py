"""A text as QR code (ISO/IEC 18004) for a page of a PDF."""

import io
import segno


#: Level M of error correction: a code that was folded once is read still.
CORRECTION = "m"


def qr_code(text: str) -> bytes:
    """Return a text as QR code (SVG), with the quiet zone around it."""
    stream = io.BytesIO()
    code = segno.make_qr(text, error=CORRECTION)
    code.save(stream, kind="svg", scale=4, xmldecl=False, svgns=True)
    return stream.getvalue()
