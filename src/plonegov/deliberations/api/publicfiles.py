"""The annexes that the public gets with a publication: which, and how far they are.

Their copies are made by a job (``api.cleaning``); a page has each one once it is there.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from hashlib import file_digest
from plone.namedfile.file import NamedBlobFile
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import RecordNotFound
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.records.blobs import erase_files
from plonegov.core.typed.text import clean_line
from plonegov.deliberations.content.annex import Annex
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.publication import Publication
from plonegov.deliberations.content.publicfile import PublicFile
from plonegov.deliberations.content.publicfile import ReadyFile
from plonegov.deliberations.domain.cleaning import Kind
from plonegov.deliberations.domain.cleaning import kind_of
from plonegov.deliberations.domain.cleaning import PDF_BEGINS
from plonegov.deliberations.domain.cleaning import Progress
from plonegov.deliberations.domain.itemvalues import TITLE_LIMIT
from plonegov.deliberations.domain.refusals import AnnexNotPublishable
from plonegov.deliberations.domain.refusals import AnnexRefused
from plonegov.deliberations.storage import due


def publishable(item: Item) -> list[Annex]:
    """Return the annexes of an item of which the public may get a copy."""
    parts: Mapping[str, object] = item.parts
    return [
        part.__of__(item)
        for part in parts.values()
        if isinstance(part, Annex) and part.publishable and not part.confidential
    ]


def kept_titles(item: Item, before: Publication | None) -> dict[str, str]:
    """Return the annexes that were confirmed and still may be public, with their titles."""
    allowed = {annex.getId() for annex in publishable(item)}
    rows: Sequence[PublicFile] = before.annexes if before is not None else ()
    return {row.annex: row.title for row in rows if row.annex in allowed}


def choose(
    item: Item, before: Publication | None, titles: Mapping[str, str]
) -> list[PublicFile]:
    """Return what the public is to get of annexes, in the order in which they are named.

    A copy that was made of the same bytes stays; what was refused may be tried again.

    :param titles: public title by the id of the annex.
    :raises AnnexNotPublishable: an annex is not, or there is none of this id.
    :raises AnnexRefused: it is of a kind that can't be cleaned; its context names it.
    :raises InvalidInput: a title is too long, or holds what no line holds.
    """
    allowed = {annex.getId(): annex for annex in publishable(item)}
    rows: Sequence[PublicFile] = before.annexes if before is not None else ()
    known = {row.annex: row for row in rows}
    highest = before.numbered if before is not None else 0
    chosen = []
    for annex_id, title in titles.items():
        if annex_id not in allowed:
            raise AnnexNotPublishable(annex=annex_id)
        annex, same = allowed[annex_id], known.get(annex_id)
        if same is None:
            highest += 1
        number = highest if same is None else same.number
        row = PublicFile(annex_id, digest(annex), number, _kind(annex), _line(title))
        if same is not None and same.source == row.source:
            row.clean, row.marked = same.clean, same.marked
        chosen.append(row)
    return chosen


def put(publication: Publication, files: Sequence[PublicFile]) -> None:
    """Let the public have these files once their copies are there, and no others."""
    before = _blobs(publication.annexes)
    publication.annexes = tuple(files)
    numbers = (row.number for row in files)
    publication.numbered = max((publication.numbered, *numbers))
    if not publication.is_draft:
        for row in files:
            row.marked = None
    kept = _blobs(files)
    erase_files(blob for blob in before if blob not in kept)
    settle(publication)


def settle(publication: Publication) -> None:
    """Keep what follows from how far the files of a publication are: what they weigh,
    and whether a job is to make copies, or the secretary to see to a refused one."""
    container, key = publication.aq_parent, publication.getId()
    rows: Sequence[PublicFile] = publication.annexes
    weight = sum(blob.getSize() for blob in _blobs(rows))
    container.records.weights.put(key, weight)
    found = {row.progress(publication.is_draft) for row in rows}
    for what, state in (
        (due.COPIES, Progress.WAITING),
        (due.REFUSED_COPIES, Progress.REFUSED),
    ):
        if state in found:
            due.mark(container, what, key)
        else:
            due.clear(container, what, key)


def _blobs(rows: Sequence[PublicFile]) -> list[NamedBlobFile]:
    """Return the copies that there are of files of a publication."""
    blobs = (blob for row in rows for blob in (row.clean, row.marked))
    return [blob for blob in blobs if blob is not None]


def named(publication: Publication, address: str) -> ReadyFile:
    """Return a file that the public gets, by the end of its address.

    :raises RecordNotFound: there is none, or its copy is not there yet.
    """
    for ready in publication.files():
        if ready.address == address:
            return ready
    raise RecordNotFound()


def digest(annex: Annex) -> str:
    """Return the SHA-256 (hex) of an annex's bytes."""
    with annex.file.open() as opened:
        return file_digest(opened, "sha256").hexdigest()


def _kind(annex: Annex) -> Kind:
    """Return of which kind an annex is, from its first bytes alone."""
    with annex.file.open() as opened:
        begins = opened.read(PDF_BEGINS)
    try:
        return kind_of(begins)
    except AnnexRefused as error:
        error.context["annex"] = annex.title
        raise


def _line(title: str) -> str:
    try:
        return clean_line(title, TITLE_LIMIT)
    except InvalidValue as error:
        raise InvalidInput([Fault("annexes", error.code, error.context)]) from error
