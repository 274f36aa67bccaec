"""Makes the pictures of a request plain: JPEG or PNG, without notes of the camera."""

from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.files.errors import PictureUnreadable
from plonegov.core.files.kinds import safe_filename
from plonegov.core.files.pictures import plain
from plonegov.ordering.domain.model import Attachment


def plain_files(files: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """Return the files of a request as they are stored.

    :raises InvalidInput: ``picture_unreadable`` for each that can't be opened.
    """
    made, faults = [], []
    for index, file in enumerate(files):
        try:
            kind, data = plain(file.content_type, file.data)
        except PictureUnreadable as error:
            faults.append(Fault(f"attachments.{index}.data", error.code))
            continue
        name = safe_filename(file.filename, kind)
        made.append(Attachment(file.question, name, kind, data))
    if faults:
        raise InvalidInput(faults)
    return tuple(made)
