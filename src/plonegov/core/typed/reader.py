"""Reads typed values out of nested JSON and gathers what is wrong with them."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from itertools import islice
from plonegov.core.errors import Fault
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.typed.text import clean_line
from typing import Any


#: Unknown keys of one mapping that are named; the rest would not help anybody.
UNKNOWN_SHOWN = 10


class Reader:
    """One mapping of the input; each method reads one key.

    A wrong value adds a fault with its dotted path and counts as absent, so that one
    pass finds everything. ``None`` and empty text count as absent too.
    """

    def __init__(
        self,
        data: Mapping[str, Any],
        keys: Collection[str],
        faults: list[Fault],
        path: str = "",
    ) -> None:
        self.data = data
        self.faults = faults
        self.path = path
        unknown = (key for key in data if key not in keys)
        for key in islice(unknown, UNKNOWN_SHOWN):
            self.fault(_safe(key), "unknown_key")

    def fault(self, key: str, code: str, **context: Any) -> None:
        """Note what is wrong with a key."""
        self.faults.append(Fault(self.at(key), code, context))

    def at(self, key: str) -> str:
        """Return the dotted path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Return whether anything was given for the key."""
        return self.data.get(key) not in (None, "", {}, [])

    def inner(self, key: str, keys: Collection[str]) -> "Reader":
        """Return the reader of a nested mapping (an empty one when absent)."""
        value = self.data.get(key)
        if value is not None and not isinstance(value, Mapping):
            self.fault(key, "object_expected")
            value = None
        return Reader(value or {}, keys, self.faults, self.at(key))

    def text(
        self,
        key: str,
        clean: Callable[[str], str] = clean_line,
        required: bool = False,
    ) -> str:
        """Return a cleaned text.

        :param clean: raises ``InvalidValue`` for what it refuses.
        """
        value = self.data.get(key)
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.fault(key, "text_expected")
            return ""
        if not value.strip():
            if required:
                self.fault(key, "required")
            return ""
        return self._checked(key, clean, value) or ""

    def choice(
        self, key: str, kind: type[StrEnum], required: bool = True
    ) -> StrEnum | None:
        """Return a member of an enumeration by its value."""
        value = self.text(key, required=required)
        if not value:
            return None
        if value not in list(kind):
            self.fault(key, "unknown_choice", allowed=", ".join(kind))
            return None
        return kind(value)

    def flag(self, key: str) -> bool:
        """Return a boolean; absent is False."""
        value = self.data.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault(key, "boolean_expected")
        return False

    def whole(self, key: str, default: int) -> int | None:
        """Return a whole number, given as such or as its digits."""
        value = self.data.get(key)
        if value is None or value == "":
            return default
        if isinstance(value, str) and value.strip().isascii():
            value = int(value) if value.strip().isdigit() and len(value) < 10 else None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.fault(key, "whole_number_expected")
        return None

    def day(self, key: str, first: date, last: date) -> date | None:
        """Return an ISO 8601 date between two days, both included."""
        value = self.text(key)
        if not value:
            return None
        day = self._checked(key, iso_date, value)
        if day is not None and day > last:
            self.fault(key, "date_too_late", latest=last.isoformat())
            return None
        if day is not None and day < first:
            self.fault(key, "date_too_early", earliest=first.isoformat())
            return None
        return day

    def _checked(self, key: str, check: Callable[[str], Any], value: str) -> Any:
        try:
            return check(value)
        except InvalidValue as error:
            self.fault(key, error.code, **error.context)
            return None


def iso_date(value: str) -> date:
    """Return the day of an ISO 8601 text in the form YYYY-MM-DD.

    :raises InvalidValue: no such day, or another form.
    """
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise InvalidValue("date_invalid") from error
    if day.isoformat() != value:
        raise InvalidValue("date_invalid")
    return day


def _safe(key: Any) -> str:
    """Return a key that was not expected, short enough to be shown."""
    return str(key).encode("ascii", "replace").decode()[:40]
