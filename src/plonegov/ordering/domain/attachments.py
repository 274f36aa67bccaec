"""Reads the files of a request: few, small, of three types known by their first bytes."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from plonegov.core.errors import Fault
from plonegov.core.municipality.model import MEGABYTE
from plonegov.ordering.domain.model import Attachment
from plonegov.ordering.domain.model import FileLimits
from plonegov.ordering.domain.reader import Reader
from typing import Any

import unicodedata


#: Most files of one request.
COUNT_LIMIT = 10

#: What a file may answer.
QUESTIONS = ("mandate", "proof")

#: First bytes, content type and file name endings of the types that are taken.
TYPES = (
    (b"%PDF-", "application/pdf", (".pdf",)),
    (b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
    (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
)

#: Other names of these types that browsers send.
SAME_TYPE = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg"}

KEYS = ("question", "filename", "content_type", "data")
NAME_LIMIT = 100


def read_attachments(
    value: Any, limits: FileLimits, faults: list[Fault]
) -> tuple[Attachment, ...]:
    """Return the files of a request; ``attachments.0`` is the path of the first."""
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        faults.append(Fault("attachments", "list_expected"))
        return ()
    if len(value) > COUNT_LIMIT:
        faults.append(Fault("attachments", "too_many_files", {"limit": COUNT_LIMIT}))
        return ()
    found = [
        _read(item, f"attachments.{index}", limits.largest, faults)
        for index, item in enumerate(value)
    ]
    files = tuple(item for item in found if item is not None)
    if limits.left is not None and sum(len(item.data) for item in files) > limits.left:
        faults.append(Fault("attachments", "storage_full"))
        return ()
    return files


def size_fault(field: str, size: int, limits: FileLimits) -> Fault | None:
    """Return what is wrong with the size in bytes of a single file, if anything."""
    if size > limits.largest:
        return _too_large(field, limits.largest)
    if limits.left is not None and size > limits.left:
        return Fault(field, "storage_full")
    return None


def _too_large(field: str, largest: int) -> Fault:
    return Fault(field, "file_too_large", {"limit": largest // MEGABYTE})


def content_type_of(data: bytes) -> str:
    """Return the content type by the first bytes; empty when it is none of ours."""
    for magic, content_type, _endings in TYPES:
        if data.startswith(magic):
            return content_type
    return ""


def safe_filename(filename: str, content_type: str) -> str:
    """Return a file name without folders, control characters and signs that file
    systems refuse, with an ending of the content type."""
    base = unicodedata.normalize("NFC", filename.replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(
        "_" if sign in '<>:"|?*' else sign for sign in base if _is_kept(sign)
    )
    endings = next(row[2] for row in TYPES if row[1] == content_type)
    stem = kept.strip(". ")
    for ending in endings:
        if stem.lower().endswith(ending):
            stem = stem[: -len(ending)].rstrip(". ")
            break
    else:
        ending = endings[0]
    return (stem[:NAME_LIMIT].rstrip(". ") or "file") + ending


def _is_kept(sign: str) -> bool:
    """Leave out control characters and invisible formatting."""
    return unicodedata.category(sign)[0] != "C"


def _read(item: Any, path: str, largest: int, faults: list[Fault]) -> Attachment | None:
    if not isinstance(item, Mapping):
        faults.append(Fault(path, "object_expected"))
        return None
    reader = Reader(item, KEYS, faults, path)
    question = reader.text("question", required=True)
    if question and question not in QUESTIONS:
        reader.fault("question", "unknown_choice", allowed=", ".join(QUESTIONS))
    filename = reader.text("filename", str, required=True)
    data = _decoded(reader, item.get("data"), largest)
    content_type = _content_type(reader, data) if data else ""
    if not content_type:
        return None
    return Attachment(
        question, safe_filename(filename, content_type), content_type, data
    )


def _decoded(reader: Reader, value: Any, largest: int) -> bytes:
    """Return the bytes of base64 text; empty when they are missing or wrong."""
    if not isinstance(value, str) or not value:
        reader.fault("data", "file_empty")
        return b""
    if len(value) > (largest + 2) // 3 * 4:
        reader.faults.append(_too_large(reader.at("data"), largest))
        return b""
    try:
        data = b64decode(value, validate=True)
    except (Base64Error, ValueError):
        reader.fault("data", "base64_invalid")
        return b""
    if len(data) > largest:
        reader.faults.append(_too_large(reader.at("data"), largest))
        return b""
    return data


def _content_type(reader: Reader, data: bytes) -> str:
    """Return the type by the first bytes, when it is one of ours and as declared."""
    found = content_type_of(data)
    if not found:
        reader.fault("data", "file_type_refused")
        return ""
    declared = reader.text("content_type").lower()
    if declared and SAME_TYPE.get(declared, declared) != found:
        reader.fault("content_type", "file_type_differs")
        return ""
    return found
