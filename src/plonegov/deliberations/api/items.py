"""What services and the secretary do with items."""

from collections.abc import Mapping
from plone import api
from plonegov.core.api import now
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.municipality.roles import own_services
from plonegov.core.records.events import actor
from plonegov.core.records.events import entries
from plonegov.core.records.events import log
from plonegov.core.records.keeping import begin
from plonegov.core.records.keeping import free_key
from plonegov.core.records.keeping import keep
from plonegov.core.records.steps import require
from plonegov.core.records.steps import step
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api.choices import choices_of
from plonegov.deliberations.api.html import clean_html
from plonegov.deliberations.api.html import is_empty
from plonegov.deliberations.api.html import raw_of
from plonegov.deliberations.api.store import deliberations
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.itemtemplate import ItemTemplate
from plonegov.deliberations.domain.itemvalues import read_item
from plonegov.deliberations.domain.refusals import DecisionRegistered
from plonegov.deliberations.domain.refusals import ItemChanged
from plonegov.deliberations.domain.states import NUMBERED
from plonegov.deliberations.interfaces import EDIT_ITEM
from plonegov.deliberations.interfaces import RecordChanged
from typing import Any
from zope.event import notify


#: What a copy of an item takes along.
COPIED = (
    "title",
    "service",
    "category",
    "privacy",
    "matter",
    "motivation",
    "decision",
    "amount",
)


def may_draft(service: str) -> bool:
    """Say whether the current user drafts items for a service."""
    return service in own_services("Drafter")


def draft(body_id: str, service: str, values: Mapping[str, Any]) -> Item:
    """Begin an item of a service for a body.

    :param values: title, category, privacy, matter, motivation, decision, amount, wish
        (see ``domain.itemvalues``); what is not given is as the class says.
    :raises ActionNotAllowed: the current user drafts nothing for the service.
    :raises InvalidInput: with all that is wrong.
    :raises RecordNotFound: there is no such body.
    """
    body = bodies.get(body_id)
    if not may_draft(service):
        raise ActionNotAllowed()
    given = {"title": "", **values}
    return _new(body, service=service, **_read(body, given))


def edit(item: Item, values: Mapping[str, Any], seen: int | None = None) -> None:
    """Write other texts or facts of an item.

    :param seen: the serial of the item that one looked at; None asks for none.
    :raises ActionNotAllowed: not the current user, or not in this state.
    :raises DecisionRegistered: its decision has a number.
    :raises ItemChanged: somebody wrote in it meanwhile; nothing was written.
    :raises InvalidInput: with all that is wrong, or what was decided has no text;
        nothing was written.
    """
    require_open(item)
    if seen is not None and seen != item.serial:
        raise _changed(item)
    found = _read(bodies.get(item.body), values)
    emptied = "decision" in found and is_empty(found["decision"])
    if emptied and item.state in NUMBERED:
        raise InvalidInput([Fault("decision", "required")])
    changed = {
        name: value for name, value in found.items() if getattr(item, name) != value
    }
    for name, value in changed.items():
        setattr(item, name, value)
    if changed:
        item.serial += 1
        touch(item, "edited", fields=sorted(changed))
        notify(RecordChanged(item))


def require_open(item: Item) -> None:
    """Refuse to write in an item: its texts, or its annexes.

    :raises ActionNotAllowed: not the current user, or not in this state.
    :raises DecisionRegistered: its decision has a number; it is rectified under it.
    """
    require(item, EDIT_ITEM)
    if item.registered:
        raise DecisionRegistered()


def change(item: Item, transition: str, **data: Any) -> None:
    """Do a transition of an item's workflow, with the data that its rule asks for.

    :param data: ``reason``; ``meeting`` (its key) of ``present``.
    :raises ActionNotAllowed: not the current user, or not in this state.
    :raises StepRefused: a rule of ``domain.itemrules`` is broken.
    """
    step(item, transition, **data)


def copy(item: Item, body: Body, why: str, start: str = "validated") -> Item:
    """Return a copy of an item for a body, both linked; its annexes and advices are not
    copied (see ``api.parts.copy_into``).

    :param why: ``sent`` to another body, ``postponed``, or ``replaced`` by a new decision;
        it stands in both logs.
    :param start: the state that it begins in; empty: as a draft.
    """
    values = {name: getattr(item, name) for name in COPIED}
    made = _new(body, **values, origin=item.UID(), start=start)
    item.copies = (*item.copies, made.UID())
    touch(item, f"{why}_on", copy=made.getId())
    log(made, f"{why}_from", origin=item.getId())
    return made


def from_template(template: ItemTemplate, body: Body) -> Item:
    """Return a validated item with the texts of a template; it is of no service."""
    return _new(
        body,
        title=template.title,
        category=template.category,
        motivation=clean_html(raw_of(template.motivation)),
        decision=clean_html(raw_of(template.decision)),
        start="validated",
    )


def of_councillor(
    body: Body, values: Mapping[str, Any], asked: Mapping[str, Any]
) -> Item:
    """Return a validated item that a councillor asks for; it is of no service.

    :param values: title, motivation and decision (HTML).
    :param asked: by whom, when, and why in time.
    :raises InvalidInput: with all that is wrong.
    """
    given = {"title": "", **values}
    return _new(body, **_read(body, given), asked=dict(asked), start="validated")


def touch(item: Item, action: str, **details: Any) -> None:
    """Log what was done with an item, and index it anew."""
    item.changed = now()
    log(item, action, **details)
    item.reindexObject()


def _new(body: Body, start: str = "", **values: Any) -> Item:
    container = deliberations()
    made = Item(
        id=free_key(container.records),
        body=body.getId(),
        workflow=bodies.workflow(body),
        proposer=actor(),
        changed=now(),
        **values,
    )
    item = keep(container, made)
    log(item, "drafted")
    begin(item)
    if start:
        _start_in(item, start)
    return item


def _start_in(item: Item, state: str) -> None:
    """Put a new item into a later state: it was reviewed elsewhere."""
    tool = api.portal.get_tool("portal_workflow")
    status = tool.getStatusOf(item.workflow, item)
    tool.setStatusOf(item.workflow, item, {**status, "review_state": state})
    tool[item.workflow].updateRoleMappingsFor(item)
    item.reindexObject()


def _changed(item: Item) -> ItemChanged:
    """Return the refusal that says who wrote in an item last, and when."""
    written = [entry for entry in entries(item) if entry.action == "edited"]
    last = written[-1] if written else None
    return ItemChanged(
        who=last.who if last else "",
        when=last.when.isoformat() if last else "",
        serial=item.serial,
    )


def _read(body: Body, values: Mapping[str, Any]) -> dict[str, str]:
    faults: list[Fault] = []
    found = read_item(values, choices_of(body), clean_html, faults)
    if faults:
        raise InvalidInput(faults)
    return found
