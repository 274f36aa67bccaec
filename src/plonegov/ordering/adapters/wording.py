"""Confirmed findings as a document words them."""

from babel.numbers import format_decimal
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from plonegov.core.errors import PlonegovError
from plonegov.core.pdf.wording import date_in_words
from plonegov.core.pdf.wording import LOCALES
from plonegov.core.pdf.wording import text_in
from plonegov.ordering.domain.model import Finding
from plonegov.ordering.domain.model import FindingType
from typing import Any

import re


ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class FindingMissing(PlonegovError):
    """A certificate can't be drawn up before all its findings are confirmed."""

    code = "finding_missing"
    status = 409


class FindingUnknown(PlonegovError):
    """A certificate states only the findings that its document defines."""

    code = "finding_unknown"
    status = 500


@dataclass(frozen=True)
class Row:
    """One certified statement: what it is and its value."""

    title: str
    value: str


@dataclass(frozen=True)
class Table:
    """A certified table, for example the members of a household."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def certified(
    findings: Iterable[Finding], values: Mapping[str, Any], language: str
) -> tuple[list[Row], list[Table]]:
    """Return the statements and tables of a certificate, in the document's order.

    :raises FindingMissing: a required finding has no value.
    :raises FindingUnknown: a value belongs to none of the findings.
    """
    findings = tuple(findings)
    for name in values:
        if name not in {finding.id for finding in findings}:
            raise FindingUnknown(finding=name)
    rows, tables = [], []
    for finding in findings:
        value = values.get(finding.id)
        if value in (None, "", [], ()):
            if finding.required:
                raise FindingMissing(finding=finding.id)
        elif finding.type is FindingType.ROWS:
            tables.append(_table(finding, value, language))
        else:
            text = _in_words(finding.type, value, language)
            rows.append(Row(text_in(finding.title, language), text))
    return rows, tables


def _table(finding: Finding, value: Iterable[Mapping], language: str) -> Table:
    titles = tuple(text_in(title, language) for title in finding.columns.values())
    lines = tuple(
        tuple(_cell(line.get(column), language) for column in finding.columns)
        for line in value
    )
    return Table(text_in(finding.title, language), titles, lines)


def _cell(value: Any, language: str) -> str:
    """Word a table's cell, whose column has no type: dates are known by their form."""
    if isinstance(value, date) or ISO_DATE.fullmatch(str(value)):
        return _in_words(FindingType.DATE, value, language)
    return "" if value is None else str(value)


def _in_words(kind: FindingType, value: Any, language: str) -> str:
    if kind is FindingType.DATE:
        day = value if isinstance(value, date) else date.fromisoformat(value)
        return date_in_words(day, language)
    if kind is FindingType.NUMBER:
        return format_decimal(value, locale=LOCALES.get(language, language))
    return str(value)
