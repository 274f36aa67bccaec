"""What a clerk enters of a vote becomes a ballot, or says what is wrong."""

from plonegov.deliberations.domain.ballots import Counts
from plonegov.deliberations.domain.ballots import Electorate
from plonegov.deliberations.domain.ballots import SecretBallot
from plonegov.deliberations.domain.categories import categories
from plonegov.deliberations.domain.categories import category_ids
from plonegov.deliberations.domain.errors import MemberNotEntitled
from plonegov.deliberations.domain.model import Choice
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.voting import MOST
from plonegov.deliberations.domain.voting import read_vote

import dataclasses
import pytest
import re


THREE = frozenset("abc")
ELECTORATE = Electorate(present=THREE, members=THREE)


def read(**given):
    faults = []
    return read_vote(given, faults), [(each.field, each.code) for each in faults]


def test_all_in_favour_except():
    entered, faults = read(mode="named", exceptions={"a": "against", "b": "abstain"})
    assert faults == []
    ballot = entered.ballot(ELECTORATE)
    assert (ballot.mode, ballot.counts) == (Mode.NAMED, Counts(1, 1, 1))
    assert ballot.choice_of("c") is Choice.FOR


def test_nobody_named_means_all_in_favour():
    entered, _faults = read(mode="show_of_hands", secret_asked="2", waived=True)
    assert entered.ballot(ELECTORATE).counts == Counts(in_favour=3)
    assert (entered.requests.secret, entered.requests.waived) == (2, True)


def test_who_is_named_must_be_there():
    entered, _faults = read(mode="show_of_hands", exceptions={"z": "against"})
    with pytest.raises(MemberNotEntitled):
        entered.ballot(ELECTORATE)


def test_a_secret_ballot_has_no_field_for_a_voter():
    entered, faults = read(mode="secret", counts={"in_favour": 2, "blank": "1"})
    assert faults == []
    ballot = entered.ballot(ELECTORATE)
    assert ballot == SecretBallot(Counts(in_favour=2, blank=1))
    assert [field.name for field in dataclasses.fields(ballot)] == ["counts"]
    assert all(
        field.type in (int, "int") for field in dataclasses.fields(ballot.counts)
    )


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({}, "mode", "required"),
        ({"mode": "loud"}, "mode", "unknown_choice"),
        (
            {"mode": "secret", "exceptions": {"a": "against"}},
            "exceptions",
            "secret_names_nobody",
        ),
        (
            {"mode": "named", "exceptions": {"a": "blank"}},
            "exceptions",
            "unknown_choice",
        ),
        ({"mode": "named", "exceptions": ["a"]}, "exceptions", "object_expected"),
        (
            {"mode": "secret", "counts": {"in_favour": MOST + 1}},
            "counts.in_favour",
            "number_too_large",
        ),
        (
            {"mode": "secret", "counts": {"void": -1}},
            "counts.void",
            "number_too_large",
        ),
        (
            {"mode": "secret", "counts": {"void": "x"}},
            "counts.void",
            "whole_number_expected",
        ),
        ({"mode": "named", "voter": "a"}, "voter", "unknown_key"),
    ],
)
def test_what_is_wrong_is_told(given, field, code):
    assert read(**given) == (None, [(field, code)])


@pytest.mark.parametrize("name", categories())
def test_each_category_has_a_code_of_the_open_data(name):
    """SCDL deliberations 2.1.4, DELIB_MATIERE_CODE."""
    category = categories()[name]
    assert re.fullmatch(r"\d\.\d{1,2}", category.code)
    assert set(category.titles) == {"fr", "nl", "en", "es"}


def test_the_categories_have_the_usual_order_of_an_agenda():
    assert category_ids()[0] == "minutes"
    assert list(categories()) == list(category_ids())
