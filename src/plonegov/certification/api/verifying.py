"""Telling anybody what a document of the town is worth today."""

from dataclasses import dataclass
from plonegov.certification.adapters.examining import examine
from plonegov.certification.adapters.examining import FileUnreadable
from plonegov.certification.adapters.keyfile import known_roots
from plonegov.certification.domain.verdict import judge
from plonegov.certification.domain.verdict import Verdict
from plonegov.core.api import municipality
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.ops import limits
from plonegov.core.registers import sealed
from plonegov.core.registers.sealed import SealedDocument


#: Largest file that is examined, in bytes.
MOST = 10 << 20
#: How often a network may ask on one day; a code has 95 random bits.
CODES_A_DAY = 300
FILES_A_DAY = 60


@dataclass(frozen=True)
class Verified:
    """A verdict on a file, and the document of the register that it is."""

    verdict: Verdict
    document: SealedDocument | None = None


def read_code(field: str, text: str) -> str:
    """Return a code as a person typed it.

    :raises InvalidInput: there is none, or it was mistyped.
    """
    if not text.strip():
        raise InvalidInput([Fault(field, "verified_code_missing")])
    code = sealed.read_code(text)
    if code is None:
        raise InvalidInput([Fault(field, "verified_code_mistyped")])
    return code


def by_code(text: str) -> SealedDocument:
    """Return the document with a code, as it was typed.

    :raises SealedDocumentUnknown: the town sealed none with it.
    :raises LimitReached: this network asked too often today.
    """
    limits.take("verify_code", limits.client_network(), CODES_A_DAY)
    code = sealed.read_code(text)
    return sealed.find(code or "")


def check_size(field: str, data: bytes) -> None:
    """Refuse a file that is empty or too large to be examined.

    :raises InvalidInput: see there.
    """
    if not data:
        raise InvalidInput([Fault(field, "verified_file_missing")])
    if len(data) > MOST:
        raise InvalidInput(
            [Fault(field, "verified_file_too_large", {"most": MOST >> 20})]
        )


def by_file(data: bytes) -> Verified:
    """Return the verdict on a file; it is kept nowhere.

    :raises LimitReached: this network asked too often today.
    """
    limits.take("verify_file", limits.client_network(), FILES_A_DAY)
    try:
        seal = examine(data, known_roots(municipality().id))
    except FileUnreadable:
        return Verified(Verdict.UNREADABLE)
    document = sealed.find_digest(seal.digest) if seal else None
    return Verified(judge(seal, document.standing if document else None), document)
