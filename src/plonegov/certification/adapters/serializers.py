"""What anybody may learn of a sealed document."""

from plonegov.core.api import town_zone
from plonegov.core.registers.sealed import SealedDocument
from typing import Any


def document_view(document: SealedDocument) -> dict[str, Any]:
    """Return a document of the register as JSON; it names nobody."""
    return {
        "status": str(document.standing),
        "code": document.code,
        "number": f"{document.year}/{document.number}",
        "kind": document.kind.kind,
        "title": dict(document.kind.title),
        "service": document.kind.service,
        "date": document.when.astimezone(town_zone()).date().isoformat(),
        "initials": document.initials,
        "replaced_by": document.replaced_by,
    }
