"""Registers: numbers without holes, kept for good."""

from plonegov.core.registers import register
from plonegov.core.registers.errors import EntryCancelled
from plonegov.core.registers.errors import EntryUnknown
from plonegov.core.registers.errors import ReasonOfEntryMissing
from plonegov.core.registers.register import Register

import pytest


YEAR = 2026


@pytest.fixture
def council(portal):
    return Register("council")


def numbers(entries):
    return [(entry.number, entry.about, entry.cancelled) for entry in entries]


def test_numbers_follow_one_another_in_each_register_and_year(council):
    given = [council.allocate(YEAR, f"uid-{each}", "d") for each in "abc"]
    assert [entry.number for entry in given] == [1, 2, 3]
    assert council.allocate(YEAR + 1, "uid-d", "d").number == 1
    assert Register("college").allocate(YEAR, "uid-e", "d").number == 1
    assert sorted(register.names()) == ["college", "council"]


def test_reading_an_empty_register_writes_nothing(portal, council):
    assert list(council.entries(YEAR)) == []
    assert council.problems(YEAR) == []
    assert register.names() == []
    with pytest.raises(EntryUnknown):
        council.get(YEAR, 1)


def test_a_cancelled_number_is_kept_with_its_reason_and_never_given_again(council):
    council.allocate(YEAR, "uid-a", "d")
    council.allocate(YEAR, "uid-b", "d")
    council.cancel(YEAR, 2, " Vote to be held again ")
    assert council.allocate(YEAR, "uid-b", "d").number == 3
    assert numbers(council.entries(YEAR)) == [
        (1, "uid-a", False),
        (2, "uid-b", True),
        (3, "uid-b", False),
    ]
    assert council.get(YEAR, 2).reason == "Vote to be held again"
    assert council.problems(YEAR) == []
    for change in (council.cancel, lambda *call: council.rectify(*call[:2], "e", "x")):
        with pytest.raises(EntryCancelled):
            change(YEAR, 2, "again")


def test_a_clerical_error_is_rectified_under_the_same_number(council):
    council.allocate(YEAR, "uid-a", "first")
    entry = council.rectify(YEAR, 1, "second", "Name misspelt")
    assert (entry.number, entry.version, entry.digest) == (1, 2, "second")
    first, second = council.versions(YEAR, 1)
    assert (first.digest, first.reason) == ("first", "")
    assert second == council.get(YEAR, 1)
    assert [each.version for each in council.entries(YEAR)] == [2]


@pytest.mark.parametrize("reason", ["", "  "])
def test_neither_goes_without_a_reason(council, reason):
    council.allocate(YEAR, "uid-a", "d")
    with pytest.raises(ReasonOfEntryMissing):
        council.cancel(YEAR, 1, reason)
    with pytest.raises(ReasonOfEntryMissing):
        council.rectify(YEAR, 1, "e", reason)
    assert len(council.versions(YEAR, 1)) == 1


def test_a_hole_is_found(council):
    for each in "abc":
        council.allocate(YEAR, f"uid-{each}", "d")
    year = council._year(YEAR)
    del year.versions[2]
    year.versions[9] = year.versions[3]
    assert council.problems(YEAR) == [
        "council 2026: number 2 is missing.",
        "council 2026: 9 comes after the last.",
    ]
