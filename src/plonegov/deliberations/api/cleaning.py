"""Makes the public copies of annexes: cleaned and marked before the write lock is taken,
kept under it once it is sure that the confirmed bytes may still be public."""

from collections.abc import Sequence
from dataclasses import dataclass
from plone.namedfile.file import NamedBlobFile
from plonegov.core.records.events import log
from plonegov.core.records.events import SYSTEM
from plonegov.deliberations.adapters import cleaning
from plonegov.deliberations.adapters.papers import draft_mark
from plonegov.deliberations.api import publicfiles
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import store
from plonegov.deliberations.content.annex import Annex
from plonegov.deliberations.content.publication import Publication
from plonegov.deliberations.content.publicfile import PublicFile
from plonegov.deliberations.domain.cleaning import Copy
from plonegov.deliberations.domain.cleaning import Kind
from plonegov.deliberations.domain.cleaning import MARKED
from plonegov.deliberations.domain.cleaning import Progress
from plonegov.deliberations.domain.cleaning import refused
from plonegov.deliberations.domain.cleaning import Trouble
from plonegov.deliberations.domain.refusals import AnnexRefused
from plonegov.deliberations.storage import due


@dataclass(frozen=True)
class Made:
    """What became of a file: its copies, or why there is none.

    ``source`` is the SHA-256 (hex) of the bytes that were confirmed, ``marked`` the copy
    that says on each page that it is a draft (None: none was wanted).
    """

    source: str
    clean: Copy | None = None
    marked: Copy | None = None
    refusal: AnnexRefused | None = None


def wanted() -> list[tuple[str, str]]:
    """Return the keys of the items and the ids of the annexes of which copies are to be
    made."""
    records = publishing.decisions().records
    return [
        (key, annex_id)
        for key in due.waiting(publishing.decisions(), due.COPIES)
        for annex_id in _waiting(records.get(key))
    ]


def refused_items() -> list[str]:
    """Return the keys of the items with a confirmed annex that the public does not get."""
    return due.waiting(publishing.decisions(), due.REFUSED_COPIES)


def make(key: str, annex_id: str) -> Made | None:
    """Make what the public is to get of an annex; nothing is written.

    None: nothing is to be made of it any more.
    """
    found = _standing(key, annex_id)
    if found is None:
        return None
    publication, row, annex = found
    if publicfiles.digest(annex) != row.source:
        return Made(row.source, refusal=refused(Trouble.CHANGED))
    try:
        clean = (
            Copy(Kind(row.kind), row.clean.data)
            if row.clean is not None
            else cleaning.cleaned(annex.file.data)
        )
        mark = publication.is_draft and clean.kind in MARKED
        marked = cleaning.marked(clean, draft_mark()) if mark else None
    except AnnexRefused as error:
        return Made(row.source, refusal=error)
    return Made(row.source, clean, marked)


def keep(key: str, annex_id: str, made: Made) -> bool:
    """Keep what was made of an annex, unless it is wanted no more; say whether the
    public gets it now.

    Withdrawn, chosen no more, confidential, or confirmed with other bytes: nothing is
    kept. Changed since it was confirmed: it is refused, whatever was made.
    """
    found = _standing(key, annex_id)
    if found is None:
        return False
    publication, row, annex = found
    if row.source != made.source:
        return False
    refusal = made.refusal
    if publicfiles.digest(annex) != row.source:
        refusal = refused(Trouble.CHANGED)
    if refusal is not None:
        row.trouble, row.page = refusal.code, int(refusal.context["page"])
        row.clean = row.marked = None
    else:
        if row.clean is None:
            row.clean = _stored(made.clean)
        if made.marked is not None and publication.is_draft:
            row.marked = _stored(made.marked)
    publicfiles.settle(publication)
    publication.reindexObject()
    action = "annex_refused" if refusal is not None else "annex_copied"
    log(publication, action, who=SYSTEM, annex=annex_id)
    return row.copy(publication.is_draft) is not None


def _standing(key: str, annex_id: str) -> tuple[Publication, PublicFile, Annex] | None:
    """Return an annex that waits for its copy; None if it does not, or may not any more."""
    item = store.item(key)
    publication = publishing.publication_of(item)
    row = _waiting(publication).get(annex_id)
    allowed = {annex.getId(): annex for annex in publicfiles.publishable(item)}
    if publication is None or row is None or annex_id not in allowed:
        return None
    return publication, row, allowed[annex_id]


def _waiting(publication: Publication | None) -> dict[str, PublicFile]:
    """Return the files that wait for their copies, by the ids of their annexes."""
    if publication is None:
        return {}
    rows: Sequence[PublicFile] = publication.annexes
    draft = publication.is_draft
    return {row.annex: row for row in rows if row.progress(draft) is Progress.WAITING}


def _stored(copy: Copy) -> NamedBlobFile:
    return NamedBlobFile(copy.data, contentType=copy.kind.media_type, filename="copy")
