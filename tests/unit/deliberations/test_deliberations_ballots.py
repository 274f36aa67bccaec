"""What is counted, who may have voted, and how a vote must be taken."""

from dataclasses import fields
from helpers.sittings import COLLEGE
from helpers.sittings import COUNCIL
from helpers.sittings import LARGE
from helpers.sittings import rules_of
from helpers.sittings import SMALL
from helpers.sittings import votes
from plonegov.deliberations.domain.ballots import all_in_favour
from plonegov.deliberations.domain.ballots import check_ballot
from plonegov.deliberations.domain.ballots import Counts
from plonegov.deliberations.domain.ballots import Electorate
from plonegov.deliberations.domain.ballots import OpenBallot
from plonegov.deliberations.domain.ballots import SecretBallot
from plonegov.deliberations.domain.errors import BallotMustBeNamed
from plonegov.deliberations.domain.errors import BallotMustBePublic
from plonegov.deliberations.domain.errors import BallotMustBeSecret
from plonegov.deliberations.domain.errors import MemberNotEntitled
from plonegov.deliberations.domain.errors import MemberVotesTwice
from plonegov.deliberations.domain.errors import TooManyVotes
from plonegov.deliberations.domain.model import Choice
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.modes import check_mode
from plonegov.deliberations.domain.modes import names_to_record
from plonegov.deliberations.domain.modes import Requests
from plonegov.deliberations.domain.modes import required
from typing import get_type_hints

import pytest


HANDS, NAMED, SECRET = Mode.SHOW_OF_HANDS, Mode.NAMED, Mode.SECRET
#: Four are there, one is represented, one is barred, one is away.
VOTERS = Electorate(
    present=frozenset("abcd"),
    represented={"e": "a"},
    recused=frozenset("f"),
    members=frozenset("abcdefg"),
)


def secret(*counts):
    return SecretBallot(Counts(*counts))


def test_a_secret_ballot_has_no_place_for_a_name():
    assert [field.name for field in fields(SecretBallot)] == ["counts"]
    assert set(get_type_hints(Counts).values()) == {int}


def test_abstentions_and_papers_without_a_vote_are_not_cast():
    # CDLD L1122-26; CGCT L2121-20.
    counts = Counts(in_favour=5, against=3, abstained=2, blank=1, void=4)
    assert (counts.cast, counts.total) == (8, 15)


@pytest.mark.parametrize("name", ["in_favour", "against", "abstained", "blank", "void"])
def test_there_are_no_fewer_votes_than_none(name):
    with pytest.raises(ValueError, match="fewer votes than none"):
        Counts(**{name: -1})


def test_an_open_ballot_is_counted():
    ballot = OpenBallot(votes("a+ b+ c- do").votes)
    assert ballot.counts == Counts(in_favour=2, against=1, abstained=1)
    assert ballot.names(Choice.FOR) == ("a", "b")
    assert ballot.choice_of("c") is Choice.AGAINST
    assert ballot.choice_of("z") is None
    assert ballot.mode is HANDS


def test_blank_and_void_are_counted_apart():
    every = all_in_favour(VOTERS, {"a": Choice.BLANK, "b": Choice.VOID})
    assert every.counts == Counts(in_favour=3, blank=1, void=1)


def test_all_in_favour_except_some():
    ballot = all_in_favour(VOTERS, {"b": Choice.AGAINST, "e": Choice.ABSTAIN})
    assert ballot.mode is HANDS
    assert ballot.names(Choice.FOR) == ("a", "c", "d")
    assert ballot.names(Choice.AGAINST) == ("b",)
    assert ballot.names(Choice.ABSTAIN) == ("e",)
    assert all_in_favour(VOTERS, named=True).mode is NAMED
    assert all_in_favour(VOTERS).counts == Counts(in_favour=5)


@pytest.mark.parametrize(
    ("member", "reason"), [("f", "recused"), ("g", "absent"), ("z", "no_member")]
)
def test_who_has_no_vote_is_refused_with_the_reason(member, reason):
    expected = {"member": member, "reason": reason}
    with pytest.raises(MemberNotEntitled) as caught:
        check_ballot(votes(f"a+ {member}+"), VOTERS)
    assert caught.value.context == expected
    with pytest.raises(MemberNotEntitled) as caught:
        all_in_favour(VOTERS, {member: Choice.AGAINST})
    assert caught.value.context == expected


def test_nobody_votes_twice():
    with pytest.raises(MemberVotesTwice) as caught:
        check_ballot(votes("a+ b- a+"), VOTERS)
    assert caught.value.context == {"member": "a"}


@pytest.mark.parametrize("ballot", [votes("a+ b- co d+ e-"), votes("a+"), votes("")])
def test_whoever_may_vote_may_also_not_vote(ballot):
    check_ballot(ballot, VOTERS)


@pytest.mark.parametrize(
    ("ballot", "total"),
    [(secret(3, 2), 5), (secret(2, 1, 1, 1), 5), (secret(), 0)],
)
def test_a_secret_ballot_holds_no_more_papers_than_there_are_voters(ballot, total):
    check_ballot(ballot, VOTERS)
    assert ballot.counts.total == total


@pytest.mark.parametrize(
    "ballot",
    [
        secret(6),
        secret(3, 3),
        secret(3, 2, 1),
        secret(3, 2, 0, 1),
        secret(3, 2, 0, 0, 1),
    ],
)
def test_one_paper_too_many_is_refused(ballot):
    with pytest.raises(TooManyVotes) as caught:
        check_ballot(ballot, VOTERS)
    assert caught.value.context == {"votes": 6, "allowed": 5}


def test_who_is_there_and_represented_has_one_vote():
    twice = Electorate(frozenset("ab"), {"a": "b"})
    assert twice.size == 2


#: Rule set, matter, members present, requests -> mode, the sentences of the trace.
MODES = [
    # CDLD L1122-27: public, but for persons.
    (COUNCIL, Matter.ORDINARY, 11, {}, None, []),
    *[
        (set_id, matter, 11, {}, SECRET, ["secret_by_law"])
        for set_id in (COUNCIL, COLLEGE)
        for matter in (
            Matter.PRESENTATION,
            Matter.APPOINTMENT,
            Matter.STANDBY,
            Matter.SUSPENSION,
            Matter.DISMISSAL,
            Matter.DISCIPLINE,
        )
    ],
    # Secrecy can't be waived there, nor asked for on another matter.
    (COUNCIL, Matter.APPOINTMENT, 11, {"waived": True}, SECRET, ["secret_by_law"]),
    (COUNCIL, Matter.ORDINARY, 11, {"secret": 11}, None, []),
    # A third of those present, rounded up, asks for the vote by voice.
    (COUNCIL, Matter.ORDINARY, 11, {"named": 4}, NAMED, ["named_asked"]),
    (COUNCIL, Matter.ORDINARY, 11, {"named": 3}, None, []),
    (COUNCIL, Matter.ORDINARY, 9, {"named": 3}, NAMED, ["named_asked"]),
    (COUNCIL, Matter.ORDINARY, 3, {"named": 1}, NAMED, ["named_asked"]),
    (COUNCIL, Matter.APPOINTMENT, 9, {"named": 9}, SECRET, ["secret_by_law"]),
    (COLLEGE, Matter.ORDINARY, 5, {"named": 5, "secret": 5}, None, []),
    # CGCT L2121-21: a third asks for secrecy, a quarter for a vote by name.
    (SMALL, Matter.ORDINARY, 11, {}, None, []),
    (SMALL, Matter.ORDINARY, 11, {"secret": 4}, SECRET, ["secret_asked"]),
    (SMALL, Matter.ORDINARY, 11, {"secret": 3}, None, []),
    (SMALL, Matter.ORDINARY, 9, {"secret": 3}, SECRET, ["secret_asked"]),
    (SMALL, Matter.ORDINARY, 11, {"named": 3}, NAMED, ["named_asked"]),
    (SMALL, Matter.ORDINARY, 11, {"named": 2}, None, []),
    (LARGE, Matter.ORDINARY, 8, {"named": 2}, NAMED, ["named_asked"]),
    (SMALL, Matter.ORDINARY, 0, {}, None, []),
    # Of both requests that for secrecy goes first (answer of 9 February 1998).
    (SMALL, Matter.ORDINARY, 9, {"secret": 3, "named": 9}, SECRET, ["secret_asked"]),
    (SMALL, Matter.ORDINARY, 9, {"secret": 2, "named": 3}, NAMED, ["named_asked"]),
    # Appointments in secret, unless all agree; a third may still ask for it.
    (SMALL, Matter.APPOINTMENT, 9, {}, SECRET, ["secret_by_law"]),
    (SMALL, Matter.APPOINTMENT, 9, {"waived": True}, None, ["secret_waived"]),
    (
        SMALL,
        Matter.PRESENTATION,
        9,
        {"waived": True, "named": 3},
        NAMED,
        ["secret_waived", "named_asked"],
    ),
    # L2122-7: the mayor and the deputies always in secret.
    (LARGE, Matter.EXECUTIVE, 9, {"waived": True}, SECRET, ["secret_by_law"]),
]


@pytest.mark.parametrize(
    ("set_id", "matter", "present", "requests", "mode", "sentences"), MODES
)
def test_how_a_vote_is_taken(set_id, matter, present, requests, mode, sentences):
    found = required(matter, present, Requests(**requests), rules_of(set_id))
    assert found.mode == mode
    assert [line.id for line in found.trace] == sentences


#: Mode that is required, mode of the ballot -> refused how.
CHECKS = [
    (None, HANDS, None),
    (None, NAMED, None),
    (None, SECRET, BallotMustBePublic),
    (NAMED, HANDS, BallotMustBeNamed),
    (NAMED, NAMED, None),
    (NAMED, SECRET, BallotMustBePublic),
    (SECRET, HANDS, BallotMustBeSecret),
    (SECRET, NAMED, BallotMustBeSecret),
    (SECRET, SECRET, None),
]


@pytest.mark.parametrize(("needed", "mode", "error"), CHECKS)
def test_a_ballot_is_taken_as_it_must_be(needed, mode, error):
    requests = {None: {}, NAMED: {"named": 9}, SECRET: {"secret": 9}}[needed]
    found = required(Matter.ORDINARY, 9, Requests(**requests), rules_of(SMALL))
    if error is None:
        check_mode(mode, found)
        return
    with pytest.raises(error):
        check_mode(mode, found)


AGAINST, ABSTAIN, FOR = Choice.AGAINST, Choice.ABSTAIN, Choice.FOR


@pytest.mark.parametrize(
    ("set_id", "ballot", "names"),
    [
        # CDLD L1122-27, rules of procedure: against and abstaining, of any public vote.
        (COUNCIL, votes("a+ b- co"), {AGAINST: ("b",), ABSTAIN: ("c",)}),
        (COUNCIL, votes("a+ b- co", named=True), {AGAINST: ("b",), ABSTAIN: ("c",)}),
        (COUNCIL, votes("a+"), {}),
        (COUNCIL, secret(1, 1), {}),
        (COLLEGE, votes("a+ b-"), {}),
        # CGCT L2121-15: everybody, of a vote by name.
        (SMALL, votes("a+ b-"), {}),
        (SMALL, votes("b+ a+ c-", named=True), {FOR: ("a", "b"), AGAINST: ("c",)}),
        (SMALL, secret(1, 1), {}),
    ],
)
def test_whose_names_the_minutes_give(set_id, ballot, names):
    assert names_to_record(ballot, rules_of(set_id)) == names
