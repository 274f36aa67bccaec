"""Reads the rule sets (``deliberations/rules/*.toml``) strictly.

Each table of a file, such as ``[[quorum]]``, is one row of ``domain.ruleset``: its keys
are the row's fields, read by their types; a field without default must be there. Rows
that several sets have in common stand in a file of ``shared/``, and come last.
"""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import fields
from dataclasses import MISSING
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from plonegov.core.law.laws import Law
from plonegov.core.law.tomlfile import Table
from plonegov.deliberations.domain.errors import RuleSetUnknown
from plonegov.deliberations.domain.model import BodyKind
from plonegov.deliberations.domain.ruleset import Rule
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.ruleset import RuleSet
from plonegov.deliberations.domain.ruleset import SUBJECTS
from plonegov.deliberations.domain.trace import all_laws
from plonegov.deliberations.domain.trace import FOLDER
from types import NoneType
from typing import Any
from typing import get_args
from typing import get_origin
from typing import get_type_hints

import re


SHARE = re.compile(r"[1-9]/[2-9]", re.ASCII)

#: Subjects without which nothing can be decided.
NEEDED = ("quorum", "proxy", "majority", "tie", "remote")


def rule_set(set_id: str, folder: Path = FOLDER) -> RuleSet:
    """Return a rule set.

    :param set_id: the name of its file, such as ``be-wal-council``.
    :raises RuleSetUnknown: there is no such file.
    :raises LawFileError: file, key and what is allowed there.
    """
    if set_id not in _set_ids(folder):
        raise RuleSetUnknown(rules=set_id)
    return _read(folder / f"{set_id}.toml")


def rule_sets(country: str, folder: Path = FOLDER) -> tuple[RuleSet, ...]:
    """Return the rule sets of a country, sorted by id.

    :param country: ISO 3166-1 alpha-2; one without rules has none.
    :raises LawFileError: as ``rule_set``.
    """
    found = (rule_set(set_id, folder) for set_id in _set_ids(folder))
    return tuple(one for one in found if one.country == country)


def _set_ids(folder: Path) -> list[str]:
    """A set's name begins with its country; the file of the sentences has no dash."""
    return sorted(file.stem for file in folder.glob("*-*.toml"))


@cache
def _read(file: Path) -> RuleSet:
    table = Table.of_file(file)
    table.only(("country", "body", "titles", "shared", *SUBJECTS))
    laws = all_laws(file.parent)
    shared = Table.of_file(_shared(table))
    shared.only(SUBJECTS)
    rows = {
        subject: (*_rows(table, subject, laws), *_rows(shared, subject, laws))
        for subject in SUBJECTS
    }
    for subject in NEEDED:
        if not any(not getattr(row, "matters", ()) for row in rows[subject]):
            raise table.error(subject, "at least one row that holds for any matter")
    return RuleSet(
        id=file.stem,
        country=table.text("country"),
        body=BodyKind(table.choice("body", BodyKind)),
        titles=table.texts("titles"),
        laws={row.law: laws[row.law] for found in rows.values() for row in found},
        rules=Rules(set_id=file.stem, **rows),
    )


def _shared(table: Table) -> Path:
    """Return the file that the set shares with others."""
    file = table.file.parent / "shared" / f"{table.text('shared')}.toml"
    if not file.is_file():
        raise table.error("shared", f"the name of a file in {file.parent.name}")
    return file


def _rows(table: Table, subject: str, laws: Mapping[str, Law]) -> tuple[Rule, ...]:
    kind = get_args(get_type_hints(Rules)[subject])[0]
    return tuple(_row(each, kind, laws) for each in table.tables(subject))


def _row(table: Table, kind: type[Rule], laws: Mapping[str, Law]) -> Rule:
    hints = get_type_hints(kind)
    table.only(hints)
    row = kind(
        **{
            one.name: _value(table, one.name, hints[one.name])
            for one in fields(kind)
            if one.name in table.data or one.default is MISSING
        }
    )
    if row.law not in laws:
        raise table.error("law", f"of {', '.join(laws)}")
    if row.valid_until and row.valid_until < row.valid_from:
        raise table.error("valid_until", "a day from valid_from on")
    return row


def _share(table: Table, key: str) -> Fraction:
    text = table.text(key)
    if not SHARE.fullmatch(text) or Fraction(text) > 1:
        raise table.error(key, 'a share such as "2/3"')
    return Fraction(text)


#: How a value is read, by its type; any other type is an enumeration.
READERS: Mapping[type, Callable[[Table, str], Any]] = {
    str: Table.text,
    bool: Table.flag,
    int: Table.count,
    date: Table.day,
    Decimal: Table.amount,
    Fraction: _share,
}


def _value(table: Table, key: str, hint: Any) -> Any:
    """Return a value of type ``X``, ``X | None`` or ``tuple[X, ...]``."""
    kind = next(one for one in (*get_args(hint), hint) if one is not NoneType)
    if get_origin(hint) is tuple:
        return table.choices(key, kind)
    return READERS[kind](table, key) if kind in READERS else table.choice(key, kind)
