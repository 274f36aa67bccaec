"""Which files the public may get a copy of, and under which names.

A copy shows what the file shows and nothing else: no properties, no notes of a camera,
no attachment, script, comment or tracked change. What can't be cleaned is refused. As long
as the public reads a draft, each page of a PDF says so.
"""

from dataclasses import dataclass
from enum import StrEnum
from plonegov.deliberations.domain.refusals import AnnexRefused


class Kind(StrEnum):
    """What a file is, by its first bytes: its name says nothing."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        """The type that its copy is sent with."""
        return MEDIA_TYPES[self]


MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
}

#: Of what each page can carry the mark of a draft.
MARKED = frozenset({Kind.PDF})

#: How far into a file a PDF may begin (ISO 32000-2, 7.5.2, note; PDF readers).
PDF_BEGINS = 1024


class Trouble(StrEnum):
    """Why no copy of a file is made; each has its message."""

    UNKNOWN = "annex_kind_unknown"
    OFFICE = "annex_office_file"
    ENCRYPTED = "annex_encrypted"
    UNREADABLE = "annex_unreadable"
    PAGE = "annex_page_unreadable"
    HIDDEN = "annex_hidden_layers"
    COVERED = "annex_covered"
    CHANGED = "annex_changed"
    TOO_LARGE = "annex_picture_too_large"
    TOO_SLOW = "annex_too_slow"


class Progress(StrEnum):
    """How far an annex is on its way to the public."""

    READY = "ready"
    WAITING = "waiting"
    REFUSED = "refused"


def progress(
    kind: Kind, *, draft: bool, clean: bool, marked: bool, trouble: str
) -> Progress:
    """Return how far an annex is: the public gets it when what it is to get is there.

    :param draft: the public reads it with a draft.
    :param clean: its clean copy is there; ``marked``: so is the one marked as a draft.
    :param trouble: why no copy is made, or "".
    """
    if trouble:
        return Progress.REFUSED
    there = marked if draft and kind in MARKED else clean
    return Progress.READY if there else Progress.WAITING


@dataclass(frozen=True)
class Copy:
    """A cleaned copy of a file."""

    kind: Kind
    data: bytes


def kind_of(data: bytes) -> Kind:
    """Return what a file is.

    :raises AnnexRefused: it is of no kind that can be cleaned: ``annex_office_file``
        for what an office program wrote, ``annex_kind_unknown`` for the rest.
    """
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if b"%PDF-" in data[:PDF_BEGINS]:
        return Kind.PDF
    # Office files: ZIP (OOXML, ODF), compound file (.doc, .xls), RTF.
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise refused(Trouble.OFFICE)
    raise refused(Trouble.UNKNOWN)


def refused(trouble: str, page: int = 0, **context: object) -> AnnexRefused:
    """Return the error of a file that can't be cleaned.

    :param page: the page that is the trouble, from 1; 0: none alone.
    """
    error = AnnexRefused(page=page, **context)
    error.code = str(Trouble(trouble))
    return error


def public_name(reference: str, place: int, kind: Kind, *, draft: bool) -> str:
    """Return the name of a public copy: ours, never the one that a service gave.

    :param reference: of the decision (``conseil-2026-12``), or of its draft.
    :param place: among the annexes, from 1.
    """
    return f"{reference}-annexe-{place}{'-projet' if draft else ''}.{kind}"


def address_of(number: int, kind: Kind) -> str:
    """Return what a copy's address ends with, before and after the decision.

    :param number: the annex's own among those of its item that the public ever got.
    """
    return f"{number}.{kind}"
