"""What a file is, told by its content: neither its name nor a browser's word counts.

PDF and pictures are known by their first bytes, documents of an office by the type that
they state inside themselves.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile
from zipfile import ZipFile
from zlib import error as ZlibError

import unicodedata


PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
#: What telephones take; it becomes a JPEG before it is stored.
HEIC = "image/heic"
#: Office documents: Office Open XML (ISO/IEC 29500) and OpenDocument (ISO/IEC 26300).
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

#: Content types by their first bytes.
MAGIC = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
#: Brands of the ISO base media files that hold a HEIC picture (ISO/IEC 23008-12).
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
ZIP_MAGIC = b"PK\x03\x04"

#: The member of an archive that states its type, and what it states of ours. A document
#: with macros states another type.
OPEN_DOCUMENT, OPEN_XML = "mimetype", "[Content_Types].xml"
MAIN_PARTS: Mapping[bytes, str] = {
    f'"{kind}.main+xml"'.encode(): kind for kind in (DOCX, XLSX)
}
#: Damaged, encrypted, or packed in a way that nobody uses for documents.
DAMAGED = (
    *(BadZipFile, ZlibError, LZMAError),
    *(EOFError, OSError, RuntimeError, ValueError),
)
#: More of such a member is not read: an archive can unpack to any size.
STATED_LIMIT = 1024 * 1024

#: The endings of their file names, the usual one first.
ENDINGS: Mapping[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    HEIC: (".heic", ".heif"),
    DOCX: (".docx",),
    ODT: (".odt",),
    XLSX: (".xlsx",),
    ODS: (".ods",),
}

#: Other names of these types that browsers send.
SAME_TYPE = {"image/jpg": JPEG, "image/pjpeg": JPEG, "image/heif": HEIC}

NAME_LIMIT = 100


def content_type_of(data: bytes) -> str:
    """Return the content type by the content; empty when it is none of ours."""
    for magic, content_type in MAGIC:
        if data.startswith(magic):
            return content_type
    if data.startswith(ZIP_MAGIC):
        return _office_type(data)
    return HEIC if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS else ""


def type_by_name(filename: str) -> str:
    """Return the content type that the ending of a file name promises, or ""."""
    name = filename.strip().lower()
    for content_type, endings in ENDINGS.items():
        if name.endswith(endings):
            return content_type
    return ""


def endings_of(types: Iterable[str]) -> str:
    """Return the usual endings of content types in words: PDF, DOCX, ODT."""
    return ", ".join(ENDINGS[one][0].lstrip(".").upper() for one in types)


def safe_filename(filename: str, content_type: str) -> str:
    """Return a file name without folders, control characters and signs that file
    systems refuse, with an ending of the content type."""
    base = unicodedata.normalize("NFC", filename.replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(
        "_" if sign in '<>:"|?*' else sign for sign in base if _is_kept(sign)
    )
    endings = ENDINGS[content_type]
    former = ENDINGS[HEIC] if content_type == JPEG else ()
    stem = kept.strip(". ")
    for ending in (*endings, *former):
        if stem.lower().endswith(ending):
            stem = stem[: -len(ending)].rstrip(". ")
            break
    else:
        ending = ""
    shown = ending if ending in endings else endings[0]
    return (stem[:NAME_LIMIT].rstrip(". ") or "file") + shown


def _is_kept(sign: str) -> bool:
    """Leave out control characters and invisible formatting."""
    return unicodedata.category(sign)[0] != "C"


def _office_type(data: bytes) -> str:
    """Return the type that an office document states in itself, or ""."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if OPEN_DOCUMENT in names:
                found = _stated(archive, OPEN_DOCUMENT).decode("ascii", "replace")
                return found if found in (ODT, ODS) else ""
            types = _stated(archive, OPEN_XML) if OPEN_XML in names else b""
    except DAMAGED:
        return ""
    return next((kind for part, kind in MAIN_PARTS.items() if part in types), "")


def _stated(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(STATED_LIMIT)
