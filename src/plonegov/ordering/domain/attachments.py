"""Reads the files of a request: few, small, of types known by their first bytes.

What a file may answer, and how many, how large and of which type these may be, is one
table.
"""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from plonegov.core.errors import Fault
from plonegov.core.files.kinds import content_type_of
from plonegov.core.files.kinds import HEIC
from plonegov.core.files.kinds import JPEG
from plonegov.core.files.kinds import PDF
from plonegov.core.files.kinds import PNG
from plonegov.core.files.kinds import safe_filename
from plonegov.core.files.kinds import SAME_TYPE
from plonegov.core.municipality.model import MEGABYTE
from plonegov.core.typed.reader import Reader
from plonegov.ordering.domain.model import Attachment
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.domain.model import FileLimits
from plonegov.ordering.domain.model import Relation
from typing import Any


#: Most files of one request.
COUNT_LIMIT = 10

#: The content types that a request may have.
TYPES = (PDF, PNG, JPEG, HEIC)


@dataclass(frozen=True)
class FileQuestion:
    """What some files of a request answer.

    ``most`` is their number, ``largest`` the size of one in bytes (the town's limit
    counts where it is smaller), ``types`` their content types. With ``until_decided``
    they are erased when the order is decided.
    """

    id: str
    most: int
    largest: int
    types: tuple[str, ...] = TYPES
    until_decided: bool = False


#: What files may answer. The copy of an identity document serves one decision only:
#: kept longer, it would be more than the purpose needs (GDPR, article 5(1)(c) and (e)).
FILE_QUESTIONS: Mapping[str, FileQuestion] = {
    question.id: question
    for question in (
        FileQuestion("mandate", most=5, largest=10 * MEGABYTE),
        FileQuestion("proof", most=5, largest=10 * MEGABYTE),
        FileQuestion("identity", most=2, largest=10 * MEGABYTE, until_decided=True),
    )
}

#: The questions whose files are erased at the decision.
UNTIL_DECIDED = frozenset(
    one.id for one in FILE_QUESTIONS.values() if one.until_decided
)

KEYS = ("question", "filename", "content_type", "data")


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
        _read(item, f"attachments.{index}", limits, faults)
        for index, item in enumerate(value)
    ]
    files = tuple(item for item in found if item is not None)
    faults += _too_many(value)
    if limits.left is not None and sum(len(item.data) for item in files) > limits.left:
        faults.append(Fault("attachments", "storage_full"))
        return ()
    return files


def questions_asked(
    terms: DocumentTerms, relation: Relation | str
) -> tuple[FileQuestion, ...]:
    """Return what files may answer in a relation: with a mandate also who gave it."""
    if relation in terms.mandate_for:
        return (FILE_QUESTIONS["mandate"], FILE_QUESTIONS["identity"])
    unproved = (Relation.SELF, Relation.OTHER)
    return () if relation in unproved else (FILE_QUESTIONS["proof"],)


def file_fault(
    field: str, question: FileQuestion, data: bytes, kept: int, limits: FileLimits
) -> Fault | None:
    """Return what is wrong with a single file, if anything.

    :param kept: how many files answer the question already.
    """
    if kept >= question.most:
        return Fault(field, "too_many_files", {"limit": question.most})
    if not data:
        return Fault(field, "file_empty")
    too_large = size_fault(field, len(data), limits_of(question, limits))
    if too_large is not None:
        return too_large
    if content_type_of(data) not in question.types:
        return Fault(field, "file_type_refused")
    return None


def limits_of(question: FileQuestion, limits: FileLimits) -> FileLimits:
    """Return the limits of the files of a question: the town's, or its own."""
    return replace(limits, largest=min(question.largest, limits.largest))


def size_fault(field: str, size: int, limits: FileLimits) -> Fault | None:
    """Return what is wrong with the size in bytes of a single file, if anything."""
    if size > limits.largest:
        return _too_large(field, limits.largest)
    if limits.left is not None and size > limits.left:
        return Fault(field, "storage_full")
    return None


def _too_many(items: Iterable[Any]) -> list[Fault]:
    """Return a fault for each file that is more than its question takes."""
    faults, counts = [], dict.fromkeys(FILE_QUESTIONS, 0)
    for index, item in enumerate(items):
        name = item.get("question") if isinstance(item, Mapping) else None
        if not isinstance(name, str) or name not in counts:
            continue
        counts[name] += 1
        if counts[name] > (limit := FILE_QUESTIONS[name].most):
            faults.append(
                Fault(f"attachments.{index}", "too_many_files", {"limit": limit})
            )
    return faults


def _too_large(field: str, largest: int) -> Fault:
    return Fault(field, "file_too_large", {"limit": largest // MEGABYTE})


def _read(
    item: Any, path: str, limits: FileLimits, faults: list[Fault]
) -> Attachment | None:
    if not isinstance(item, Mapping):
        faults.append(Fault(path, "object_expected"))
        return None
    reader = Reader(item, KEYS, faults, path)
    question = FILE_QUESTIONS.get(name := reader.text("question", required=True))
    if name and question is None:
        allowed = ", ".join(FILE_QUESTIONS)
        reader.fault("question", "unknown_choice", allowed=allowed)
    filename = reader.text("filename", str, required=True)
    largest = limits_of(question, limits).largest if question else limits.largest
    data = _decoded(reader, item.get("data"), largest)
    types = question.types if question else TYPES
    content_type = _content_type(reader, data, types) if data else ""
    if not content_type:
        return None
    return Attachment(name, safe_filename(filename, content_type), content_type, data)


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


def _content_type(reader: Reader, data: bytes, types: tuple[str, ...]) -> str:
    """Return the type by the first bytes, when it is taken and as declared."""
    found = content_type_of(data)
    if found not in types:
        reader.fault("data", "file_type_refused")
        return ""
    declared = reader.text("content_type").lower()
    if declared and SAME_TYPE.get(declared, declared) != found:
        reader.fault("content_type", "file_type_differs")
        return ""
    return found
