"""What happens at each transition of an item, meeting or advice, however it is fired."""

from Acquisition import aq_base
from collections.abc import Callable
from collections.abc import Mapping
from plone import api
from plonegov.core.api import now
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.records.events import log
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import convening
from plonegov.deliberations.api import law
from plonegov.deliberations.api import numbering
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import recurring
from plonegov.deliberations.api import ruled
from plonegov.deliberations.api import sending
from plonegov.deliberations.api import store
from plonegov.deliberations.api.itemfacts import facts_of
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.api.sittings import meeting_facts
from plonegov.deliberations.content.advice import Advice
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.lives import item_of
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.advices import check_advice_step
from plonegov.deliberations.domain.convening import About
from plonegov.deliberations.domain.itemrules import check_item_step
from plonegov.deliberations.domain.meetingrules import check_meeting_step
from plonegov.deliberations.domain.publishing import WhyWithdrawn
from plonegov.deliberations.domain.states import AdviceTransition
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import MeetingTransition
from plonegov.deliberations.domain.states import READ_BY_MEMBERS
from typing import Any


Data = Mapping[str, Any]

#: The permission of who makes bodies and their containers.
SET_UP = "plonegov: Add body"


def keep_place(content: Any, event) -> None:
    """Refuse to delete, rename or move the containers of deliberations and their bodies:
    records know them by their ids. Who sets up the machine may.

    :raises ActionNotAllowed: for a manager of the Zope root only.
    """
    leaves = event.oldParent is not None and aq_base(event.object) is aq_base(content)
    if leaves and not api.user.has_permission(SET_UP, obj=content):
        raise ActionNotAllowed()


def before_item(item: Item, event) -> None:
    """Refuse a transition of an item that breaks a rule.

    :raises PlonegovError: named after the broken rule.
    """
    if event.transition is not None:
        data, step = event.kwargs or {}, event.transition.id
        # Another meeting is named by who puts an item on its agenda, and else by nobody.
        wanted = data.get("meeting", "") if step == ItemTransition.PRESENT else ""
        check_item_step(step, facts_of(item, str(wanted)), data)


def after_item(item: Item, event) -> None:
    """Keep the agenda, the log and the copies in step with an item's state."""
    if event.transition is None:
        return
    step, data = event.transition.id, event.kwargs or {}
    parts.secure_all(item)
    if step in ITEM_STEPS:
        ITEM_STEPS[step](item, data)
    kept = {name: data[name] for name in ("reason", "meeting") if data.get(name)}
    touch(item, step, **kept)
    if step in (ItemTransition.PRESENT, ItemTransition.RESUBMIT):
        _follow_meeting(item)


def before_meeting(meeting: Meeting, event) -> None:
    """Refuse a transition of a meeting that breaks a rule.

    :raises PlonegovError: named after the broken rule.
    """
    if event.transition is None:
        return
    step = event.transition.id
    check_meeting_step(step, meeting_facts(meeting), event.kwargs or {})
    if step == MeetingTransition.CONVENE:
        law.check_convocation(meeting)


def after_meeting(meeting: Meeting, event) -> None:
    """Keep the items, the register and the log in step with a meeting's state."""
    if event.transition is None:
        recurring.join(meeting)
        return
    step, data = event.transition.id, event.kwargs or {}
    if event.old_state.id in READ_BY_MEMBERS:
        meeting.announced = meeting.when_and_where
    log(meeting, step, **({"reason": data["reason"]} if data.get("reason") else {}))
    meeting.reindexObject()
    if step in MEETING_STEPS:
        MEETING_STEPS[step](meeting, data)


def before_advice(advice: Advice, event) -> None:
    """Refuse a transition of an advice that breaks a rule.

    :raises PlonegovError: named after the broken rule.
    """
    if event.transition is None:
        return
    step, data, item = event.transition.id, event.kwargs or {}, item_of(advice)
    check_advice_step(step, bool(advice.by_rule), data)
    if step == AdviceTransition.ASK_AGAIN and item.state in ENDS:
        raise ActionNotAllowed(action=step, state=item.state)


def after_advice(advice: Advice, event) -> None:
    """Keep what was advised, who reads it, and the item's log."""
    if event.transition is None:
        return
    step, data = event.transition.id, event.kwargs or {}
    if step == AdviceTransition.GIVE:
        advice.opinion, advice.text = str(data["opinion"]), str(data.get("text", ""))
        advice.given = now()
    elif step == AdviceTransition.ASK_AGAIN:
        row = (advice.given.isoformat(), advice.opinion, advice.text)
        advice.former = (*advice.former, row)
        advice.opinion, advice.text, advice.given = "", "", None
        advice.told = None
    parts.secure(advice)
    touch(item_of(advice), f"advice_{step}", adviser=advice.adviser)


def mail_settled(event) -> None:
    """Keep the proof that a member was reached, or why not."""
    convening.note(event.key, event.about, event.refused, event.kept)


def nobodys(content, event) -> None:
    """Give who adds a mandate, a function or a template no rights of an owner: they are
    changed by the pages of deliberations only."""
    content.manage_delLocalRoles([who for who, _roles in content.get_local_roles()])


def ask_advices(event) -> None:
    """Ask for the advices that a rule wants of an item that changed after its service
    proposed it: its amount may be another one."""
    item = event.record
    if isinstance(item, Item) and item.state not in (ItemState.DRAFTED, *ENDS):
        ruled.ask(item)


def keep_public(event) -> None:
    """Let what the public reads follow a change of an item, its annexes or its meeting."""
    record = event.record
    if isinstance(record, Meeting):
        publishing.follow_meeting(record)
    else:
        publishing.follow_item(record)


def _presented(item: Item, data: Data) -> None:
    meeting = store.meeting(data["meeting"])
    item.meeting, item.wish = meeting.getId(), ""
    item.late = meeting.state in (MeetingState.FROZEN, MeetingState.SITTING)
    agenda.insert(meeting, item)
    ruled.ask(item)


def _taken_off(item: Item, data: Data) -> None:
    agenda.take_off(store.meeting(item.meeting), item)
    publishing.take_away(item, WhyWithdrawn.TAKEN_OFF)
    item.meeting, item.late = "", False


def _proposed(item: Item, data: Data) -> None:
    ruled.ask(item)


def _frozen(item: Item, data: Data) -> None:
    item.drafted = {"motivation": item.motivation, "decision": item.decision}


def _postponed(item: Item, data: Data) -> None:
    sending.postpone(item)


def _withdrawn(item: Item, data: Data) -> None:
    publishing.take_away(item, WhyWithdrawn.DROPPED)


def _reconsidered(item: Item, data: Data) -> None:
    sending.take_copy_back(item)


ITEM_STEPS: Mapping[str, Callable[[Item, Data], None]] = {
    ItemTransition.PROPOSE: _proposed,
    ItemTransition.PRESENT: _presented,
    ItemTransition.TAKE_OFF: _taken_off,
    ItemTransition.FREEZE: _frozen,
    ItemTransition.POSTPONE: _postponed,
    ItemTransition.WITHDRAW: _withdrawn,
    ItemTransition.RECONSIDER: _reconsidered,
}


def _follow_meeting(item: Item) -> None:
    """Freeze an item that comes to an agenda which is fixed already."""
    meeting = store.meeting(item.meeting)
    if meeting.state in (MeetingState.FROZEN, MeetingState.SITTING):
        _step(item, ItemTransition.FREEZE)


def _freeze_items(meeting: Meeting, data: Data) -> None:
    _step_all(meeting, ItemState.PRESENTED, ItemTransition.FREEZE)


def _unfreeze_items(meeting: Meeting, data: Data) -> None:
    _step_all(meeting, ItemState.FROZEN, ItemTransition.UNFREEZE)


def _decided(meeting: Meeting, data: Data) -> None:
    numbering.give(meeting)


def _resumed(meeting: Meeting, data: Data) -> None:
    for item in agenda.items_of(meeting):
        if item.registered:
            publishing.take_away(item, WhyWithdrawn.TAKEN_BACK)
    numbering.cancel(meeting, data["reason"])


def _convened(meeting: Meeting, data: Data) -> None:
    convening.call(meeting)
    publishing.follow_meeting(meeting)


def _recalled(meeting: Meeting, data: Data) -> None:
    convening.tell(meeting, About.RECALL, data["reason"])


def _cancelled(meeting: Meeting, data: Data) -> None:
    convening.tell(meeting, About.CANCEL, data["reason"])


MEETING_STEPS: Mapping[str, Callable[[Meeting, Data], None]] = {
    MeetingTransition.CONVENE: _convened,
    MeetingTransition.RECALL: _recalled,
    MeetingTransition.CANCEL: _cancelled,
    MeetingTransition.FREEZE: _freeze_items,
    MeetingTransition.UNFREEZE: _unfreeze_items,
    MeetingTransition.DECIDE: _decided,
    MeetingTransition.RESUME: _resumed,
}


def _step_all(meeting: Meeting, state: ItemState, step: ItemTransition) -> None:
    for item in agenda.items_of(meeting):
        if item.state == state:
            _step(item, step)


def _step(item: Item, step: ItemTransition) -> None:
    """Do what follows from another step, whoever did that."""
    with api.env.adopt_roles(["Secretary"]):
        api.portal.get_tool("portal_workflow").doActionFor(item, str(step))
