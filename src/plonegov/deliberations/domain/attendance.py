"""Who was there when: a log of arrivals and departures, and what it says of each item.

The log is a set: its order means nothing. A member is there from an arrival on and not
any more from a departure on, at the very time. Where an arrival and a departure bear
the same time the member counts as not present: a quorum must never rest on a doubt.
"""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from plonegov.deliberations.domain.model import check_aware
from plonegov.deliberations.domain.model import Interest


class Movement(StrEnum):
    """What a member does."""

    ARRIVED = "arrived"
    LEFT = "left"


@dataclass(frozen=True)
class Entry:
    """One movement of a member, at a time with its time zone."""

    at: datetime
    member: str
    movement: Movement

    def __post_init__(self) -> None:
        check_aware(self.at)


@dataclass(frozen=True)
class Recusal:
    """A member who takes no part in one item, and why."""

    member: str
    item: str
    interest: Interest


@dataclass(frozen=True)
class Slot:
    """When an item was opened, and when it was voted on or left."""

    item: str
    opened: datetime
    closed: datetime

    def __post_init__(self) -> None:
        check_aware(self.opened, self.closed)


@dataclass(frozen=True)
class Attendance:
    """The log of a sitting; ``excused`` announced that they would not come."""

    entries: frozenset[Entry] = frozenset()
    excused: frozenset[str] = frozenset()
    recusals: frozenset[Recusal] = frozenset()


@dataclass(frozen=True)
class Presence:
    """Who was in the room for an item: when it was opened, and when it was voted on."""

    slot: Slot
    at_opening: frozenset[str]
    at_vote: frozenset[str]
    recused: Mapping[str, Interest] = field(default_factory=dict)

    @property
    def took_part(self) -> frozenset[str]:
        """Who was there for the vote and not barred from it."""
        return self.at_vote - set(self.recused)


@dataclass(frozen=True)
class Step:
    """What the minutes say before and in an item: who came in and who went out since
    the vote on the previous item, who did so during the item, and who withdrew from
    it because of an interest. Members are sorted."""

    item: str
    came: tuple[str, ...]
    left: tuple[str, ...]
    came_during: tuple[str, ...]
    left_during: tuple[str, ...]
    withdrew: tuple[str, ...]


@dataclass(frozen=True)
class Roll:
    """A sitting's list of members, each sorted; who came at all is ``present``."""

    present: tuple[str, ...]
    excused: tuple[str, ...]
    absent: tuple[str, ...]


def present_at(log: Attendance, moment: datetime) -> frozenset[str]:
    """Return who was in the room at a moment."""
    last: dict[str, datetime] = {}
    for entry in log.entries:
        if entry.at <= moment:
            last[entry.member] = max(entry.at, last.get(entry.member, entry.at))
    return frozenset(
        member
        for member, at in last.items()
        if Entry(at, member, Movement.LEFT) not in log.entries
    )


def presence(log: Attendance, slot: Slot) -> Presence:
    """Return who was there for an item."""
    return Presence(
        slot=slot,
        at_opening=present_at(log, slot.opened),
        at_vote=present_at(log, slot.closed),
        recused={
            one.member: one.interest
            for one in sorted(log.recusals, key=_strictness)
            if one.item == slot.item
        },
    )


def steps(log: Attendance, slots: Iterable[Slot]) -> tuple[Step, ...]:
    """Return what the minutes say of comings and goings, for the items in the order in
    which they were opened. Who withdraws from an item neither leaves nor comes back,
    unless he or she stays away afterwards."""
    found: list[Step] = []
    room: frozenset[str] | None = None
    for slot in sorted(slots, key=lambda slot: slot.opened):
        now = presence(log, slot)
        before = now.at_opening if room is None else room
        here = now.at_opening | (before & set(now.recused))
        room = now.at_vote | (here & set(now.recused))
        found.append(
            Step(
                item=slot.item,
                came=_sorted(here - before),
                left=_sorted(before - here),
                came_during=_sorted(room - here),
                left_during=_sorted(here - room),
                withdrew=_sorted((here | room) & set(now.recused)),
            )
        )
    return tuple(found)


def roll(log: Attendance, members: Collection[str], slots: Iterable[Slot]) -> Roll:
    """Return who of the members was there for an item at least, excused, or absent."""
    came = frozenset(
        member
        for slot in slots
        for moment in (slot.opened, slot.closed)
        for member in present_at(log, moment)
    )
    away = set(members) - came
    return Roll(
        present=tuple(sorted(came & set(members))),
        excused=tuple(sorted(away & log.excused)),
        absent=tuple(sorted(away - log.excused)),
    )


def _strictness(recusal: Recusal) -> int:
    """The first interest is the strictest: of two of a member, it is the one kept."""
    return -list(Interest).index(recusal.interest)


def _sorted(members: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(members))
