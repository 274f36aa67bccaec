"""What a demonstration has to do: a sitting that is on, one in preparation, the college."""

from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from plone import api
from plonegov.core.api import now
from plonegov.deliberations.adapters.democlock import set_to
from plonegov.deliberations.adapters.demoitems import ACTORS
from plonegov.deliberations.adapters.demoitems import REVIEWS
from plonegov.deliberations.adapters.demoitems import SECRETARY
from plonegov.deliberations.adapters.demosittings import call
from plonegov.deliberations.adapters.demosittings import called_at
from plonegov.deliberations.adapters.demosittings import open_sitting
from plonegov.deliberations.adapters.demosittings import plan
from plonegov.deliberations.adapters.demosittings import Scene
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import items
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import votes
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.advices import Opinion
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.demo import exceptions
from plonegov.deliberations.domain.demo import texts
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.states import Preset


#: Items of a sitting that is on, and how many of them are decided.
ITEMS, DECIDED = 20, 5
WORKS, POPULATION = "works", "population"
RETURNED = "Démonstration : merci de joindre le plan de situation."
OPINION = "Démonstration : sans remarque pour le service."


@dataclass(frozen=True)
class Step:
    """How far an item of the works is: its state, and whether advice was asked
    (``asked``) or given (``given``)."""

    state: ItemState
    advice: str = ""


#: The items of the works for the meeting in preparation.
PREPARED = (
    Step(ItemState.DRAFTED),
    Step(ItemState.DRAFTED, "asked"),
    Step(ItemState.PROPOSED, "asked"),
    Step(ItemState.PROPOSED),
    Step(ItemState.REVIEWED_1, "given"),
    Step(ItemState.VALIDATED),
    Step(ItemState.VALIDATED, "given"),
    Step(ItemState.PRESENTED),
    Step(ItemState.PRESENTED),
    Step(ItemState.PRESENTED, "given"),
    Step(ItemState.PRESENTED),
    Step(ItemState.RETURNED),
)


def sit(scene: Scene, starts: datetime, number: int) -> Meeting:
    """Return a sitting that is on: its first items are decided, the public reads the
    drafts of all."""
    called = call(scene, starts, number, ITEMS)
    meeting = called.meeting
    set_to(starts - timedelta(days=9))
    for item, *_rest in called.items:
        if item.privacy == Privacy.OPEN:
            publishing.prepare(item, item.title, item.motivation + item.decision)
            publishing.confirm(item)
    groups = open_sitting(scene, meeting, number)
    for place, (item, turn, topic) in enumerate(called.items[:DECIDED]):
        at = called_at(meeting, place)
        set_to(at)
        attendance.open_item(meeting, item)
        set_to(at + timedelta(minutes=3))
        there = attendance.presence_of(meeting, item, now()).took_part
        others = exceptions(topic.trend, _of(groups, there), turn)
        votes.hold(item, {"mode": "show_of_hands", "exceptions": others})
        refused = item.ballots.rows[-1]["carried"] is False
        step = ItemTransition.REFUSE if refused else ItemTransition.ACCEPT
        items.change(item, step)
    return meeting


def prepare(scene: Scene, starts: datetime, number: int, today: date) -> Meeting:
    """Return a meeting in preparation, with items in all states and advices."""
    meeting = plan(scene, starts)
    works = [topic for topic in scene.pool.topics if topic.service == WORKS]
    for place, step in enumerate(PREPARED):
        topic, turn = works[place % len(works)], number + place
        given = {
            "category": topic.category,
            "matter": topic.matter,
            "amount": topic.amount,
            "wish": meeting.getId(),
            **texts(topic, scene.pool, turn, starts.year),
        }
        set_to(now() + timedelta(hours=5))
        _bring(scene.body.getId(), given, step, meeting, today)
    return meeting


def week(scene: Scene, starts: datetime) -> Meeting:
    """Return a coming meeting of the college, with two items on its agenda."""
    meeting = plan(scene, starts)
    set_to(starts - timedelta(days=6))
    works = [topic for topic in scene.pool.topics if topic.service == WORKS]
    if scene.body.preset == Preset.TWO_LEVELS:
        return meeting  # who reviews there is not among the accounts
    for place in (1, 2):
        topic = works[-place]
        given = {
            "category": topic.category,
            "matter": topic.matter,
            **texts(topic, scene.pool, place, starts.year),
        }
        step = Step(ItemState.PRESENTED)
        _bring(scene.body.getId(), given, step, meeting, starts.date())
    return meeting


def _bring(
    body: str, given: Mapping[str, str], step: Step, meeting: Meeting, today: date
) -> None:
    """Draft an item and bring it as far as a step says, each one doing his part."""
    with _as("service"):
        item = items.draft(body, WORKS, given)
        if step.advice:
            due = today + timedelta(days=10)
            advice = parts.ask(item, POPULATION, due=due)
    if step.advice == "given":
        with _as("clerk"):
            parts.give(advice, str(Opinion.FAVOURABLE), OPINION)
    on_agenda = step.state in (ItemState.PRESENTED, ItemState.RETURNED)
    _to(item, ItemState.VALIDATED if on_agenda else step.state)
    if on_agenda:
        agenda.present(item, meeting)
    if step.state is ItemState.RETURNED:
        items.change(item, ItemTransition.RETURN_TO_SERVICE, reason=RETURNED)


def _to(item: Item, wanted: ItemState) -> None:
    """Review an item until it is in a state, or validated."""
    preset = next(each for each in Preset if each.workflow == item.workflow)
    ways = (ItemTransition.PROPOSE, *REVIEWS[preset], ItemTransition.VALIDATE)
    for step in ways:
        if item.state != wanted:
            with _as(ACTORS.get(step, SECRETARY)):
                items.change(item, step)


def _of(groups: Mapping[str, int], there: frozenset[str]) -> dict[str, int]:
    return {member: group for member, group in groups.items() if member in there}


@contextmanager
def _as(who: str) -> Iterator[None]:
    with api.env.adopt_user(username=who):
        yield
