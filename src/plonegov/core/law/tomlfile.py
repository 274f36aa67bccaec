"""Reads the pooled knowledge (TOML) strictly: a wrong file says where and what."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from plonegov.core.languages import LANGUAGES
from typing import Any

import re
import tomllib


DECIMAL = re.compile(r"\d{1,6}\.\d{2}", re.ASCII)


class LawFileError(ValueError):
    """A file of the pooled knowledge is wrong: file, key, and what is allowed."""

    def __init__(self, file: Path, key: str, allowed: str) -> None:
        super().__init__(f"{file.name}: {key}: {allowed}")
        self.file = file
        self.key = key
        self.allowed = allowed


@dataclass(frozen=True)
class Source:
    """Where a rule was read; ``verified`` False: to be compared with the law."""

    title: str
    url: str
    verified: bool


class Table:
    """One table of a file; each method reads one key strictly."""

    def __init__(self, file: Path, data: Mapping[str, Any], path: str = "") -> None:
        self.file = file
        self.data = data
        self.path = path

    @classmethod
    def of_file(cls, file: Path) -> "Table":
        """Return the table of a whole file.

        :raises LawFileError: it is no TOML.
        """
        try:
            return cls(file, tomllib.loads(file.read_text(encoding="utf-8")))
        except tomllib.TOMLDecodeError as error:
            raise LawFileError(file, "syntax", str(error)) from error

    def error(self, key: str, allowed: str) -> LawFileError:
        """Return the error of a key of this table."""
        return LawFileError(self.file, f"{self.path}{key}", allowed)

    def only(self, keys: Collection[str]) -> None:
        """Refuse keys that nobody reads.

        :raises LawFileError: there is one.
        """
        for key in self.data:
            if key not in keys:
                raise self.error(key, f"one of {', '.join(sorted(keys))}")

    def value(self, key: str, kind: type, allowed: str, default: Any = None) -> Any:
        """Return a value of a type (a boolean is no whole number).

        :raises LawFileError: it is missing, without default, or of another type.
        """
        value = self.data.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(key, allowed)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text."""
        return self.value(key, str, "a text", default)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Return true or false."""
        return self.value(key, bool, "true or false", default)

    def count(self, key: str) -> int:
        """Return a whole number from 0 on."""
        value = self.value(key, int, "a whole number from 0 on")
        if value < 0:
            raise self.error(key, "a whole number from 0 on")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts (none when it is missing)."""
        words = self.value(key, list, "a list of texts", [])
        if not all(isinstance(word, str) for word in words):
            raise self.error(key, "a list of texts")
        return tuple(words)

    def day(self, key: str) -> date:
        """Return a day."""
        return self.value(key, date, "a day such as 2025-01-01")

    def day_or_none(self, key: str) -> date | None:
        """Return a day, None when it is missing."""
        return self.day(key) if key in self.data else None

    def amount(self, key: str) -> Decimal:
        """Return an amount of money, written ``"5.00"``."""
        value = self.value(key, str, 'an amount such as "5.00"')
        if not DECIMAL.fullmatch(value):
            raise self.error(key, 'an amount such as "5.00"')
        return Decimal(value)

    def choice(self, key: str, kind: type[StrEnum]) -> StrEnum:
        """Return a member of an enumeration."""
        return self._member(key, self.data.get(key), kind)

    def choices(self, key: str, kind: type[StrEnum]) -> tuple[StrEnum, ...]:
        """Return members of an enumeration, in their order."""
        values = self.value(key, list, "a list")
        return tuple(self._member(key, value, kind) for value in values)

    def texts(self, key: str) -> dict[str, str]:
        """Return a text in every language, none empty."""
        inner = self.table(key)
        inner.only(LANGUAGES)
        found = {language: inner.text(language) for language in LANGUAGES}
        for language, text in found.items():
            if not text.strip():
                raise inner.error(language, "a text")
        return found

    def table(self, key: str) -> "Table":
        """Return an inner table."""
        data = self.value(key, dict, "a table")
        return Table(self.file, data, f"{self.path}{key}.")

    def tables(self, key: str) -> list["Table"]:
        """Return the tables of a list (none when it is missing)."""
        items = self.value(key, list, "a list of tables", [])
        return [
            Table(self.file, item, f"{self.path}{key}[{index}].")
            for index, item in enumerate(items)
        ]

    def mapping(self, key: str, read: Callable[["Table", str], Any]) -> dict[str, Any]:
        """Return an inner table with each value read by ``read``."""
        inner = self.table(key)
        return {name: read(inner, name) for name in inner.data}

    def sources(self) -> tuple[Source, ...]:
        """Return the sources; there must be one."""
        found = []
        for item in self.tables("sources"):
            item.only(("title", "url", "verified"))
            found.append(
                Source(item.text("title"), item.text("url"), item.flag("verified"))
            )
        if not found:
            raise self.error("sources", "at least one source")
        return tuple(found)

    def _member(self, key: str, value: Any, kind: type[StrEnum]) -> StrEnum:
        if value not in list(kind):
            raise self.error(key, f"one of {', '.join(kind)}")
        return kind(value)
