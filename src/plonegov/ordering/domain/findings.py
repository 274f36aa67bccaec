"""What the clerk confirms against the register, checked against the definitions."""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.ordering.domain.model import Finding
from plonegov.ordering.domain.model import FindingType
from typing import Any


#: Longest text of a finding and of a cell, in characters.
TEXT_LIMIT = 500

#: Most rows of a table.
ROW_LIMIT = 50


def read_findings(
    findings: Sequence[Finding], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the confirmed values by finding id, empty optional ones left out.

    A text stays text, a date becomes ISO 8601 text, a number ``int``, a table a list
    of dicts column id to text (rows without any text are left out).

    :raises InvalidInput: with ``findings.<id>`` as field.
    """
    faults: list[Fault] = []
    known: dict[str, Any] = {}
    for finding in findings:
        field = f"findings.{finding.id}"
        try:
            value = READERS[finding.type](finding, values.get(finding.id))
        except _Wrong as wrong:
            faults.append(Fault(field, wrong.code, wrong.context))
            continue
        if value not in ("", []):
            known[finding.id] = value
        elif finding.required:
            faults.append(Fault(field, "required"))
    if faults:
        raise InvalidInput(faults)
    return known


class _Wrong(ValueError):
    def __init__(self, code: str, **context: Any) -> None:
        super().__init__(code)
        self.code, self.context = code, context


def _text(finding: Finding, value: Any) -> str:
    text = "" if value is None else str(value).strip()
    if len(text) > TEXT_LIMIT:
        raise _Wrong("too_long", limit=TEXT_LIMIT)
    return text


def _date(finding: Finding, value: Any) -> str:
    text = _text(finding, value)
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise _Wrong("date_invalid") from error


def _number(finding: Finding, value: Any) -> int | str:
    text = _text(finding, value)
    if text and not text.isdecimal():
        raise _Wrong("number_invalid")
    return int(text) if text else ""


def _rows(finding: Finding, value: Any) -> list[dict[str, str]]:
    if value is None:
        return []
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise _Wrong("rows_invalid")
    if len(value) > ROW_LIMIT:
        raise _Wrong("too_many_rows", limit=ROW_LIMIT)
    if not all(isinstance(row, Mapping) for row in value):
        raise _Wrong("rows_invalid")
    rows = [
        {column: _text(finding, row.get(column)) for column in finding.columns}
        for row in value
    ]
    return [row for row in rows if any(row.values())]


READERS = {
    FindingType.TEXT: _text,
    FindingType.DATE: _date,
    FindingType.NUMBER: _number,
    FindingType.ROWS: _rows,
}
