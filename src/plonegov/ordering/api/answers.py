"""The citizen's answer to a question of the service: a text, files, or both."""

from collections.abc import Collection
from collections.abc import Iterable
from plone.namedfile.file import NamedBlobFile
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.records.events import log
from plonegov.ordering.api import handling
from plonegov.ordering.api import storage
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.attachments import content_type_of
from plonegov.ordering.domain.attachments import safe_filename
from plonegov.ordering.domain.attachments import size_fault
from plonegov.ordering.domain.text import clean_text


#: Files of one answer at most.
FILES_LIMIT = 5
#: What such a file answers: no question of the form, but the service's own.
QUESTION = "answer"

Upload = tuple[str, bytes]


def keep_files(order: Order, uploads: Iterable[Upload]) -> list[Fault]:
    """Keep the files that are right beside the order until the answer is sent.

    :param uploads: name and content of each.
    :returns: what is wrong with the others.
    """
    faults = []
    for filename, data in uploads:
        fault = _fault(order, data)
        if fault is None:
            kind = content_type_of(data)
            name = safe_filename(filename, kind)
            blob = NamedBlobFile(data=data, contentType=kind, filename=name)
            order.unsent_files = (*order.unsent_files, (QUESTION, blob))
            storage.weigh(order)
        else:
            faults.append(fault)
    return faults


def drop_files(order: Order, numbers: Collection[int]) -> None:
    """Remove files that wait beside the order, by their place."""
    order.unsent_files = tuple(
        file for place, file in enumerate(order.unsent_files) if place not in numbers
    )
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
    files = order.unsent_files
    handling.answer(order, text)
    order.attachments = (*order.attachments, *files)
    for _question, blob in files:
        log(order, "file_added", filename=blob.filename)
    storage.weigh(order)


def _fault(order: Order, data: bytes) -> Fault | None:
    if len(order.unsent_files) >= FILES_LIMIT:
        return Fault("files", "too_many_files", {"limit": FILES_LIMIT})
    if not data:
        return Fault("files", "file_empty")
    if not content_type_of(data):
        return Fault("files", "file_type_refused")
    return size_fault("files", len(data), storage.file_limits())
