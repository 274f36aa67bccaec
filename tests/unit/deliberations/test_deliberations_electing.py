"""What a clerk enters of an election becomes rounds, or says what is wrong."""

from plonegov.deliberations.domain.electing import read_round
from plonegov.deliberations.domain.electing import round_of
from plonegov.deliberations.domain.electing import round_row
from plonegov.deliberations.domain.electing import Standing
from plonegov.deliberations.domain.electing import standing
from plonegov.deliberations.domain.elections import Standings
from plonegov.deliberations.domain.errors import CandidateNotListed
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.voting import MOST

import pytest


def stood(**votes):
    return [{"name": name, "votes": number} for name, number in votes.items()]


def read(**given):
    faults = []
    return read_round(given, faults), [(each.field, each.code) for each in faults]


def entered(**given):
    found, faults = read(**{"seats": 1, "papers": 11, **given})
    assert faults == []
    return found


def test_a_round_as_it_was_entered():
    found = entered(candidates=stood(P=5, Q="4"), blank="1", void=1, waived=True)
    assert (found.candidates, found.votes) == (("P", "Q"), (5, 4))
    assert (found.papers, found.blank, found.void, found.seats) == (11, 1, 1, 1)
    assert (found.mode, found.waived) == (Mode.SECRET, True)
    assert entered(mode="show_of_hands").mode is Mode.SHOW_OF_HANDS


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"candidates": "P"}, [("candidates", "list_expected")]),
        ({"candidates": ["P"]}, [("candidates.0", "object_expected")]),
        ({"candidates": [{"votes": 1}]}, [("candidates.0.name", "required")]),
        (
            {"candidates": [{"name": "P"}, {"name": " P "}]},
            [("candidates.1.name", "candidate_twice")],
        ),
        (
            {"candidates": [{"name": "P", "votes": -1, "voter": "a"}]},
            [
                ("candidates.0.voter", "unknown_key"),
                ("candidates.0.votes", "number_too_large"),
            ],
        ),
        ({"papers": MOST + 1}, [("papers", "number_too_large")]),
        ({"blank": "x"}, [("blank", "whole_number_expected")]),
        ({"mode": "post"}, [("mode", "unknown_choice")]),
        ({"voters": {}}, [("voters", "unknown_key")]),
    ],
)
def test_what_is_wrong_with_a_round_is_told(given, faults):
    found, wrong = read(**given)
    assert found is None
    assert [each for each in wrong if each[1] != "unknown_key"] == [
        each for each in faults if each[1] != "unknown_key"
    ]
    assert sorted(wrong) == sorted(faults)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"seats": 0, "candidates": stood(P=1)}, ["seats_missing"]),
        ({"candidates": []}, ["candidates_missing"]),
        ({"seats": 0}, ["seats_missing", "candidates_missing"]),
    ],
)
def test_an_election_needs_seats_and_candidates(given, codes):
    faults = []
    assert round_of(entered(**given), Standing(), faults) is None
    assert [fault.code for fault in faults] == codes


def row(number, verdict, elected="", run_off="", seats_left=1, candidates="PQR"):
    found = Standings(
        Verdict(verdict), tuple(elected), seats_left, tuple(run_off), 0, ()
    )
    stands = entered(seats=2, candidates=stood(**dict.fromkeys(candidates, 1)))
    held = round_of(stands, Standing(number=number), [])
    return round_row(held, found)


def test_an_election_begins_with_the_first_round():
    assert standing([]) == Standing()
    held = round_of(entered(candidates=stood(P=5, Q=4)), Standing(), [])
    assert (held.number, held.seats, dict(held.votes)) == (1, 1, {"P": 5, "Q": 4})


def test_a_run_off_is_among_some_and_from_the_eldest_on():
    """CDLD, article L1122-28: with equal votes the eldest is preferred."""
    now = standing([row(1, "next_round", elected="P", run_off="RQ")])
    assert (now.number, now.seats, now.elected) == (2, 1, ("P",))
    assert (now.run_off, now.open, now.over) == (("Q", "R"), True, False)
    held = round_of(entered(seats=9, candidates=stood(R=6)), now, [])
    assert (held.number, held.seats, held.candidates) == (2, 1, ("Q", "R"))
    assert round_row(held, Standings(Verdict.ELECTED, ("R",), 0, (), 0, ()))[
        "votes"
    ] == {"Q": 0, "R": 6}
    for stranger in ("P", "Z"):
        with pytest.raises(CandidateNotListed):
            round_of(entered(candidates=stood(**{stranger: 6})), now, [])


def test_a_round_that_is_open_to_all_takes_others_but_nobody_twice():
    """CGCT, article L2122-7: new candidates may stand in each round."""
    now = standing([row(1, "next_round", elected="P")])
    assert now.candidates == ("P", "Q", "R")
    assert round_of(entered(candidates=stood(Z=6)), now, []).candidates == ("Z",)
    with pytest.raises(CandidateNotListed):
        round_of(entered(candidates=stood(P=6)), now, [])


@pytest.mark.parametrize("verdict", ["elected", "rejected"])
def test_an_election_ends(verdict):
    rounds = [row(1, "next_round", "P", "QR"), row(2, verdict, "Q", seats_left=0)]
    now = standing(rounds)
    assert (now.open, now.over, now.elected) == (False, True, ("P", "Q"))
