"""Items of a demonstration as they are after so many steps, without each step's checks.

Nine hundred items would take minutes step by step. What a step leaves behind (the
state, who may do what, the log) is written by the same functions, in the same order.
"""

from collections.abc import Iterable
from DateTime import DateTime
from plone import api
from plonegov.core.api import now
from plonegov.core.records.events import log
from plonegov.core.records.keeping import free_key
from plonegov.core.records.keeping import keep
from plonegov.deliberations.adapters.democlock import set_to
from plonegov.deliberations.api import bodies
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.demo import Pool
from plonegov.deliberations.domain.demo import texts
from plonegov.deliberations.domain.demo import Topic
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.states import Preset

import datetime as dt


#: Who does a step; the others are the secretary's.
ACTORS = {
    ItemTransition.PROPOSE: "service",
    ItemTransition.REVIEW_1: "reviewer",
    ItemTransition.REVIEW_2: "reviewer",
}
SECRETARY = "secretary"

#: How an item comes to the secretary, by the preset of its body.
REVIEWS = {
    Preset.SMALL: (),
    Preset.REVIEWED: (ItemTransition.REVIEW_1,),
    Preset.TWO_LEVELS: (ItemTransition.REVIEW_1, ItemTransition.REVIEW_2),
}

#: The services of items whose topic names none, and of those that the works prepare.
SERVICE, WORKS = "population", "works"


def listed(meeting: Meeting, topic: Topic, pool: Pool, number: int) -> Item:
    """Return an item that stands on a meeting's agenda since it was fixed, two days
    before the sitting; its row and its index are still to come.

    :param number: makes like topics differ.
    """
    preset = Preset(bodies.get(meeting.body).preset)
    days = 20 + number % 15
    set_to(meeting.starts - dt.timedelta(days=days, hours=number % 9))
    item = _kept(meeting, topic, pool, number)
    log(item, "drafted", who=item.proposer)
    _state(item, "drafted", "", item.proposer)
    ways = (ItemTransition.PROPOSE, *REVIEWS[preset], ItemTransition.VALIDATE)
    for place, step in enumerate(ways):
        set_to(meeting.starts - dt.timedelta(days=18 - place, hours=number % 7))
        walk(item, [step])
    set_to(meeting.starts - dt.timedelta(days=11, hours=2))
    walk(item, [ItemTransition.PRESENT], meeting=meeting.getId())
    log(meeting, "item_added", who=SECRETARY, item=item.getId())
    return item


def freeze(item: Item) -> None:
    """Fix an item with its agenda."""
    item.drafted = {"motivation": item.motivation, "decision": item.decision}
    walk(item, [ItemTransition.FREEZE])
    secure(item)


def walk(item: Item, steps: Iterable[str], **details: str) -> None:
    """Bring an item some steps further, as its workflow goes, at the clock's time; it
    is ``secure`` after its last step only.

    :param details: what the log says of them.
    """
    workflow = api.portal.get_tool("portal_workflow")[item.workflow]
    for step in steps:
        who = ACTORS.get(ItemTransition(step), SECRETARY)
        _state(item, workflow.transitions[str(step)].new_state_id, str(step), who)
        log(item, str(step), who=who, **details)
    item.changed = now()


def secure(item: Item) -> None:
    """Let people do with an item what its workflow says of its state, and index it."""
    workflow = api.portal.get_tool("portal_workflow")[item.workflow]
    workflow.updateRoleMappingsFor(item)
    item.reindexObject()


def _state(item: Item, state: str, action: str, who: str) -> None:
    status = {
        "action": action or None,
        "review_state": state,
        "actor": who,
        "comments": "",
        "time": DateTime(now()),
    }
    tool = api.portal.get_tool("portal_workflow")
    tool.setStatusOf(item.workflow, item, status)


def _kept(meeting: Meeting, topic: Topic, pool: Pool, number: int) -> Item:
    container, body = meeting.aq_parent, bodies.get(meeting.body)
    item = Item(
        id=free_key(container.records),
        body=body.getId(),
        workflow=bodies.workflow(body),
        proposer="service",
        service=topic.service or SERVICE,
        category=topic.category,
        privacy=topic.privacy,
        matter=topic.matter,
        amount=topic.amount,
        meeting=meeting.getId(),
        changed=now(),
        **texts(topic, pool, number, meeting.starts.year),
    )
    return keep(container, item)
