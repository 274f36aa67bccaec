"""What comes out of a vote: tables for each body, with the article in them."""

from dataclasses import replace
from fractions import Fraction
from helpers.sittings import at
from helpers.sittings import case_of
from helpers.sittings import COLLEGE
from helpers.sittings import COUNCIL
from helpers.sittings import DAY
from helpers.sittings import LARGE
from helpers.sittings import rules_of
from helpers.sittings import SMALL
from helpers.sittings import votes
from plonegov.deliberations.domain.ballots import Counts
from plonegov.deliberations.domain.ballots import SecretBallot
from plonegov.deliberations.domain.errors import BallotMustBeSecret
from plonegov.deliberations.domain.errors import MemberNotEntitled
from plonegov.deliberations.domain.errors import TooManyVotes
from plonegov.deliberations.domain.majorities import majority
from plonegov.deliberations.domain.model import Interest
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.modes import Requests
from plonegov.deliberations.domain.outcome import outcome
from plonegov.deliberations.domain.proxies import Proxy

import pytest


CARRIED, REJECTED = Verdict.CARRIED, Verdict.REJECTED
TIED, NO_QUORUM = Verdict.TIED, Verdict.NO_QUORUM
HALVES = "a+ b+ c+ d- e- f-"
SIDES = "a- b- c- d+ e+ f+"


def secret(*counts):
    return SecretBallot(Counts(*counts))


def result(set_id, ballot, present="abcdefghijk", **facts):
    return outcome(ballot, case_of(present, **facts), rules_of(set_id))


#: Rule set, ballot, facts -> verdict, votes cast, needed, the last line's id.
CASES = [
    # CDLD L1122-26: more than half of the votes cast.
    (COUNCIL, votes("a+ b+ c+ d-"), {}, CARRIED, 4, 3, "majority_reached"),
    (COUNCIL, votes("a+ b- c- d-"), {}, REJECTED, 4, 3, "majority_missing"),
    # Abstentions are no votes: one for and ten abstentions carry.
    (COUNCIL, votes("a+ bo co do eo fo"), {}, CARRIED, 1, 1, "majority_reached"),
    (COUNCIL, votes("ao bo co do eo fo"), {}, REJECTED, 0, 1, "no_vote_cast"),
    (COUNCIL, votes(""), {}, REJECTED, 0, 1, "no_vote_cast"),
    # Equal votes: the proposal is rejected, whatever the president voted.
    (COUNCIL, votes(HALVES), {"president": "a"}, REJECTED, 6, 4, "tie_rejected"),
    (
        COUNCIL,
        secret(3, 3, 0, 1),
        {"matter": Matter.APPOINTMENT, "president": "a"},
        REJECTED,
        6,
        4,
        "tie_rejected",
    ),
    # L1122-27: blank and void papers are no votes.
    (
        COUNCIL,
        secret(2, 1, 0, 4, 4),
        {"matter": Matter.DISCIPLINE},
        CARRIED,
        3,
        2,
        "majority_reached",
    ),
    # CGCT L2121-20: the majority of the votes cast.
    (SMALL, votes("a+ b+ c-"), {}, CARRIED, 3, 2, "majority_reached"),
    (LARGE, votes("a+ b- c-"), {}, REJECTED, 3, 2, "majority_missing"),
    # Equal votes: the president has the casting vote.
    (SMALL, votes(HALVES), {"president": "a"}, CARRIED, 6, 4, "tie_president_for"),
    (SMALL, votes(SIDES), {"president": "a"}, REJECTED, 6, 4, "tie_president_against"),
    (
        LARGE,
        votes(HALVES + " go"),
        {"president": "g"},
        REJECTED,
        6,
        4,
        "tie_president_silent_rejected",
    ),
    (
        LARGE,
        votes(HALVES),
        {"president": "k"},
        REJECTED,
        6,
        4,
        "tie_president_silent_rejected",
    ),
    # Save in a secret ballot.
    (
        SMALL,
        secret(3, 3),
        {"president": "a", "requests": Requests(secret=4)},
        REJECTED,
        6,
        4,
        "tie_secret_rejected",
    ),
    # L1612-12: accounts are adopted unless a majority votes against them.
    (SMALL, votes("a+ b-"), {"matter": Matter.ACCOUNTS}, CARRIED, 2, 1, "not_refused"),
    (SMALL, votes("ao bo"), {"matter": Matter.ACCOUNTS}, CARRIED, 0, 0, "not_refused"),
    (
        SMALL,
        votes("a+ b- c-"),
        {"matter": Matter.ACCOUNTS},
        REJECTED,
        3,
        2,
        "refused_by_majority",
    ),
    (
        COUNCIL,
        votes(HALVES),
        {"matter": Matter.ACCOUNTS},
        REJECTED,
        6,
        4,
        "tie_rejected",
    ),
]


@pytest.mark.parametrize(
    ("set_id", "ballot", "facts", "verdict", "base", "needed", "last"), CASES
)
def test_what_comes_out_of_a_vote(set_id, ballot, facts, verdict, base, needed, last):
    found = result(set_id, ballot, **facts)
    assert (found.verdict, found.base, found.needed) == (verdict, base, needed)
    assert found.trace[-1].id == last
    assert found.counts == ballot.counts
    assert (found.rules, found.day) == (set_id, DAY)


#: CDLD L1123-22, votes of four members, facts -> verdict, the last line's id.
COLLEGE_TIES = [
    # Not rejected: the next meeting, or a councillor is called in.
    ("a+ b+ c- d-", {}, TIED, "tie_adjourned"),
    ("a+ b+ c- d-", {"earlier_ties": 1}, TIED, "tie_adjourned"),
    # The third tie on the matter: the president decides.
    ("a+ b+ c- d-", {"earlier_ties": 2}, CARRIED, "tie_repeated_for"),
    ("a- b- c+ d+", {"earlier_ties": 2}, REJECTED, "tie_repeated_against"),
    ("ao b- c+ do", {"earlier_ties": 2}, TIED, "tie_repeated_silent_tied"),
    ("ao b- c+ do", {"earlier_ties": 5}, TIED, "tie_repeated_silent_tied"),
    # The urgency was recognised before the discussion: the president decides.
    ("a+ b+ c- d-", {"urgent": True}, CARRIED, "tie_urgent_for"),
    ("a- b- c+ d+", {"urgent": True}, REJECTED, "tie_urgent_against"),
    ("b- c+", {"urgent": True}, TIED, "tie_urgent_silent_tied"),
    # No tie: nothing of it.
    ("a+ b- c- d-", {"urgent": True}, REJECTED, "majority_missing"),
    ("ao bo co do", {"urgent": True}, REJECTED, "no_vote_cast"),
]


@pytest.mark.parametrize(("text", "facts", "verdict", "last"), COLLEGE_TIES)
def test_a_tie_in_the_college_decides_nothing_yet(text, facts, verdict, last):
    facts = {"members": "abcdef", "president": "a"} | facts
    found = result(COLLEGE, votes(text), present="abcd", **facts)
    assert (found.verdict, found.trace[-1].id) == (verdict, last)


@pytest.mark.parametrize(
    ("facts", "last"),
    [
        ({}, "tie_adjourned"),
        ({"urgent": True}, "tie_secret_tied"),
        ({"earlier_ties": 2}, "tie_secret_tied"),
    ],
)
def test_a_secret_tie_in_the_college_is_put_off(facts, last):
    facts = {"members": "abcd", "president": "a", "matter": Matter.DISCIPLINE} | facts
    found = result(COLLEGE, secret(2, 2), present="abcd", **facts)
    assert (found.verdict, found.trace[-1].id) == (TIED, last)


def test_a_councillor_who_is_called_in_votes_and_is_no_member():
    # CDLD L1123-22: after a tie. The quorum is still that of the college.
    facts = {"members": "abcd", "called": frozenset("x"), "tied": True}
    found = result(COLLEGE, votes("a+ b+ c- d- x-"), present="abcdx", **facts)
    assert found.verdict is REJECTED
    assert found.trace[0].values["base"] == 4
    two = result(COLLEGE, votes("a+ x+"), present="abx", **facts)
    assert two.verdict is NO_QUORUM


@pytest.mark.parametrize(
    ("set_id", "ties"),
    [(COLLEGE, {}), (COUNCIL, {"tied": True}), (SMALL, {"tied": True})],
)
def test_nobody_is_called_in_without_an_earlier_tie_of_a_college(set_id, ties):
    with pytest.raises(MemberNotEntitled) as caught:
        result(
            set_id,
            votes("a+ x+"),
            present="abcdefx",
            called=frozenset("x"),
            **ties,
        )
    assert caught.value.context == {"member": "x", "reason": "no_member"}


@pytest.mark.parametrize(
    ("set_id", "present", "facts"),
    [
        (COUNCIL, "abcde", {}),
        (COUNCIL, "abcde", {"call": 2, "repeated": True}),
        (COUNCIL, "abcde", {"call": 3}),
        (COLLEGE, "abcde", {"call": 3, "repeated": True}),
        (SMALL, "abcde", {}),
        # Nobody said that it is a further call, or a repeated item.
        (SMALL, "abcde", {"repeated": True}),
        (SMALL, "abcde", {"call": 2}),
        # Proxies never count for the quorum (CGCT L2121-17 and -20).
        (SMALL, "abcde", {"proxies": frozenset([Proxy("k", "a", at(0))])}),
    ],
)
def test_without_quorum_nothing_is_decided_or_counted(set_id, present, facts):
    found = result(set_id, votes("a+ b+ c+ d+ e+"), present=present, **facts)
    assert found.verdict is NO_QUORUM
    assert (found.counts, found.base, found.needed) == (Counts(), 0, 0)
    assert [line.id for line in found.trace] == ["quorum_missing"]


@pytest.mark.parametrize(("set_id", "call"), [(COUNCIL, 3), (SMALL, 2), (LARGE, 2)])
def test_a_last_call_decides_with_whoever_is_there(set_id, call):
    # CDLD L1122-17: the third call; CGCT L2121-17: the second.
    found = result(set_id, votes("a+ b-  c+"), "abc", call=call, repeated=True)
    assert found.verdict is CARRIED
    assert found.trace[0].id == "quorum_waived"


def test_a_proxy_adds_a_vote_and_the_trace_says_so():
    # CGCT L2121-20.
    given = frozenset([Proxy("k", "a", at(0))])
    found = result(SMALL, votes("a+ b+ k+ c- d-"), "abcdef", proxies=given)
    assert found.verdict is CARRIED
    assert [line.id for line in found.trace] == [
        "quorum_reached",
        "votes_by_proxy",
        "votes",
        "majority_reached",
    ]
    assert found.trace[1].values == {"count": 1}


def test_a_secret_ballot_holds_one_paper_more_for_each_proxy():
    facts = {"requests": Requests(secret=3)}
    with pytest.raises(TooManyVotes):
        result(SMALL, secret(4, 3), "abcdef", **facts)
    facts["proxies"] = frozenset([Proxy("k", "a", at(0))])
    assert result(SMALL, secret(4, 3), "abcdef", **facts).verdict is CARRIED


def test_a_walloon_proxy_gives_no_vote():
    given = frozenset([Proxy("k", "a", at(0))])
    with pytest.raises(MemberNotEntitled) as caught:
        result(COUNCIL, votes("a+ k+"), "abcdef", proxies=given)
    assert caught.value.context == {"member": "k", "reason": "absent"}


@pytest.mark.parametrize(
    ("text", "facts", "member", "reason"),
    [
        ("a+ k+", {"present": "abcdefg"}, "k", "absent"),
        ("a+ b+", {"recused": {"b": Interest.PERSONAL}}, "b", "recused"),
        ("a+ z+", {"present": "abcdefgz"}, "z", "no_member"),
        ("a+ g+", {"present": "abcdefg", "left": "g"}, "g", "absent"),
    ],
)
def test_a_vote_of_who_takes_no_part_is_refused(text, facts, member, reason):
    with pytest.raises(MemberNotEntitled) as caught:
        result(COUNCIL, votes(text), **facts)
    assert caught.value.context == {"member": member, "reason": reason}


def test_a_public_vote_on_a_person_is_refused():
    # CDLD L1122-27.
    with pytest.raises(BallotMustBeSecret):
        result(COUNCIL, votes("a+"), matter=Matter.APPOINTMENT)


@pytest.mark.parametrize(
    ("counts", "verdict", "needed"),
    [
        (Counts(4, 2), REJECTED, 5),
        (Counts(5, 1), CARRIED, 5),
        (Counts(3, 3), REJECTED, 5),
    ],
)
def test_a_larger_majority_knows_no_tie(counts, verdict, needed):
    # More than two thirds: equal votes are simply too few.
    rules = rules_of(SMALL)
    row = replace(rules.majority[0], more_than=Fraction(2, 3))
    found = majority(counts, Matter.ORDINARY, replace(rules, majority=(row,)))
    assert (found.verdict, found.needed) == (verdict, needed)


@pytest.mark.parametrize("in_favour", range(5))
@pytest.mark.parametrize("against", range(5))
@pytest.mark.parametrize("matter", [Matter.ORDINARY, Matter.ACCOUNTS])
def test_what_is_needed_is_the_least_that_carries(in_favour, against, matter):
    rules, counts = rules_of(SMALL), Counts(in_favour, against)
    found = majority(counts, matter, rules)
    least = next(
        votes
        for votes in range(counts.cast + 2)
        if votes > counts.cast
        or majority(Counts(votes, counts.cast - votes), matter, rules).verdict
        is CARRIED
    )
    assert found.needed == least
