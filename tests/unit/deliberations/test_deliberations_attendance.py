"""Who was there when: the log of a sitting, and what the minutes say of it."""

from datetime import datetime
from helpers.sittings import at
from hypothesis import given
from hypothesis import strategies as st
from plonegov.deliberations.domain.attendance import Attendance
from plonegov.deliberations.domain.attendance import Entry
from plonegov.deliberations.domain.attendance import Movement
from plonegov.deliberations.domain.attendance import presence
from plonegov.deliberations.domain.attendance import present_at
from plonegov.deliberations.domain.attendance import Recusal
from plonegov.deliberations.domain.attendance import Roll
from plonegov.deliberations.domain.attendance import roll
from plonegov.deliberations.domain.attendance import Slot
from plonegov.deliberations.domain.attendance import Step
from plonegov.deliberations.domain.attendance import steps
from plonegov.deliberations.domain.model import Interest

import pytest


WAYS = {"+": Movement.ARRIVED, "-": Movement.LEFT}
#: Three items: 20:00 to 20:10, 20:10 to 20:20, 20:20 to 20:30.
SLOTS = [Slot(f"item-{n}", at(10 * n), at(10 * n + 9)) for n in (0, 1, 2)]


def log(text, recusals=(), excused=""):
    """Return a log from ``"a+0 b+5 a-12"``: member, way, minutes after eight."""
    entries = [
        Entry(at(int(word[2:])), word[0], WAYS[word[1]]) for word in text.split()
    ]
    return Attendance(frozenset(entries), frozenset(excused), frozenset(recusals))


def recusal(member, item, interest=Interest.PERSONAL):
    return Recusal(member, f"item-{item}", interest)


@pytest.mark.parametrize(
    ("entries", "minute", "there"),
    [
        ("", 0, ""),
        ("a+5", 4, ""),
        ("a+5", 5, "a"),
        ("a+5 a-8", 7, "a"),
        ("a+5 a-8", 8, ""),
        ("a+5 a-8 a+9", 9, "a"),
        # Twice the same is no harm; a departure that nobody noted is none.
        ("a+5 a+6", 7, "a"),
        ("a-3 b+5", 7, "b"),
        # In doubt: not present.
        ("a+5 a-5", 5, ""),
        ("a+5 a-5", 9, ""),
        ("a+1 a-5 a+5", 6, ""),
        ("a+5 a-5 a+7", 7, "a"),
    ],
)
def test_who_is_there_at_a_moment(entries, minute, there):
    assert present_at(log(entries), at(minute)) == frozenset(there)


movements = st.lists(
    st.builds(
        Entry,
        at=st.integers(0, 6).map(at),
        member=st.sampled_from("abc"),
        movement=st.sampled_from(Movement),
    ),
    max_size=12,
)


@given(movements, st.data())
def test_entries_give_the_same_result_in_any_order(entries, data):
    mixed = data.draw(st.permutations(entries))
    recused = frozenset([recusal("a", 0), recusal("b", 1)])
    logs = [
        Attendance(frozenset(order), frozenset("c"), recused)
        for order in (entries, mixed)
    ]
    assert steps(logs[0], SLOTS) == steps(logs[1], reversed(SLOTS))
    assert roll(logs[0], "abc", SLOTS) == roll(logs[1], "cba", SLOTS)


@given(movements, st.integers(0, 6))
def test_who_is_there_has_arrived_and_not_left_since(entries, minute):
    found = present_at(Attendance(frozenset(entries)), at(minute))
    for member in "abc":
        times = {
            way: [
                one.at
                for one in entries
                if (one.member, one.movement) == (member, way) and one.at <= at(minute)
            ]
            for way in Movement
        }
        arrived = max(times[Movement.ARRIVED], default=None)
        left = max(times[Movement.LEFT], default=None)
        came_last = arrived is not None and (left is None or arrived > left)
        assert (member in found) == came_last


def test_an_item_has_those_who_were_there_when_it_was_opened_and_voted_on():
    found = presence(log("a+0 b+0 b-13 c+15 d+0", [recusal("d", 1)]), SLOTS[1])
    assert found.slot.item == "item-1"
    assert found.at_opening == frozenset("abd")
    assert found.at_vote == frozenset("acd")
    assert found.recused == {"d": Interest.PERSONAL}
    assert found.took_part == frozenset("ac")


def test_a_recusal_holds_for_its_item_only():
    there = log("a+0 b+0", [recusal("a", 1)])
    parts = [presence(there, slot).took_part for slot in SLOTS]
    assert parts == [frozenset("ab"), frozenset("b"), frozenset("ab")]


def test_of_two_interests_the_strictest_is_kept():
    # A representative leaves the quorum's base, a personal interest does not.
    both = [recusal("a", 0, one) for one in reversed(Interest)]
    assert presence(log("a+0", both), SLOTS[0]).recused == {"a": Interest.PERSONAL}


def test_the_minutes_say_who_came_and_who_left_before_which_item():
    found = steps(log("a+0 b+0 c+9 b-10 d+15 a-25"), SLOTS)
    assert found == (
        Step("item-0", (), (), ("c",), (), ()),
        Step("item-1", (), ("b",), ("d",), (), ()),
        Step("item-2", (), (), (), ("a",), ()),
    )


def test_who_comes_between_two_items_came_before_the_second():
    gap = [Slot("first", at(0), at(5)), Slot("second", at(15), at(20))]
    found = steps(log("a+0 b+10 a-7"), gap)
    assert found[1] == Step("second", ("b",), ("a",), (), (), ())


def test_items_are_told_in_the_order_in_which_they_were_opened():
    found = steps(log("a+0"), [SLOTS[2], SLOTS[0], SLOTS[1]])
    assert [step.item for step in found] == ["item-0", "item-1", "item-2"]
    assert steps(log("a+0"), []) == ()


@pytest.mark.parametrize(
    ("entries", "left_later"),
    [
        ("a+0 b+0", ()),
        ("a+0 b+0 b-10 b+20", ()),
        ("a+0 b+0 b-12 b+19", ()),
        ("a+0 b+0 b-10", ("b",)),
        ("a+0 b+0 b-12", ("b",)),
    ],
)
def test_who_withdraws_neither_leaves_nor_comes_back(entries, left_later):
    # CDLD L1122-19: out of the room; the minutes say that the member withdrew.
    found = steps(log(entries, [recusal("b", 1)]), SLOTS)
    assert found[1] == Step("item-1", (), (), (), (), ("b",))
    assert found[2] == Step("item-2", (), left_later, (), (), ())


def test_who_comes_during_an_item_may_withdraw_from_it_all_the_same():
    found = steps(log("a+0 b+15", [recusal("b", 1)]), SLOTS)
    assert found[1] == Step("item-1", (), (), ("b",), (), ("b",))
    assert found[2] == Step("item-2", (), (), (), (), ())


def test_who_is_not_there_withdraws_from_nothing():
    found = steps(log("a+0", [recusal("b", 1)]), SLOTS)
    assert found[1].withdrew == ()


def test_the_list_of_members_tells_present_excused_and_absent():
    there = log("a+5 b+0 b-3 x+0 c+40", excused="bcd")
    found = roll(there, "dcbae", SLOTS)
    assert found == Roll(present=("a", "b"), excused=("c", "d"), absent=("e",))


def test_who_left_before_the_first_item_was_absent():
    assert roll(log("a+0 a-1"), "a", [Slot("late", at(5), at(9))]).absent == ("a",)


@pytest.mark.parametrize(
    "make",
    [
        lambda naive: Entry(naive, "a", Movement.LEFT),
        lambda naive: Slot("item", naive, at(0)),
        lambda naive: Slot("item", at(0), naive),
    ],
)
def test_a_time_needs_its_time_zone(make):
    with pytest.raises(ValueError, match="time zone"):
        make(datetime(2026, 11, 26, 20, 0))
