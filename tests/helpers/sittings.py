"""A sitting in a few words: members by letter, who is there, what the law says."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plonegov.deliberations.domain.attendance import Presence
from plonegov.deliberations.domain.attendance import Slot
from plonegov.deliberations.domain.ballots import OpenBallot
from plonegov.deliberations.domain.ballots import Vote
from plonegov.deliberations.domain.cases import Case
from plonegov.deliberations.domain.model import Choice
from plonegov.deliberations.domain.rulereading import rule_set
from typing import Any


DAY = date(2026, 11, 26)
COUNCIL, COLLEGE = "be-wal-council", "be-wal-college"
SMALL, LARGE = "fr-under-3500", "fr-3500-and-over"
EVERY_SET = (COLLEGE, COUNCIL, LARGE, SMALL)
#: Eleven members in office: six are more than half.
MEMBERS = frozenset("abcdefghijk")
LETTERS = {
    "+": Choice.FOR,
    "-": Choice.AGAINST,
    "o": Choice.ABSTAIN,
}


def rules_of(set_id: str, day: date = DAY):
    return rule_set(set_id).on(day)


def at(minutes: int) -> datetime:
    """Return a time of the evening of the sitting, in minutes after eight."""
    begin = datetime(2026, 11, 26, 20, 0, tzinfo=timezone(timedelta(hours=1)))
    return begin + timedelta(minutes=minutes)


def presence_of(present: str, left: str = "", recused: dict | None = None) -> Presence:
    """Return who is there when an item is opened, but for some who left at the vote."""
    there = frozenset(present)
    return Presence(
        Slot("item", at(10), at(20)), there, there - frozenset(left), recused or {}
    )


def case_of(present: str, recused: dict | None = None, **facts: Any) -> Case:
    members = facts.pop("members", MEMBERS)
    left = facts.pop("left", "")
    return Case(frozenset(members), presence_of(present, left, recused), **facts)


def votes(text: str, named: bool = False) -> OpenBallot:
    """Return an open ballot from ``"a+ b- co"``."""
    return OpenBallot(
        tuple(Vote(word[0], LETTERS[word[1]]) for word in text.split()), named
    )
