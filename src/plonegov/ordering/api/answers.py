"""The citizen's answer to a question of the service: a text, files, or both."""

from collections.abc import Collection
from collections.abc import Iterable
from plone.namedfile.file import NamedBlobFile
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.files.errors import PictureUnreadable
from plonegov.core.files.kinds import content_type_of
from plonegov.core.files.kinds import safe_filename
from plonegov.core.files.pictures import plain
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.municipality.model import MEGABYTE
from plonegov.core.records.blobs import erase_files
from plonegov.core.records.events import log
from plonegov.core.typed.text import clean_text
from plonegov.ordering.api import handling
from plonegov.ordering.api import storage
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.attachments import file_fault
from plonegov.ordering.domain.attachments import FileQuestion


#: What a file of an answer answers: no question of the form, but the service's own.
ASKED = FileQuestion("answer", most=5, largest=10 * MEGABYTE)

Upload = tuple[str, bytes]


def keep_files(order: Order, uploads: Iterable[Upload]) -> list[Fault]:
    """Keep the files that are right beside the order until the answer is sent.

    :param uploads: name and content of each.
    :returns: what is wrong with the others.
    """
    faults = [_keep(order, filename, data) for filename, data in uploads]
    return [fault for fault in faults if fault is not None]


def drop_files(order: Order, numbers: Collection[int]) -> None:
    """Remove files that wait beside the order, by their place."""
    rows = list(enumerate(order.unsent_files))
    order.unsent_files = tuple(row for place, row in rows if place not in numbers)
    erase_files(file for place, (_question, file) in rows if place in numbers)
    storage.weigh(order)


def reply(order: Order, text: str, faults: Iterable[Fault] = ()) -> None:
    """Send the answer: the text and the files that wait beside the order.

    :param faults: what was wrong with the files; nothing is sent then.
    :raises InvalidInput: there is neither text nor file, or the text is too long.
    :raises ActionNotAllowed: nothing was asked, or it was answered already.
    """
    found = list(faults)
    try:
        text = clean_text(text)
    except InvalidValue as error:
        found.append(Fault("text", error.code, error.context))
    if not text and not order.unsent_files and not found:
        found.append(Fault("text", "required"))
    if found:
        raise InvalidInput(found)
    files, order.unsent_files = order.unsent_files, ()
    handling.answer(order, text)
    order.attachments = (*order.attachments, *files)
    for _question, blob in files:
        log(order, "file_added", filename=blob.filename)
    storage.weigh(order)


def _keep(order: Order, filename: str, data: bytes) -> Fault | None:
    """Keep a file beside the order, or say what is wrong with it."""
    kept, limits = len(order.unsent_files), storage.file_limits()
    fault = file_fault("files", ASKED, data, kept, limits)
    if fault is not None:
        return fault
    try:
        kind, data = plain(content_type_of(data), data)
    except PictureUnreadable as error:
        return Fault("files", error.code)
    name = safe_filename(filename, kind)
    blob = NamedBlobFile(data=data, contentType=kind, filename=name)
    order.unsent_files = (*order.unsent_files, (ASKED.id, blob))
    storage.weigh(order)
    return None
