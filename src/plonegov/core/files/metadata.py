"""Takes out of a picture what does not belong to what one sees.

A telephone writes into each picture where and when it was taken, and by what. Nobody
asks for that (GDPR, article 5(1)(c)), so only what is needed to show the picture stays:
of JPEG (ITU-T T.81) the colours and which side is up, of PNG (ISO/IEC 15948) what its
colours need. What follows the picture's end, be it another file, is cut off.
"""

from plonegov.core.files.errors import PictureUnreadable

import struct


SOI, EOI, SOS, APP0, APP1, APP2, APP14, APP15, COM = (
    *(0xD8, 0xD9, 0xDA),
    *(0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE),
)
#: Markers without a length: TEM and RST0 to RST7.
BARE = (0x01, *range(0xD0, 0xD8))

EXIF = b"Exif\0\0"
#: Segments of applications that tell colours, by their marker.
KEPT_APPS = {APP0: b"JFIF\0", APP2: b"ICC_PROFILE\0", APP14: b"Adobe"}
ORIENTATION, SHORT = 0x0112, 3
#: An IFD with one entry: the orientation.
UPRIGHT = struct.Struct(">2sHIHHHIHHI")

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = (
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB"),
    *(b"iCCP", b"cICP", b"sBIT", b"pHYs"),
)


def stripped_jpeg(data: bytes) -> bytes:
    """Return a JPEG without what its camera, editor or telephone wrote into it.

    :raises PictureUnreadable: it is damaged, or no JPEG.
    """
    kept, at, side_up = [b"\xff\xd8"], 2, 0
    while True:
        marker, start, end = _segment(data, at)
        if marker == EOI:
            return b"".join((*kept, data[at:end]))
        if marker == APP1 and not side_up:
            side_up = _orientation(data[start:end])
            kept += [_upright(side_up)] if side_up > 1 else []
        elif _is_shown(marker, data[start:end]):
            kept.append(data[at:end])
        at = end
        if marker == SOS:
            at = _after_scan(data, end)
            kept.append(data[end:at])


def stripped_png(data: bytes) -> bytes:
    """Return a PNG without texts, times and other notes.

    :raises PictureUnreadable: it is damaged, or no PNG.
    """
    kept, at, name = [PNG_MAGIC], len(PNG_MAGIC), b""
    while name != b"IEND":
        if len(data) < at + 12:
            raise PictureUnreadable()
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise PictureUnreadable()
        if name in PNG_KEPT:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def _segment(data: bytes, at: int) -> tuple[int, int, int]:
    """Return the marker at a place, and where its content begins and ends.

    :raises PictureUnreadable: there is no whole segment.
    """
    while data[at : at + 2] == b"\xff\xff":  # fill bytes
        at += 1
    if data[at : at + 1] != b"\xff" or len(data) < at + 2:
        raise PictureUnreadable()
    marker = data[at + 1]
    if marker == EOI or marker in BARE:
        return marker, at + 2, at + 2
    length = int.from_bytes(data[at + 2 : at + 4])
    end = at + 2 + length
    if length < 2 or end > len(data):
        raise PictureUnreadable()
    return marker, at + 4, end


def _after_scan(data: bytes, at: int) -> int:
    """Return where the coded picture ends: at the next marker.

    :raises PictureUnreadable: there is none.
    """
    while (at := data.find(b"\xff", at)) >= 0:
        following = data[at + 1 : at + 2]
        if following and following[0] and following[0] not in BARE:
            return at
        at += 2
    raise PictureUnreadable()


def _is_shown(marker: int, content: bytes) -> bool:
    """Say whether a segment is needed to show the picture."""
    if marker in KEPT_APPS:
        return content.startswith(KEPT_APPS[marker])
    return not (APP0 <= marker <= APP15 or marker == COM)


def _orientation(content: bytes) -> int:
    """Return which side is up by an Exif segment (1 to 8; 0 when it doesn't say)."""
    tiff = content[len(EXIF) :] if content.startswith(EXIF) else b""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return 0
    (at,) = struct.unpack_from(f"{order}I", tiff, 4)
    if len(tiff) < at + 2:
        return 0
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    for entry in range(at + 2, min(at + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind, _one, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
        if (tag, kind) == (ORIENTATION, SHORT) and 1 <= value <= 8:
            return value
    return 0


def _upright(side_up: int) -> bytes:
    """Return an Exif segment that says which side is up, and nothing else."""
    tiff = UPRIGHT.pack(b"MM", 42, 8, 1, ORIENTATION, SHORT, 1, side_up, 0, 0)
    content = EXIF + tiff
    return b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content
