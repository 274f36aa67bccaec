"""What the secretary writes of a meeting, read strictly; faults are gathered."""

from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plonegov.core.errors import Fault
from plonegov.core.typed.reader import Reader
from plonegov.core.typed.text import clean_line
from plonegov.core.typed.text import clean_text
from typing import Any


#: What may be written of a meeting.
KEYS = (
    "starts",
    "cut_off",
    "place",
    "call",
    "call_of",
    "urgency",
    "remote_reason",
    "remote_tool",
    "fixed_day",
    "extraordinary",
    "president",
    "keeper",
)

#: Convocations to the same matters: CDLD, article L1122-17 knows three.
CALLS = 3


def read_meeting(given: Mapping[str, Any], faults: list[Fault]) -> dict[str, Any]:
    """Return the values of a meeting, those only that were given.

    :param given: ``starts`` and ``cut_off`` are aware ``datetime``; a remote sitting has
        its reason and its tool.
    :param faults: gets what is wrong.
    """
    reader = Reader(given, KEYS, faults)
    found: dict[str, Any] = {}
    for key in ("starts", "cut_off"):
        if key in given:
            found[key] = _moment(reader, key, required=key == "starts")
    for key in ("place", "call_of", "remote_tool", "president", "keeper"):
        if key in given:
            found[key] = reader.text(key, clean_line)
    for key in ("urgency", "remote_reason"):
        if key in given:
            found[key] = reader.text(key, clean_text)
    for key in ("fixed_day", "extraordinary"):
        if key in given:
            found[key] = reader.flag(key)
    if "call" in given:
        found["call"] = _call(reader)
    _check_together(reader, found)
    return found


def _moment(reader: Reader, key: str, required: bool) -> datetime | None:
    value = reader.data.get(key)
    if value is None:
        if required:
            reader.fault(key, "required")
        return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        reader.fault(key, "moment_expected")
        return None
    # The database keeps no named zone; the offset of that day says the same.
    return value.replace(tzinfo=timezone(value.utcoffset() or timedelta()))


def _call(reader: Reader) -> int:
    value = reader.whole("call", 1) or 1
    if not 1 <= value <= CALLS:
        reader.fault("call", "number_too_large", most=CALLS)
        return 1
    return value


def _check_together(reader: Reader, found: Mapping[str, Any]) -> None:
    starts, cut_off = found.get("starts"), found.get("cut_off")
    if starts and cut_off and cut_off > starts:
        reader.fault("cut_off", "cut_off_after_meeting")
    if found.get("remote_tool") and not found.get("remote_reason"):
        reader.fault("remote_reason", "required")
