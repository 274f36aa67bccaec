"""What a clerk confirms is checked against the document's findings."""

from plonegov.core.errors import InvalidInput
from plonegov.ordering.domain.findings import read_findings
from plonegov.ordering.domain.model import Finding
from plonegov.ordering.domain.model import FindingType
from typing import Any

import pytest


COLUMNS = {"name": {"fr": "Nom"}, "relation": {"fr": "Lien"}}
FINDINGS = (
    Finding("name", FindingType.TEXT, {"fr": "Nom"}),
    Finding("since", FindingType.DATE, {"fr": "Depuis"}, required=False),
    Finding("count", FindingType.NUMBER, {"fr": "Nombre"}, required=False),
    Finding(
        "members", FindingType.ROWS, {"fr": "Membres"}, required=False, columns=COLUMNS
    ),
)


def faults(values: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught:
        read_findings(FINDINGS, values)
    return {fault.field: fault.code for fault in caught.value.faults}


def test_each_finding_gets_its_type_and_empty_ones_are_left_out():
    found = read_findings(
        FINDINGS,
        {
            "name": " Élise <b>Exemple</b> ",
            "since": "2001-02-03",
            "count": "4",
            "members": [
                {"name": "Noé", "relation": "enfant", "secret": "x"},
                {"name": " ", "relation": None},
            ],
            "answer": "planted",
        },
    )
    assert found == {
        "name": "Élise <b>Exemple</b>",
        "since": "2001-02-03",
        "count": 4,
        "members": [{"name": "Noé", "relation": "enfant"}],
    }


def test_what_is_not_required_may_be_missing():
    assert read_findings(FINDINGS, {"name": "x", "count": "", "since": None}) == {
        "name": "x"
    }


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"name": "  "}, "name", "required"),
        ({"name": "x" * 501}, "name", "too_long"),
        ({"name": "x", "since": "3/2/2001"}, "since", "date_invalid"),
        ({"name": "x", "count": "quatre"}, "count", "number_invalid"),
        ({"name": "x", "members": "Noé"}, "members", "rows_invalid"),
        ({"name": "x", "members": 3}, "members", "rows_invalid"),
        ({"name": "x", "members": ["Noé"]}, "members", "rows_invalid"),
        ({"name": "x", "members": [{}] * 51}, "members", "too_many_rows"),
        ({"name": "x", "members": [{"name": "x" * 501}]}, "members", "too_long"),
    ],
)
def test_a_wrong_finding_is_named_at_its_field(values, field, code):
    assert faults(values) == {f"findings.{field}": code}


def test_all_wrong_findings_are_named_at_once():
    assert list(faults({"count": "x"})) == ["findings.name", "findings.count"]
