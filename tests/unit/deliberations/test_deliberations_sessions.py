"""Urgency, closed sessions, remote sittings: each case with its article."""

from dataclasses import replace
from helpers.sittings import COLLEGE
from helpers.sittings import COUNCIL
from helpers.sittings import EVERY_SET
from helpers.sittings import LARGE
from helpers.sittings import rules_of
from helpers.sittings import SMALL
from plonegov.deliberations.domain.ballots import Electorate
from plonegov.deliberations.domain.errors import ClosedSessionNotAllowed
from plonegov.deliberations.domain.errors import ItemNotListed
from plonegov.deliberations.domain.errors import MemberNotEntitled
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.errors import RemoteNotAllowed
from plonegov.deliberations.domain.errors import RuleBroken
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.sessions import check_closed_part
from plonegov.deliberations.domain.sessions import check_place
from plonegov.deliberations.domain.sessions import check_remote
from plonegov.deliberations.domain.sessions import closed_by_law
from plonegov.deliberations.domain.sessions import closing
from plonegov.deliberations.domain.urgency import call_urgency
from plonegov.deliberations.domain.urgency import item_urgency

import pytest


def voters(present, **facts):
    return Electorate(frozenset(present), members=frozenset("abcdefghijk"), **facts)


@pytest.mark.parametrize(
    ("present", "in_favour", "declared", "needed"),
    [
        # CDLD L1122-24: two thirds at least of those present.
        ("abcdefghi", "abcdef", True, 6),
        ("abcdefghi", "abcde", False, 6),
        ("abcdefg", "abcde", True, 5),
        ("abcdefg", "abcd", False, 5),
        ("abc", "ab", True, 2),
        ("abc", "aab", True, 2),
        ("", "", False, 1),
    ],
)
def test_two_thirds_declare_an_item_urgent(present, in_favour, declared, needed):
    found = item_urgency(in_favour, voters(present), rules_of(COUNCIL))
    assert (found.finding.holds, found.finding.needed) == (declared, needed)
    assert found.finding.counted == len(set(in_favour))
    # Their names go into the minutes.
    assert found.names == tuple(sorted(set(in_favour)))
    sentence = "urgency_declared" if declared else "urgency_refused"
    assert [line.id for line in found.finding.trace] == [sentence]


@pytest.mark.parametrize(
    ("member", "facts", "reason"),
    [
        ("k", {}, "absent"),
        ("z", {}, "no_member"),
        ("k", {"represented": {"k": "a"}}, "absent"),
        ("k", {"recused": frozenset("k")}, "recused"),
    ],
)
def test_only_who_is_present_declares_an_urgency(member, facts, reason):
    with pytest.raises(MemberNotEntitled) as caught:
        item_urgency(["a", member], voters("abc", **facts), rules_of(COUNCIL))
    assert caught.value.context == {"member": member, "reason": reason}


def test_names_stay_out_of_the_minutes_where_the_law_wants_none():
    rules = rules_of(COUNCIL)
    unnamed = replace(rules, urgency=(replace(rules.urgency[0], named=False),))
    assert item_urgency("ab", voters("abc"), unnamed).names == ()


def test_a_college_adds_an_item_without_ado():
    # CDLD L1123-21: the Code asks for no agenda.
    found = item_urgency("", voters("abc"), rules_of(COLLEGE))
    assert (found.finding.holds, found.finding.needed) == (True, 0)
    assert found.finding.counted == 0
    assert [line.id for line in found.finding.trace] == ["item_free"]


@pytest.mark.parametrize("set_id", [SMALL, LARGE])
def test_what_is_not_on_a_french_agenda_waits(set_id):
    # CGCT L2121-10: the call lists the matters.
    with pytest.raises(ItemNotListed):
        item_urgency("abc", voters("abc"), rules_of(set_id))


@pytest.mark.parametrize(
    ("set_id", "law"),
    [
        # CGCT L2121-11 and -12: the council judges the urgency of the call.
        (SMALL, "cgct_l2121_11"),
        (LARGE, "cgct_l2121_12"),
        (COUNCIL, None),
        (COLLEGE, None),
    ],
)
def test_who_judges_the_urgency_of_a_call(set_id, law):
    line = call_urgency(rules_of(set_id))
    assert (line and line.law) == law


PERSONS = (
    Matter.PERSON,
    Matter.PRESENTATION,
    Matter.APPOINTMENT,
    Matter.STANDBY,
    Matter.SUSPENSION,
    Matter.DISMISSAL,
    Matter.DISCIPLINE,
)


@pytest.mark.parametrize("matter", Matter)
@pytest.mark.parametrize("set_id", EVERY_SET)
def test_what_is_about_a_person_is_not_public(set_id, matter):
    # CDLD L1122-21; L1123-20: a college is never public. The CGCT has no such rule.
    line = closed_by_law(matter, rules_of(set_id))
    expected = {COLLEGE: "closed_always", COUNCIL: "closed_by_matter"}.get(set_id)
    if set_id == COUNCIL and matter not in PERSONS:
        expected = None
    assert (line and line.id) == expected


#: Rule set, votes for it, members present, facts -> closed?, needed.
CLOSINGS = [
    # CDLD L1122-20: two thirds of the members present.
    (COUNCIL, 6, 9, {}, True, 6),
    (COUNCIL, 5, 9, {}, False, 6),
    (COUNCIL, 0, 0, {}, False, 1),
    (COUNCIL, 6, 9, {"represented": 3}, True, 6),
    # CGCT L2121-18: three members or the mayor ask; the majority of those present or
    # represented decides.
    (SMALL, 5, 9, {"asked_by": 3}, True, 5),
    (SMALL, 4, 8, {"asked_by": 3}, False, 5),
    (SMALL, 5, 9, {"president_asks": True}, True, 5),
    (LARGE, 5, 9, {"asked_by": 3, "represented": 1}, False, 6),
    (LARGE, 6, 9, {"asked_by": 3, "represented": 1}, True, 6),
]


@pytest.mark.parametrize(
    ("set_id", "in_favour", "present", "facts", "closed", "needed"), CLOSINGS
)
def test_a_body_may_exclude_the_public(
    set_id, in_favour, present, facts, closed, needed
):
    rules = rules_of(set_id)
    found = closing(Matter.ORDINARY, in_favour, present, rules, **facts)
    assert (found.holds, found.needed) == (closed, needed)
    sentence = "closed_by_decision" if closed else "closing_refused"
    assert [line.id for line in found.trace] == [sentence]


@pytest.mark.parametrize(
    ("set_id", "matter", "asked_by", "reason"),
    [
        # CDLD L1122-20: budget and accounts are always discussed in public.
        (COUNCIL, Matter.BUDGET, 9, "never"),
        (COUNCIL, Matter.ACCOUNTS, 9, "never"),
        # CGCT L2121-18.
        (SMALL, Matter.ORDINARY, 2, "not_asked"),
    ],
)
def test_a_session_is_not_closed_without_a_ground(set_id, matter, asked_by, reason):
    with pytest.raises(ClosedSessionNotAllowed) as caught:
        closing(matter, 9, 9, rules_of(set_id), asked_by=asked_by)
    assert caught.value.context == {"reason": reason}


@pytest.mark.parametrize(
    ("set_id", "matters", "over", "code"),
    [
        # CDLD L1122-21 and -22: persons, after the public part; discipline at any time.
        (COUNCIL, [Matter.PERSON], True, None),
        (COUNCIL, [Matter.PERSON], False, "closed_session_not_allowed"),
        (COUNCIL, [Matter.DISCIPLINE], False, None),
        (
            COUNCIL,
            [Matter.DISCIPLINE, Matter.PERSON],
            False,
            "closed_session_not_allowed",
        ),
        # CDLD L1122-20: whatever else is closed by two thirds of those present.
        (COUNCIL, [Matter.PERSON, Matter.ORDINARY], True, "session_vote_missing"),
        (COUNCIL, [], True, "session_vote_missing"),
        # CGCT L2121-18: always by a vote; CDLD L1123-20: a college is never public.
        (SMALL, [Matter.PERSON], True, "session_vote_missing"),
        (COLLEGE, [], False, None),
    ],
)
def test_the_closed_part_of_a_sitting_begins_by_law_or_by_a_vote(
    set_id, matters, over, code
):
    def check():
        check_closed_part(matters, rules_of(set_id), public_part_over=over)

    if code is None:
        check()
        return
    with pytest.raises(RuleBroken) as caught:
        check()
    assert caught.value.code == code


def test_nobody_asks_unless_somebody_says_so():
    rules = rules_of(SMALL)
    one = replace(rules.closed_session[0], asked_members=1)
    rules = replace(rules, closed_session=(one,))
    assert closing(Matter.ORDINARY, 9, 9, rules, asked_by=1).holds
    with pytest.raises(ClosedSessionNotAllowed):
        closing(Matter.ORDINARY, 9, 9, rules)


def test_a_college_has_nothing_to_decide_on_its_public():
    with pytest.raises(NoRuleInForce):
        closing(Matter.ORDINARY, 5, 5, rules_of(COLLEGE))


@pytest.mark.parametrize(
    ("set_id", "matter", "over", "refused"),
    [
        # CDLD L1122-22: the closed part comes last, but in disciplinary matters.
        (COUNCIL, Matter.APPOINTMENT, False, True),
        (COUNCIL, Matter.APPOINTMENT, True, False),
        (COUNCIL, Matter.DISCIPLINE, False, False),
        (COLLEGE, Matter.APPOINTMENT, False, False),
        (SMALL, Matter.APPOINTMENT, False, False),
    ],
)
def test_the_closed_part_comes_last(set_id, matter, over, refused):
    if not refused:
        check_place(matter, rules_of(set_id), public_part_over=over)
        return
    with pytest.raises(ClosedSessionNotAllowed) as caught:
        check_place(matter, rules_of(set_id), public_part_over=over)
    assert caught.value.context == {"reason": "public_part_first"}


#: Rule set, matter, extraordinary times -> the sentence, or why it is refused.
REMOTE = [
    # CDLD L6511-1: a council meets in person in ordinary times.
    (COUNCIL, Matter.ORDINARY, False, "ordinary"),
    (COUNCIL, Matter.ORDINARY, True, "remote_extraordinary"),
    (COLLEGE, Matter.ORDINARY, False, "remote_ordinary"),
    (COLLEGE, Matter.ORDINARY, True, "remote_extraordinary"),
    # Never discipline, with what is close to it, and hearings.
    *[
        (set_id, matter, True, "matter")
        for set_id in (COUNCIL, COLLEGE)
        for matter in (
            Matter.SUSPENSION,
            Matter.DISMISSAL,
            Matter.DISCIPLINE,
            Matter.HEARING,
        )
    ],
    (COLLEGE, Matter.DISCIPLINE, False, "matter"),
    # CGCT L2121-7: at the town hall, since 1 October 2021 without exception.
    (SMALL, Matter.ORDINARY, False, "ordinary"),
    (LARGE, Matter.ORDINARY, True, "ordinary"),
]


@pytest.mark.parametrize(("set_id", "matter", "extraordinary", "said"), REMOTE)
def test_who_may_sit_at_a_distance(set_id, matter, extraordinary, said):
    rules = rules_of(set_id)
    if said.startswith("remote_"):
        line = check_remote(matter, rules, extraordinary=extraordinary)
        assert line.id == said
        return
    with pytest.raises(RemoteNotAllowed) as caught:
        check_remote(matter, rules, extraordinary=extraordinary)
    assert caught.value.context == {"reason": said}
