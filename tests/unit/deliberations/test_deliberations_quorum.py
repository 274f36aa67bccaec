"""Enough members in the room: each case with its article."""

from helpers.sittings import COLLEGE
from helpers.sittings import COUNCIL
from helpers.sittings import LARGE
from helpers.sittings import MEMBERS
from helpers.sittings import presence_of
from helpers.sittings import rules_of
from helpers.sittings import SMALL
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.errors import QuorumNotReached
from plonegov.deliberations.domain.interests import incompatibility
from plonegov.deliberations.domain.model import Interest
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.quorum import check_quorum
from plonegov.deliberations.domain.quorum import quorum
from plonegov.deliberations.domain.ruleset import Rules

import pytest


PERSONAL, SENT = Interest.PERSONAL, Interest.REPRESENTATIVE
LAST = {"call": 3, "repeated": True}
SECOND = {"call": 2, "repeated": True}


def found(set_id, present, members=MEMBERS, left="", recused=None, **facts):
    there = presence_of(present, left, recused)
    return quorum(frozenset(members), there, rules_of(set_id), **facts)


#: Rule set, members, those present, facts -> enough?, counted, needed.
CASES = [
    # CDLD L1122-17: more than half of the members in office.
    (COUNCIL, "abcdefghijk", "abcdef", {}, True, 6, 6),
    (COUNCIL, "abcdefghijk", "abcde", {}, False, 5, 6),
    (COUNCIL, "abcdefghij", "abcde", {}, False, 5, 6),
    (COUNCIL, "abcdefghij", "abcdef", {}, True, 6, 6),
    (COUNCIL, "a", "a", {}, True, 1, 1),
    # Who is no member does not count: the director general is in the room, too.
    (COUNCIL, "abcdefghijk", "abcdexyz", {}, False, 5, 6),
    # The same: no resolution once the majority is gone, even between opening and vote.
    (COUNCIL, "abcdefghijk", "abcdefg", {"left": "fg"}, False, 5, 6),
    (COUNCIL, "abcdefghijk", "abcdefg", {"left": "g"}, True, 6, 6),
    # L1122-17, paragraph 2: a second call needs the quorum, a third one does not, but
    # for the items that stood on the agenda three times.
    (COUNCIL, "abcdefghijk", "abc", SECOND, False, 3, 6),
    (COUNCIL, "abcdefghijk", "abc", LAST, True, 3, 1),
    (COUNCIL, "abcdefghijk", "a", LAST, True, 1, 1),
    (COUNCIL, "abcdefghijk", "", LAST, False, 0, 1),
    (COUNCIL, "abcdefghijk", "abc", {"call": 3}, False, 3, 6),
    # L1122-19: an interested member is not counted as present, but in office.
    (COUNCIL, "abcdefghijk", "abcdef", {"recused": {"f": PERSONAL}}, False, 5, 6),
    (COUNCIL, "abcdefghijk", "abcdefg", {"recused": {"f": PERSONAL}}, True, 6, 6),
    (COUNCIL, "abcdefghijk", "abcdef", {"recused": {"k": PERSONAL}}, True, 6, 6),
    # The Walloon council has no rule on representatives: the strictest one holds.
    (COUNCIL, "abcdefghijk", "abcdef", {"recused": {"f": SENT}}, False, 5, 6),
    # L1123-20: more than half of the college, whatever the call.
    (COLLEGE, "abcde", "abc", {}, True, 3, 3),
    (COLLEGE, "abcde", "ab", {}, False, 2, 3),
    (COLLEGE, "abcdef", "abc", {}, False, 3, 4),
    (COLLEGE, "abcde", "ab", LAST, False, 2, 3),
    # L1123-8: the president of the social centre withdraws, and still is a member.
    (COLLEGE, "abcdef", "abcd", {"recused": {"d": SENT}}, False, 3, 4),
    # CGCT L2121-17: more than half, not half and one; present when the item is opened.
    (SMALL, "abcdefghijk", "abcdef", {}, True, 6, 6),
    (SMALL, "abcdefgh", "abcd", {}, False, 4, 5),
    (LARGE, "abcdefghijk", "abcde", {}, False, 5, 6),
    (LARGE, "abcdefghijk", "abcdef", {"left": "def"}, True, 6, 6),
    # The same, paragraph 2: after a second call, for the same items only.
    (SMALL, "abcdefghijk", "ab", SECOND, True, 2, 1),
    (LARGE, "abcdefghijk", "ab", {"call": 2}, False, 2, 6),
    (SMALL, "abcdefghijk", "ab", {"repeated": True}, False, 2, 6),
    # L2131-11 (CE 19-01-1983, Chauré): interested members are not counted as present.
    (SMALL, "abcdefghijk", "abcdef", {"recused": {"f": PERSONAL}}, False, 5, 6),
    # L1111-6, II: representatives are not counted among the members in office.
    (SMALL, "abcdefghijk", "abcdef", {"recused": {"f": SENT}}, False, 5, 6),
    (SMALL, "abcdefghij", "abcdef", {"recused": {"f": SENT}}, True, 5, 5),
    # L2121-14: the mayor withdraws when the accounts are voted on.
    (
        SMALL,
        "abcdefghijk",
        "abcdef",
        {"recused": {"a": Interest.OWN_ACCOUNTS}, "matter": Matter.ACCOUNTS},
        False,
        5,
        6,
    ),
]


@pytest.mark.parametrize(
    ("set_id", "members", "present", "facts", "holds", "counted", "needed"), CASES
)
def test_enough_members_are_there(
    set_id, members, present, facts, holds, counted, needed
):
    result = found(set_id, present, members, **facts)
    assert (result.holds, result.counted, result.needed) == (holds, counted, needed)


def test_without_quorum_the_item_is_refused():
    with pytest.raises(QuorumNotReached) as caught:
        check_quorum(found(COUNCIL, "abcde"))
    assert caught.value.context == {"present": 5, "needed": 6}
    check_quorum(found(COUNCIL, "abcdef"))


@pytest.mark.parametrize(
    ("present", "facts", "sentences"),
    [
        ("abcdef", {}, ["quorum_reached"]),
        ("abcde", {}, ["quorum_missing"]),
        ("abc", LAST, ["quorum_waived"]),
        ("", LAST, ["quorum_missing"]),
        (
            "abcdefg",
            {"recused": {"a": PERSONAL, "b": PERSONAL}},
            ["quorum_missing", "quorum_interested"],
        ),
        # Whom an interest concerns who is not there, or no member, changes nothing.
        ("abcdef", {"recused": {"k": PERSONAL, "z": PERSONAL}}, ["quorum_reached"]),
    ],
)
def test_the_trace_says_why(present, facts, sentences):
    assert [line.id for line in found(COUNCIL, present, **facts).trace] == sentences


def test_the_trace_counts_each_kind_of_interest_with_its_law():
    recused = {"a": PERSONAL, "b": SENT, "c": SENT}
    trace = found(SMALL, "abcdefghijk", recused=recused).trace[1:]
    assert [(line.id, line.law, line.values["count"]) for line in trace] == [
        ("quorum_interested", "cgct_l1111_6", 2),
        ("quorum_interested", "cgct_l2131_11", 1),
        ("quorum_representatives", "cgct_l1111_6", 2),
    ]


@pytest.mark.parametrize(
    ("set_id", "interest", "matter", "law", "degree", "in_base"),
    [
        # L1122-19: relatives up to the fourth degree, up to the second for persons.
        (COUNCIL, PERSONAL, Matter.ORDINARY, "cdld_l1122_19", 4, True),
        (COUNCIL, PERSONAL, Matter.PRESENTATION, "cdld_l1122_19_kin", 2, True),
        (COUNCIL, PERSONAL, Matter.APPOINTMENT, "cdld_l1122_19_kin", 2, True),
        (COUNCIL, PERSONAL, Matter.DISCIPLINE, "cdld_l1122_19_kin", 2, True),
        (COUNCIL, PERSONAL, Matter.SUSPENSION, "cdld_l1122_19", 4, True),
        (COUNCIL, SENT, Matter.ORDINARY, "cdld_l1122_19", 4, True),
        # L1123-8: the president of the social centre.
        (COLLEGE, SENT, Matter.ORDINARY, "cdld_l1123_8", 0, True),
        # CGCT L2131-11; L1111-6, II; L2121-14.
        (SMALL, PERSONAL, Matter.APPOINTMENT, "cgct_l2131_11", 0, True),
        (SMALL, SENT, Matter.ORDINARY, "cgct_l1111_6", 0, False),
        (LARGE, Interest.OWN_ACCOUNTS, Matter.ACCOUNTS, "cgct_l2121_14", 0, True),
    ],
)
def test_an_interest_keeps_out_of_the_room_and_out_of_the_quorum(
    set_id, interest, matter, law, degree, in_base
):
    rule = incompatibility(interest, matter, rules_of(set_id))
    assert (rule.law, rule.degree, rule.in_base) == (law, degree, in_base)
    assert not rule.may_stay
    assert not rule.counts_present


def test_where_the_law_says_nothing_there_is_no_quorum():
    with pytest.raises(NoRuleInForce):
        quorum(MEMBERS, presence_of("abcdefghijk"), Rules())
