"""The open data of decisions: the columns and patterns of SCDL 2.1.4; what is looked for."""

from plonegov.core.municipality.example import FACTS
from plonegov.core.municipality.profile import build
from plonegov.deliberations.domain.opendata import scdl_values
from plonegov.deliberations.domain.publicsearch import read_search
from plonegov.deliberations.domain.publicsearch import Search
from plonegov.deliberations.domain.votebar import segments

import dataclasses
import pytest


TOWN = build(FACTS)
FRENCH = dataclasses.replace(
    TOWN,
    country="FR",
    official_code="86194",
    enterprise_number="218 601 946 00013",
)
ROW = {
    "key": "0123456789",
    "body": "council",
    "year": 2026,
    "registered": 12,
    "day": 739_000,
    "subject": "roads",
    "title": "Réfection",
    "controlled": 739_003,
    "members": 7,
    "voters": 6,
    "in_favour": 4,
    "against": 1,
    "abstained": 1,
    "imported": {},
}
URL = "https://ville.example/decisions"


def test_a_french_town_fills_the_columns_of_the_schema():
    values = scdl_values(ROW, FRENCH, URL)
    assert values["COLL_SIRET"] == "21860194600013"
    assert values["DELIB_ID"] == "council-2026-12"
    assert values["DELIB_MATIERE_CODE"] == "8.3"
    assert (values["PREF_ID"], values["PREF_DATE"]) == ("PREF086", "2024-04-27")
    assert values["DELIB_URL"] == f"{URL}/0123456789"
    counts = [values[name] for name in values if name.startswith("VOTE_")]
    assert counts == [7, 6, 4, 1, 1]


def test_what_was_imported_keeps_its_own_id_and_control():
    kept = {
        "DELIB_ID": "2019-DL-7",
        "PREF_ID": "PREF075",
        "PREF_DATE": "2019-02-01",
        "DELIB_URL": "https://elsewhere.example",
    }
    values = scdl_values(ROW | {"imported": kept}, FRENCH, URL)
    assert {name: values[name] for name in kept} == kept | {
        "DELIB_URL": f"{URL}/0123456789"
    }


def test_a_belgian_town_has_no_siret_and_no_prefecture():
    values = scdl_values(ROW, TOWN, URL)
    assert (values["COLL_SIRET"], values["PREF_ID"]) == ("", "")


def test_what_did_not_happen_is_left_out():
    row = {**ROW, "voters": 0, "controlled": 0, "registered": 0, "subject": ""}
    values = scdl_values(row, FRENCH, URL)
    assert not [name for name in values if name.startswith(("VOTE_", "PREF_"))]
    assert values["DELIB_ID"] == "council-0123456789"
    assert values["DELIB_MATIERE_CODE"] == "9.1"
    assert values["DELIB_MATIERE_NOM"]


KNOWN = (["council"], ["roads"])


def read(**form):
    faults = []
    return read_search(form, *KNOWN, faults), [
        (fault.field, fault.code) for fault in faults
    ]


def test_an_address_asks_for_words_facets_and_a_page():
    wanted, faults = read(
        text=" voirie ",
        body="council",
        year="2026",
        subject="roads",
        b_start="20",
        b_size="50",
    )
    assert wanted == Search("voirie", "council", 2026, "roads", 20, 50)
    assert faults == []
    assert wanted.narrowed
    assert wanted.without("year").facets == {"body": "council", "subject": "roads"}
    assert not read()[0].narrowed
    assert read(b_size="0")[0].size == 20


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"text": "x" * 201}, ("text", "too_long")),
        ({"text": ["a", "b"]}, ("text", "too_long")),
        ({"body": "senate"}, ("body", "unknown_choice")),
        ({"body": ["council"]}, ("body", "unknown_choice")),
        ({"subject": "x"}, ("subject", "unknown_choice")),
        ({"year": "MMXX"}, ("year", "whole_number_expected")),
        ({"year": "٢٠٢٦"}, ("year", "whole_number_expected")),
        ({"year": ["2026"]}, ("year", "whole_number_expected")),
        ({"year": "12345"}, ("year", "number_too_large")),
        ({"b_size": "201"}, ("b_size", "number_too_large")),
        ({"b_start": "-1"}, ("b_start", "whole_number_expected")),
        ({"b_start": "9" * 10}, ("b_start", "whole_number_expected")),
    ],
)
def test_what_is_wrong_in_an_address_is_named_and_counts_as_not_said(form, fault):
    wanted, faults = read(**form)
    assert faults == [fault]
    assert wanted == Search()


def test_a_vote_is_a_bar_of_its_parts():
    parts = segments({"in_favour": 17, "against": 3, "abstained": 0, "blank": 0})
    assert [part.kind for part in parts] == ["in_favour", "against", "abstained"]
    assert [part.x for part in parts] == [0, 85, 100]
    assert parts[0].middle == 42.5
    assert [part.fits for part in parts] == [True, True, False]
    assert segments({"in_favour": 1, "void": 1})[-1].kind == "void"
    assert segments({}) == []
