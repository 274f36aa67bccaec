"""Which files may be an item's annexes."""

from plonegov.core.errors import Fault
from plonegov.core.files import kinds
from plonegov.core.files.kinds import content_type_of
from plonegov.core.files.kinds import endings_of
from plonegov.core.files.kinds import type_by_name
from plonegov.core.municipality.model import MEGABYTE


#: Documents and pictures that everybody can open, and of which clean public copies can
#: be made; a telephone's picture is stored as JPEG.
TYPES = (
    *(kinds.PDF, kinds.DOCX, kinds.ODT, kinds.XLSX, kinds.ODS),
    *(kinds.PNG, kinds.JPEG, kinds.HEIC),
)


def check_annex(filename: str, data: bytes, largest: int) -> Fault | None:
    """Return what is wrong with a file that is to be an annex, if anything.

    :param largest: its largest size in bytes.
    """
    if not data:
        return Fault("annex", "file_empty")
    if len(data) > largest:
        return Fault("annex", "file_too_large", {"limit": largest // MEGABYTE})
    found, promised = content_type_of(data), type_by_name(filename)
    allowed = {"allowed": endings_of(TYPES)}
    if promised and found != promised:
        return Fault("annex", "annex_differs", allowed)
    if found not in TYPES:
        return Fault("annex", "annex_type_refused", allowed)
    return None
