"""All that is held on an order, as a ZIP of JSON and files (GDPR art. 15 and 20)."""

from collections.abc import Collection
from datetime import date
from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import municipality
from plonegov.core.files.kinds import safe_filename
from plonegov.core.identity.current import town_keys
from plonegov.core.identity.keys import Sealed
from plonegov.core.identity.numbers import format_national_number
from plonegov.core.records.archive import write_zip
from plonegov.core.records.blobs import files_in
from plonegov.core.records.events import CITIZEN
from plonegov.core.records.events import entries
from plonegov.ordering.adapters.serializers import masked_numbers
from plonegov.ordering.api import versions
from plonegov.ordering.content.order import KEPT
from plonegov.ordering.content.order import Order
from plonegov.ordering.content.order import PERSONAL
from typing import Any
from typing import BinaryIO


#: What is no statement about the order or a person, or stands under another name:
#: numbers are decrypted, the log is ``history``, the form gives the answers' keys. Who of
#: the town handled it is no data of the applicant's (CJEU C-579/21, no. 83).
LEFT_OUT = frozenset(
    {
        "portal_type",
        "key_id",
        "link_number",
        "schema_digest",
        "sealed_numbers",
        "events",
        "event_parts",
        "assigned",
        "tries",
    }
)

#: Actions whose texts are the town's own; the data protection officer gives them.
INTERNAL = frozenset({"note"})

#: What is about the applicant or came from there; not for the person whom the order is
#: about when that is somebody else (GDPR art. 15.4).
APPLICANTS = frozenset(
    {
        "applicant",
        "answers",
        "attachments",
        "owner_id",
        "registered_address",
        "identity_document",
        "unsent_files",
    }
)

#: Number of a file: where it lies in the ZIP, by the identity of the stored one.
Paths = dict[int, str]


def held(
    order: Order,
    paths: Paths,
    *,
    without: Collection[str] = (),
    whole: bool = False,
) -> dict[str, Any]:
    """Return what is held on an order as plain values for JSON.

    :param paths: where the order's files lie.
    :param without: names of attributes to leave out, too.
    :param whole: with the whole national numbers and what the town wrote for itself.
    """
    names = [name for name in (*KEPT, *PERSONAL) if name not in {*LEFT_OUT, *without}]
    found = {name: _plain(getattr(order, name), paths) for name in names}
    if "answers" in found:
        found["answers"] = _labelled(order, found["answers"])
    numbers = whole_numbers(order) if whole else masked_numbers(order)
    numbers = {role: text for role, text in numbers.items() if role not in without}
    erased = order.erasure_day
    return {
        "reference": order.reference,
        "state": order.state,
        **found,
        "national_numbers": numbers,
        "erased_on": erased.isoformat() if erased else None,
        "history": _history(order, whole, "applicant" not in without),
    }


def _labelled(order: Order, answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers by the questions as they were asked."""
    language = municipality().legal_language
    asked = {one.id: one.titles for one in versions.of_order(order).questions}
    return {asked[name].get(language, name): answers[name] for name in answers}


def whole_numbers(order: Order) -> dict[str, str]:
    """Return the whole national numbers of applicant and subject."""
    keys, country = town_keys(), municipality().country
    return {
        role: format_national_number(keys.decrypt(Sealed(*sealed)), country)
        for role, sealed in order.sealed_numbers.items()
    }


def paths_of(order: Order, without: Collection[str] = ()) -> list[tuple[str, Any]]:
    """Return where each file of an order lies in the ZIP, and the file."""
    names = [name for name in PERSONAL if name not in {*LEFT_OUT, *without}]
    files = files_in([getattr(order, name) for name in names])
    return [
        (f"{order.reference}/{number:02}-{_filename(file)}", file)
        for number, file in enumerate(files, start=1)
    ]


def write_order(target: BinaryIO, order: Order) -> None:
    """Write all that is held on an order for its applicant, numbers masked."""
    files = paths_of(order)
    paths = {id(file): path for path, file in files}
    write_zip(target, held(order, paths), files)


def _history(order: Order, whole: bool, texts: bool) -> list[dict[str, Any]]:
    return [
        {
            "when": entry.when.isoformat(timespec="seconds"),
            "what": entry.action,
            "by": "citizen" if entry.who in (CITIZEN, order.owner_id) else "town",
            "details": _plain(entry.details, {}) if texts else {},
        }
        for entry in entries(order)
        if whole or entry.action not in INTERNAL
    ]


def _filename(file: NamedBlobFile) -> str:
    return safe_filename(file.filename or "", file.contentType)


def _plain(value: Any, paths: Paths) -> Any:
    """Return a value for JSON; a file becomes where it lies."""
    if isinstance(value, dict):
        return {str(key): _plain(item, paths) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, paths) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, NamedBlobFile):
        return {"file": paths.get(id(value), ""), "name": value.filename}
    return value
