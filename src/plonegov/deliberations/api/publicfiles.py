"""The copies of annexes that the public gets: cleaned, under names of our own."""

from collections.abc import Mapping
from collections.abc import Sequence
from hashlib import sha256
from persistent import Persistent
from plone.namedfile.file import NamedBlobFile
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import RecordNotFound
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.records.blobs import erase_files
from plonegov.core.typed.text import clean_line
from plonegov.deliberations.adapters.cleaning import cleaned
from plonegov.deliberations.content.annex import Annex
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.publication import Publication
from plonegov.deliberations.domain.cleaning import Kind
from plonegov.deliberations.domain.cleaning import public_name
from plonegov.deliberations.domain.itemvalues import TITLE_LIMIT
from plonegov.deliberations.domain.refusals import AnnexNotPublishable
from plonegov.deliberations.domain.refusals import AnnexRefused


class PublicFile(Persistent):
    """A public copy of an annex.

    ``title`` is what the public reads of it (empty: only its number), ``kind`` a
    ``domain.cleaning.Kind``, ``annex`` the id of the annex and ``source`` the SHA-256 (hex)
    of its bytes, so that what was cleaned once is not cleaned again.
    """

    def __init__(
        self, title: str, kind: str, file: NamedBlobFile, annex: str, source: str
    ) -> None:
        self.title = title
        self.kind = kind
        self.file = file
        self.annex = annex
        self.source = source


def publishable(item: Item) -> list[Annex]:
    """Return the annexes of an item of which the public may get a copy."""
    parts: Mapping[str, object] = item.parts
    return [
        part.__of__(item)
        for part in parts.values()
        if isinstance(part, Annex) and part.publishable and not part.confidential
    ]


def kept_titles(item: Item, before: Publication | None) -> dict[str, str]:
    """Return the annexes that are public already and still may be, with their titles."""
    allowed = {annex.getId() for annex in publishable(item)}
    rows: Sequence[PublicFile] = before.annexes if before is not None else ()
    return {row.annex: row.title for row in rows if row.annex in allowed}


def copies(
    item: Item, before: Publication | None, titles: Mapping[str, str]
) -> list[PublicFile]:
    """Return cleaned copies of annexes, in the order in which they are named.

    :param titles: public title by the id of the annex.
    :raises AnnexNotPublishable: an annex is not, or there is none of this id.
    :raises AnnexRefused: no clean copy can be made; its context names the annex.
    :raises InvalidInput: a title is too long, or holds what no line holds.
    """
    allowed = {annex.getId(): annex for annex in publishable(item)}
    rows: Sequence[PublicFile] = before.annexes if before is not None else ()
    known = {(row.annex, row.source): row for row in rows}
    made = []
    for annex_id, title in titles.items():
        if annex_id not in allowed:
            raise AnnexNotPublishable(annex=annex_id)
        data = allowed[annex_id].file.data
        source = sha256(data).hexdigest()
        same = known.get((annex_id, source))
        kind, blob = (
            (same.kind, same.file)
            if same is not None
            else _cleaned(allowed[annex_id], data)
        )
        made.append(PublicFile(_line(title), kind, blob, annex_id, source))
    return made


def put(
    publication: Publication, files: Sequence[PublicFile], *, renamed: bool = True
) -> None:
    """Let the public have these files, and no others.

    :param renamed: named by their order; else each keeps its name, so that no address
        leads to another file.
    """
    for place, row in enumerate(files if renamed else (), 1):
        name = public_name(publication.reference, place, Kind(row.kind))
        if row.file.filename != name:
            row.file.filename = name
    kept = [row.file for row in files]
    erase_files(row.file for row in publication.annexes if row.file not in kept)
    publication.annexes = tuple(files)
    weight = sum(row.file.getSize() for row in files)
    publication.aq_parent.records.weights.put(publication.getId(), weight)


def named(publication: Publication, name: str) -> NamedBlobFile:
    """Return a public file by its name.

    :raises RecordNotFound: there is none.
    """
    rows: Sequence[PublicFile] = publication.annexes
    for row in rows:
        if row.file.filename == name:
            return row.file
    raise RecordNotFound()


def _cleaned(annex: Annex, data: bytes) -> tuple[str, NamedBlobFile]:
    try:
        copy = cleaned(data)
    except AnnexRefused as error:
        error.context["annex"] = annex.title
        raise
    blob = NamedBlobFile(copy.data, contentType=copy.kind.media_type, filename="copy")
    return str(copy.kind), blob


def _line(title: str) -> str:
    try:
        return clean_line(title, TITLE_LIMIT)
    except InvalidValue as error:
        raise InvalidInput([Fault("annexes", error.code, error.context)]) from error
