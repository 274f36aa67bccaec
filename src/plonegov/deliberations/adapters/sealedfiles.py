"""The sealed papers of sittings, for who appends proofs to their seals."""

from plone.namedfile.file import NamedBlobFile
from plonegov.core.records.blobs import rewrite
from plonegov.core.registers.interfaces import ISealedFiles
from plonegov.deliberations.api.store import DELIBERATIONS_ID
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from typing import Any
from zope.interface import implementer


@implementer(ISealedFiles)
class SealedPapers:
    """Extracts by the key of their item, minutes by that of their meeting."""

    def read(self, portal: Any, key: str, code: str) -> bytes | None:
        """Return a sealed paper (see ``ISealedFiles``)."""
        file = _file(portal, key, code)
        return file.data if file is not None else None

    def rewrite(self, portal: Any, key: str, code: str, pdf: bytes) -> bool:
        """Keep a paper with its proofs; item and meeting stay as they are."""
        file = _file(portal, key, code)
        if file is None:
            return False
        rewrite(file, pdf)
        return True


def _file(portal: Any, key: str, code: str) -> NamedBlobFile | None:
    container = portal.get(DELIBERATIONS_ID)
    record = container.records.get(key) if container is not None else None
    rows: tuple[dict[str, Any], ...] = ()
    if isinstance(record, Item):
        rows = record.extracts
    elif isinstance(record, Meeting):
        rows = (record.minutes.sealed,)
    return next((row["file"] for row in rows if row.get("code") == code), None)
