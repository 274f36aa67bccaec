from dataclasses import dataclass
from persistent import Persistent
from plone.namedfile.file import NamedBlobFile
from plonegov.deliberations.domain.cleaning import address_of
from plonegov.deliberations.domain.cleaning import Kind
from plonegov.deliberations.domain.cleaning import MARKED
from plonegov.deliberations.domain.cleaning import Progress
from plonegov.deliberations.domain.cleaning import progress


class PublicFile(Persistent):
    """An annex that the public gets with a publication, once its copy is there.

    ``annex`` is the id of the annex and ``source`` the SHA-256 (hex) of its bytes when it
    was confirmed, so that nothing else comes to the public and nothing is cleaned twice.
    ``number`` stays with the annex: it is its address. ``title`` is what the public reads
    (empty: only its place), ``kind`` a ``domain.cleaning.Kind``.

    ``clean`` is the copy, None until it is made; ``marked`` is the copy of which each page
    says that it is a draft. ``trouble`` is why there is none (``domain.cleaning.Trouble``),
    ``page`` the page that it is about, from 1, or 0.
    """

    clean: NamedBlobFile | None = None
    marked: NamedBlobFile | None = None
    trouble = ""
    page = 0

    def __init__(
        self, annex: str, source: str, number: int, kind: Kind, title: str
    ) -> None:
        self.annex = annex
        self.source = source
        self.number = number
        self.kind = str(kind)
        self.title = title

    def progress(self, draft: bool) -> Progress:
        """Return how far it is.

        :param draft: the public reads it with a draft.
        """
        return progress(
            Kind(self.kind),
            draft=draft,
            clean=self.clean is not None,
            marked=self.marked is not None,
            trouble=self.trouble,
        )

    def copy(self, draft: bool) -> NamedBlobFile | None:
        """Return what the public gets, None as long as it gets nothing."""
        if self.progress(draft) is not Progress.READY:
            return None
        return self.marked if draft and self.kind in MARKED else self.clean


@dataclass(frozen=True)
class ReadyFile:
    """What the public gets of an annex now: ``place`` among those confirmed, from 1, and
    the ``name`` under which the ``file`` is saved."""

    row: PublicFile
    place: int
    file: NamedBlobFile
    name: str

    @property
    def address(self) -> str:
        """What its address ends with."""
        return address_of(self.row.number, Kind(self.row.kind))
