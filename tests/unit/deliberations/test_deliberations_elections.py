"""Who is elected: rounds of CDLD L1122-28 and CGCT L2121-21 and L2122-7."""

from dataclasses import replace
from helpers.sittings import at
from helpers.sittings import case_of
from helpers.sittings import COLLEGE
from helpers.sittings import COUNCIL
from helpers.sittings import LARGE
from helpers.sittings import rules_of
from helpers.sittings import SMALL
from hypothesis import given
from hypothesis import strategies as st
from plonegov.deliberations.domain.elections import count
from plonegov.deliberations.domain.elections import Round
from plonegov.deliberations.domain.elections import unopposed
from plonegov.deliberations.domain.errors import CandidateNotListed
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.errors import TooManyVotes
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.proxies import Proxy

import pytest


ELECTED, NEXT = Verdict.ELECTED, Verdict.NEXT_ROUND
POST, MAYOR = Matter.APPOINTMENT, Matter.EXECUTIVE
EVERYBODY = "abcdefghijk"


def a_round(text, number=1, seats=1, papers=None, **others):
    """Return a round from ``"P5 Q3"``: candidates from the eldest on, with votes."""
    found = {word[0]: int(word[1:]) for word in text.split()}
    return Round(
        number=number,
        seats=seats,
        candidates=tuple(found),
        votes={one: votes for one, votes in found.items() if votes},
        papers=sum(found.values()) if papers is None else papers,
        **others,
    )


def counted(set_id, found, present=EVERYBODY, matter=POST, **facts):
    return count(found, case_of(present, matter=matter, **facts), rules_of(set_id))


#: Rule set, matter, round -> verdict, elected, seats left, run-off, needed.
ROUNDS = [
    # CDLD L1122-28: absolute majority of the valid papers in the first round.
    (COUNCIL, POST, a_round("P6 Q5"), ELECTED, "P", 0, "", 6),
    (COUNCIL, POST, a_round("P3 Q2", blank=6), ELECTED, "P", 0, "", 3),
    (COLLEGE, POST, a_round("P3 Q2"), ELECTED, "P", 0, "", 3),
    # Otherwise a run-off between twice as many names as seats.
    (COUNCIL, POST, a_round("P5 Q4 R2"), NEXT, "", 1, "PQ", 6),
    (COUNCIL, POST, a_round("P2 Q4 R5"), NEXT, "", 1, "RQ", 6),
    (COUNCIL, POST, a_round("P5 Q5"), NEXT, "", 1, "PQ", 6),
    # Equal votes at the edge of the run-off: the eldest is preferred.
    (COUNCIL, POST, a_round("P3 Q3 R5"), NEXT, "", 1, "RP", 6),
    # Two seats: whoever has the majority is elected, the others go on.
    (
        COUNCIL,
        POST,
        a_round("P8 Q5 R4 S3 T2", seats=2, papers=11),
        NEXT,
        "P",
        1,
        "QR",
        6,
    ),
    (COUNCIL, POST, a_round("P8 Q7", seats=2, papers=8), ELECTED, "PQ", 0, "", 5),
    (
        COUNCIL,
        POST,
        a_round("P5 Q4 R4 S4 T3", seats=2, papers=10),
        NEXT,
        "",
        2,
        "PQRS",
        6,
    ),
    # Three with the majority for two seats: the most votes, then age.
    (
        COUNCIL,
        POST,
        a_round("P6 Q7 R6", seats=2, papers=10),
        ELECTED,
        "QP",
        0,
        "",
        6,
    ),
    # The same for a presentation.
    (COUNCIL, Matter.PRESENTATION, a_round("P5 Q4 R2"), NEXT, "", 1, "PQ", 6),
    # The run-off: plurality, the eldest when equal.
    (COUNCIL, POST, a_round("P5 Q4", number=2), ELECTED, "P", 0, "", 0),
    (COUNCIL, POST, a_round("P4 Q5", number=2), ELECTED, "Q", 0, "", 0),
    (COUNCIL, POST, a_round("P5 Q5", number=2), ELECTED, "P", 0, "", 0),
    # Nobody is elected without a vote.
    (COUNCIL, POST, a_round("P0 Q0", number=2), Verdict.REJECTED, "", 1, "", 0),
    (
        COUNCIL,
        POST,
        a_round("P1 Q0", number=2, seats=2),
        Verdict.REJECTED,
        "P",
        1,
        "",
        0,
    ),
    # CGCT L2121-21 and L2122-7: two rounds by absolute majority, open to all.
    (SMALL, POST, a_round("P6 Q5"), ELECTED, "P", 0, "", 6),
    (SMALL, POST, a_round("P5 Q4 R2"), NEXT, "", 1, "", 6),
    (SMALL, POST, a_round("P5 Q4 R2", number=2), NEXT, "", 1, "", 6),
    (SMALL, POST, a_round("P5 Q4 R2", number=3), ELECTED, "P", 0, "", 0),
    (LARGE, MAYOR, a_round("P5 Q4 R2", number=2), NEXT, "", 1, "", 6),
    (LARGE, MAYOR, a_round("P0 Q0", blank=11), NEXT, "", 1, "", 1),
    # The third by plurality, the eldest when equal.
    (SMALL, MAYOR, a_round("P4 Q5 R2", number=3), ELECTED, "Q", 0, "", 0),
    (SMALL, MAYOR, a_round("P5 Q5", number=3), ELECTED, "P", 0, "", 0),
]


@pytest.mark.parametrize(
    ("set_id", "matter", "found", "verdict", "elected", "left", "run_off", "needed"),
    ROUNDS,
)
def test_a_round(set_id, matter, found, verdict, elected, left, run_off, needed):
    result = counted(set_id, found, matter=matter)
    assert result.verdict is verdict
    assert result.elected == tuple(elected)
    assert result.seats_left == left
    assert result.run_off == tuple(run_off)
    assert result.needed == needed


@pytest.mark.parametrize(
    ("set_id", "found", "sentences"),
    [
        (COUNCIL, a_round("P6 Q5"), ["round_absolute"]),
        (COUNCIL, a_round("P5 Q4 R2"), ["round_absolute", "run_off"]),
        (COUNCIL, a_round("P3 Q3 R5"), ["round_absolute", "run_off", "eldest_first"]),
        (COUNCIL, a_round("P5 Q5", number=2), ["round_relative", "eldest_first"]),
        (
            COUNCIL,
            a_round("P6 Q7 R6", seats=2, papers=10),
            ["round_absolute", "eldest_first"],
        ),
        (COUNCIL, a_round("P0 Q0", number=2), ["round_relative"]),
        (SMALL, a_round("P5 Q4 R2"), ["round_absolute", "further_round"]),
        (SMALL, a_round("P5 Q5"), ["round_absolute", "further_round"]),
    ],
)
def test_the_trace_says_how_it_was_counted(set_id, found, sentences):
    trace = counted(set_id, found).trace
    assert [line.id for line in trace] == ["quorum_reached", *sentences]


def test_a_run_off_has_no_more_names_than_there_are_candidates():
    result = counted(COUNCIL, a_round("P3 Q2 R1", seats=2, papers=6))
    assert result.run_off == ("P", "Q", "R")
    assert result.trace[-1].values == {"places": 3, "seats": 2}


def test_without_quorum_nobody_is_elected():
    result = counted(COUNCIL, a_round("P5", seats=2), present="abcde")
    assert result.verdict is Verdict.NO_QUORUM
    assert (result.elected, result.seats_left, result.run_off) == ((), 2, ())
    assert result.needed == 0
    assert [line.id for line in result.trace] == ["quorum_missing"]


@pytest.mark.parametrize(
    ("found", "votes", "allowed"),
    [
        # More papers than members who are there.
        (a_round("P7"), 7, 6),
        (a_round("P5", blank=1, void=1), 7, 6),
        # More names than the papers hold, or one name twice on a paper.
        (a_round("P3 Q4", papers=6), 7, 6),
        (a_round("P5 Q1", papers=4, seats=2), 6, 8),
    ],
)
def test_votes_too_many_are_refused(found, votes, allowed):
    with pytest.raises(TooManyVotes) as caught:
        counted(COUNCIL, found, present="abcdef")
    assert caught.value.context == {"votes": votes, "allowed": allowed}


def test_everybody_who_is_there_may_hand_in_a_paper():
    assert counted(COUNCIL, a_round("P6"), present="abcdef").verdict is ELECTED


def test_a_proxy_adds_a_paper_in_france():
    given = frozenset([Proxy("k", "a", at(0))])
    result = counted(SMALL, a_round("P7"), present="abcdef", proxies=given)
    assert result.verdict is ELECTED


def test_who_does_not_stand_gets_no_vote():
    # CDLD L1122-28: in a run-off only those on the list.
    found = replace(a_round("P3 Q2", number=2), candidates=("P",))
    with pytest.raises(CandidateNotListed) as caught:
        counted(COUNCIL, found)
    assert caught.value.context == {"candidate": "Q"}


@pytest.mark.parametrize("wrong", [{"papers": -1}, {"blank": -1}, {"void": -1}])
def test_there_are_no_fewer_papers_than_none(wrong):
    with pytest.raises(ValueError, match="fewer votes than none"):
        replace(a_round("P1"), **wrong)
    with pytest.raises(ValueError, match="fewer votes than none"):
        replace(a_round("P1"), votes={"P": -1})


@pytest.mark.parametrize(
    ("set_id", "matter"),
    [(COUNCIL, MAYOR), (COUNCIL, Matter.ORDINARY), (SMALL, Matter.BUDGET)],
)
def test_there_are_rounds_for_elections_only(set_id, matter):
    with pytest.raises(NoRuleInForce):
        counted(set_id, a_round("P5"), matter=matter)


@pytest.mark.parametrize(
    ("set_id", "matter", "candidates", "seats", "at_once"),
    [
        # CGCT L2121-21, last paragraph: one candidate for each post.
        (SMALL, POST, ["P"], 1, True),
        (LARGE, Matter.PRESENTATION, ["P", "Q"], 2, True),
        (SMALL, POST, ["P", "Q"], 1, False),
        (SMALL, POST, ["P"], 2, False),
        (SMALL, POST, ["P", "P"], 2, False),
        # Not the mayor (L2122-7), nor in Wallonia (CDLD L1122-28).
        (SMALL, MAYOR, ["P"], 1, False),
        (COUNCIL, POST, ["P"], 1, False),
    ],
)
def test_a_sole_candidate_is_appointed_at_once(
    set_id, matter, candidates, seats, at_once
):
    line = unopposed(candidates, seats, matter, rules_of(set_id))
    assert (line is not None) == at_once
    assert line is None or line.id == "unopposed"


@given(
    st.sampled_from([COUNCIL, COLLEGE, SMALL]),
    st.integers(1, 3),
    st.integers(1, 3),
    st.lists(st.integers(0, 6), min_size=1, max_size=6),
)
def test_seats_are_filled_by_the_ones_with_the_most_votes(
    set_id, number, seats, numbers
):
    votes = dict(zip("PQRSTU", numbers, strict=False))
    papers = max(max(numbers), -(-sum(numbers) // seats))
    found = Round(number, seats, tuple(votes), votes, papers)
    members = [chr(code) for code in range(ord("a"), ord("a") + max(papers, 1))]
    case = case_of("".join(members), members=members, matter=POST)
    result = count(found, case, rules_of(set_id))
    assert len(result.elected) + result.seats_left == seats
    assert (result.verdict is ELECTED) == (result.seats_left == 0)
    out = [one for one in votes if one not in result.elected]
    for one in result.elected:
        assert votes[one] * 2 > papers * bool(result.needed)
        assert all(votes[other] <= votes[one] for other in out)
    assert not set(result.run_off) & set(result.elected)
    assert len(result.run_off) <= 2 * result.seats_left
