"""The files of a draft: each is kept as soon as it is right, and taken out alone."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import now
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import LimitReached
from plonegov.core.files.errors import PictureUnreadable
from plonegov.core.files.kinds import content_type_of
from plonegov.core.files.kinds import safe_filename
from plonegov.core.files.pictures import plain
from plonegov.core.ops.limits import client_network
from plonegov.core.ops.limits import take
from plonegov.core.records.blobs import erase_files
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.storage import file_limits
from plonegov.ordering.domain.attachments import file_fault
from plonegov.ordering.domain.attachments import FILE_QUESTIONS
from plonegov.ordering.storage.drafts import Draft

import secrets


#: Most files of drafts that come from one network on one day: each takes room, and a
#: picture takes computing.
FROM_NETWORK = 200
#: In place of a file's bytes, where only its question matters.
STAND_IN = b"%PDF-"


@dataclass(frozen=True)
class KeptFile:
    """A file of a draft: its id in the draft, and its name."""

    id: str
    name: str


def keep_file(draft: Draft, question: str, filename: str, data: bytes) -> None:
    """Keep a file in the draft, beside those that answer the question already.

    :raises InvalidInput: at ``question``: it is empty, too large or of a type that is
        not taken, can't be opened, or is one more than the question takes; or the
        town's storage is full; or too many came from the sender's network today.
    """
    asked, kept = FILE_QUESTIONS[question], len(files_of(draft, question))
    limits = file_limits(with_drafts=True)
    fault = file_fault(question, asked, data, kept, limits)
    if fault is not None:
        raise InvalidInput([fault])
    try:
        take("draft_file", client_network(), FROM_NETWORK)
        kind, data = plain(content_type_of(data), data)
    except (LimitReached, PictureUnreadable) as error:
        raise InvalidInput([Fault(question, error.code)]) from error
    name = safe_filename(filename, kind)
    file = NamedBlobFile(data=data, contentType=kind, filename=name)
    draft.files[secrets.token_hex(8)] = (question, file)
    _changed(draft)


def drop_files(draft: Draft, ids: Iterable[str]) -> None:
    """Remove files from the draft; an id that it does not have counts as removed."""
    gone = list(filter(None, [draft.files.pop(id, None) for id in ids]))
    if gone:
        erase_files(file for _question, file in gone)
        _changed(draft)


def files_of(draft: Draft | None, question: str) -> list[KeptFile]:
    """Return the files of a draft that answer a question, as they came."""
    files = {} if draft is None else draft.files
    return [
        KeptFile(id, file.filename)
        for id, (answered, file) in files.items()
        if answered == question
    ]


def stand_ins(draft: Draft | None) -> list[dict[str, str]]:
    """Return the draft's files in the shape of ``POST @orders`` without what they hold:
    it was checked when they came, and rules ask only what they answer."""
    files = {} if draft is None else draft.files
    return [
        attachment(question, file.filename, STAND_IN)
        for question, file in files.values()
    ]


def attachment(question: str, filename: str, data: bytes) -> dict[str, str]:
    """Return a file in the shape of ``POST @orders``."""
    encoded = b64encode(data).decode("ascii")
    return {"question": question, "filename": filename, "data": encoded}


def _changed(draft: Draft) -> None:
    """Count the draft's bytes; a page shown before can't send what is kept now."""
    draft.change(now())
    counter().drafts.weigh(draft)
