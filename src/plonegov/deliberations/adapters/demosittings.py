"""Sittings of a demonstration: planned, called, opened."""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from plonegov.deliberations.adapters import demoitems
from plonegov.deliberations.adapters import demopeople
from plonegov.deliberations.adapters.democlock import set_to
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import meetings
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import insert
from plonegov.deliberations.domain.agenda import Row
from plonegov.deliberations.domain.demo import People
from plonegov.deliberations.domain.demo import Pool
from plonegov.deliberations.domain.demo import Topic


#: Minutes from the call of an item to the call of the next one.
PACE = 4
#: Items of the closed session.
CLOSED = 2


@dataclass(frozen=True)
class Scene:
    """Where, by whom and on what a demonstration's sittings are held."""

    body: Body
    pool: Pool
    people: People
    place: str

    def topics(self, number: int, count: int) -> list[tuple[int, Topic]]:
        """Return the topics of a sitting with the numbers that make them differ: the
        minutes, those of the open session, and the last ones of the closed one."""
        opened, closed = self.pool.of_privacy("open"), self.pool.of_privacy("closed")
        last = min(len(closed), CLOSED)
        first = number * count
        found = [(first, self.pool.minutes)]
        for turn in range(first + 1, first + count - last):
            found.append((turn, opened[turn % len(opened)]))
        return found + [(first + count - last + n, closed[n]) for n in range(last)]


@dataclass(frozen=True)
class Called:
    """A sitting whose agenda is fixed: the items by their order on it, each with the
    number and the topic that it was made of."""

    meeting: Meeting
    items: tuple[tuple[Item, int, Topic], ...]


def plan(scene: Scene, starts: datetime) -> Meeting:
    """Plan a sitting five weeks before; who presides and who keeps the minutes is known."""
    set_to(starts - timedelta(days=36))
    day = starts.date()
    values = {
        "starts": starts,
        "place": scene.place,
        "president": bodies.members(scene.body, day)[0].UID(),
        "keeper": demopeople.keeper(scene.people, day),
    }
    return meetings.plan(scene.body.getId(), values)


def call(scene: Scene, starts: datetime, number: int, count: int) -> Called:
    """Return the sitting of a number whose agenda of so many items is fixed."""
    meeting = plan(scene, starts)
    made = {}
    for turn, topic in scene.topics(number, count):
        item = demoitems.listed(meeting, topic, scene.pool, turn)
        made[item.getId()] = (item, turn, topic)
    rows = _rows(scene.body, [item for item, *_rest in made.values()])
    meeting.agenda.keep(rows)
    set_to(starts - timedelta(days=10))
    meetings.change(meeting, "convene")
    set_to(starts - timedelta(days=2))
    for item, *_rest in made.values():
        demoitems.freeze(item)
    meetings.change(meeting, "freeze")
    return Called(meeting, tuple(made[row.key] for row in rows))


def open_sitting(scene: Scene, meeting: Meeting, number: int) -> dict[str, int]:
    """Open a sitting and note who comes: one is excused, one comes late.

    Returns the groups of those who come.
    """
    starts = meeting.starts
    set_to(starts)
    meetings.change(meeting, "open")
    groups = demopeople.groups_of(scene.body, scene.people, starts.date())
    members = list(groups)
    away, late = members[-1 - number % 5], members[-6 - number % 4]
    attendance.excuse(meeting, away)
    for place, member in enumerate(members):
        if member not in (away, late):
            at = starts - timedelta(minutes=5 + place % 20)
            attendance.arrive(meeting, member, at)
    set_to(starts + timedelta(minutes=3 * PACE))
    attendance.arrive(meeting, late)
    return {member: group for member, group in groups.items() if member != away}


def called_at(meeting: Meeting, place: int) -> datetime:
    """Return when the item at a place of the agenda, from 0, is called."""
    return meeting.starts + timedelta(minutes=10 + PACE * place)


def _rows(body: Body, items: list[Item]) -> tuple[Row, ...]:
    rows: tuple[Row, ...] = ()
    held = {item.getId(): item.listed for item in items}
    for key in held:
        rows = insert(rows, held, key, bodies.order(body))
    return rows
