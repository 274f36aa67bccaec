"""Why something is lawful, or not: sentences with their law, to be kept as they are.

A trace is made of ids and values. ``told`` turns it into texts once, when a result is
stored; what is stored needs neither the rules nor this program to be read, and no later
change of a rule reaches it.
"""

from babel.dates import format_date
from babel.numbers import format_decimal
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from plonegov.core.languages import LANGUAGES
from plonegov.core.law.laws import Law
from plonegov.core.law.laws import law_of
from plonegov.core.law.laws import law_told
from plonegov.core.law.laws import Texts
from plonegov.core.law.tomlfile import Table
from string import Formatter
from typing import Any


FOLDER = Path(__file__).parent.parent / "rules"

Value = int | str | date | Decimal | Fraction


@dataclass(frozen=True)
class Line:
    """One sentence of a trace: its id in ``rules/trace.toml``, the values of its
    placeholders, and the id of the law that it rests on (empty: none)."""

    id: str
    values: Mapping[str, Value] = field(default_factory=dict)
    law: str = ""


@dataclass(frozen=True)
class Finding:
    """Whether a condition holds: what was ``counted``, what was ``needed``, and why."""

    holds: bool
    counted: int
    needed: int
    trace: tuple[Line, ...]


def line(sentence: str, law: str = "", **values: Value) -> Line:
    """Return a line of a trace."""
    return Line(sentence, values, law)


def told(lines: Iterable[Line], folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Return a trace as JSON types, with its texts and its laws in every language.

    :raises LawFileError: a file of the folder is wrong.
    """
    texts, laws = sentences(folder), all_laws(folder)
    return [
        {
            "id": one.id,
            "values": {key: _plain(value) for key, value in one.values.items()},
            "text": {
                language: text.format(**_shown(one.values, language))
                for language, text in texts[one.id].items()
            },
            "law": law_told(one.law, laws[one.law]) if one.law else None,
        }
        for one in lines
    ]


@cache
def sentences(folder: Path = FOLDER) -> Mapping[str, Texts]:
    """Return the sentences of all traces, by id.

    :raises LawFileError: a sentence lacks a language, or has other placeholders in one
        language than in another.
    """
    table = Table.of_file(folder / "trace.toml")
    found = table.mapping("sentences", Table.texts)
    table.only(("sentences",))
    for name, texts in found.items():
        expected = placeholders(texts[LANGUAGES[0]])
        for language in LANGUAGES:
            if placeholders(texts[language]) != expected:
                allowed = f"the placeholders of {LANGUAGES[0]}"
                raise table.error(f"sentences.{name}.{language}", allowed)
    return found


@cache
def all_laws(folder: Path = FOLDER) -> Mapping[str, Law]:
    """Return the laws of all countries, by id; an id stands in one file only.

    :raises LawFileError: a law is wrong, or stands in two files.
    """
    found: dict[str, Law] = {}
    for file in sorted((folder / "laws").glob("*.toml")):
        table = Table.of_file(file)
        table.only(("laws",))
        for law_id, law in table.mapping("laws", law_of).items():
            if law_id in found:
                raise table.error(f"laws.{law_id}", "an id that no other file has")
            found[law_id] = law
    return found


def placeholders(text: str) -> frozenset[str]:
    """Return the names of a sentence's placeholders."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def _plain(value: Value) -> int | str:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


def _shown(values: Mapping[str, Value], language: str) -> dict[str, str]:
    return {key: _in_words(value, language) for key, value in values.items()}


def _in_words(value: Value, language: str) -> str:
    if isinstance(value, date):
        return format_date(value, "long", locale=language)
    if isinstance(value, Decimal):
        return format_decimal(value, locale=language)
    return str(value)
