"""Annexes and advices of an item."""

from Acquisition import aq_base
from collections.abc import Mapping
from datetime import date
from plone import api
from plone.namedfile.file import NamedBlobFile
from plone.uuid.interfaces import ATTRIBUTE_NAME
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.typed.text import clean_line
from plonegov.deliberations.api.items import change
from plonegov.deliberations.api.items import require
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.content.advice import Advice
from plonegov.deliberations.content.advice import WORKFLOW
from plonegov.deliberations.content.annex import Annex
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.lives import item_of
from plonegov.deliberations.domain.states import AdviceState
from plonegov.deliberations.domain.states import AdviceTransition
from plonegov.deliberations.interfaces import ASK_FOR_ADVICE
from plonegov.deliberations.interfaces import EDIT_ITEM
from plonegov.deliberations.interfaces import RecordChanged
from typing import Any
from uuid import uuid4
from zope.event import notify

import secrets


#: Who reads a confidential annex or advice, beside who gives it.
CONFIDENTIAL = ("Secretary", "Service Drafter", "Service Reviewer")
READING = ("View", "Access contents information")


def annexes(item: Item) -> list[Annex]:
    """Return the annexes of an item that the current user reads."""
    return _readable(item, Annex)


def advices(item: Item) -> list[Advice]:
    """Return the advices on an item that the current user reads."""
    return _readable(item, Advice)


def add_annex(
    item: Item, filename: str, data: bytes, content_type: str, title: str = ""
) -> Annex:
    """Add a file to an item.

    :raises ActionNotAllowed: not the current user, or not in this state.
    :raises InvalidInput: it is empty or too large.
    """
    require(item, EDIT_ITEM)
    limit = municipality().limits
    if not data:
        raise InvalidInput([Fault("annex", "file_empty")])
    if len(data) > limit.upload_bytes:
        context = {"limit": limit.upload_megabytes}
        raise InvalidInput([Fault("annex", "file_too_large", context)])
    annex = Annex(id=_key("annex"))
    annex.title = clean_line(title or filename, 200)
    annex.file = NamedBlobFile(data, contentType=content_type, filename=filename)
    placed = _attach(item, annex)
    touch(item, "annex_added", annex=annex.getId())
    return placed


def set_annex(annex: Annex, *, confidential: bool, publishable: bool) -> None:
    """Say who reads an annex; a confidential one is never publishable.

    :raises ActionNotAllowed: not the current user, or not in this state.
    """
    item = item_of(annex)
    require(item, EDIT_ITEM)
    annex.confidential = confidential
    annex.publishable = publishable and not confidential
    secure(annex)
    touch(item, "annex_changed", annex=annex.getId())
    notify(RecordChanged(item))


def remove_annex(annex: Annex) -> None:
    """Take an annex away.

    :raises ActionNotAllowed: not the current user, or not in this state.
    """
    item = item_of(annex)
    require(item, EDIT_ITEM)
    kept = {key: part for key, part in item.parts.items() if key != annex.getId()}
    item.parts = kept
    touch(item, "annex_removed", annex=annex.getId())
    notify(RecordChanged(item))


def ask(
    item: Item,
    service: str,
    *,
    due: date | None = None,
    confidential: bool = False,
) -> Advice:
    """Ask a service for its advice on an item.

    :param due: the last day on which it counts as in time.
    :raises ActionNotAllowed: not the current user.
    :raises InvalidInput: the town has no such service, or it was asked already.
    """
    require(item, ASK_FOR_ADVICE)
    known = [each.id for each in municipality().services]
    if service not in known:
        context = {"allowed": ", ".join(known)}
        raise InvalidInput([Fault("adviser", "unknown_choice", context)])
    if service in asked(item):
        raise InvalidInput([Fault("adviser", "advice_asked_already")])
    return put(item, service, due=due, confidential=confidential)


def asked(item: Item) -> set[str]:
    """Return the services whose advice on an item was asked."""
    return {advice.adviser for advice in _of_kind(item, Advice)}


def put(
    item: Item,
    service: str,
    *,
    by_rule: str = "",
    due: date | None = None,
    confidential: bool = False,
) -> Advice:
    """Ask a service for its advice, whoever acts.

    :param by_rule: the id of the rule that asks for it; such an advice is not called off.
    :param due: the last day on which it counts as in time.
    """
    advice = Advice(id=_key("advice"))
    advice.adviser, advice.by_rule, advice.due = service, by_rule, due
    advice.confidential, advice.asked = confidential, now()
    placed = _attach(item, advice)
    api.portal.get_tool("portal_workflow").notifyCreated(placed)
    secure(placed)
    touch(item, "advice_asked", adviser=service)
    return placed


def give(advice: Advice, opinion: str, text: str = "") -> None:
    """Give an advice.

    :param opinion: a ``domain.advices.Opinion``.
    :raises ActionNotAllowed: the current user is not of the service that was asked.
    :raises StepRefused: there is no such opinion, or its reasons are missing.
    """
    change(advice, AdviceTransition.GIVE, opinion=opinion, text=text)


def ask_again(advice: Advice, reason: str) -> None:
    """Ask for an advice anew; the one before stays readable.

    :raises ActionNotAllowed: not the current user, or it is not given.
    :raises ReasonMissing: no reason is given.
    """
    change(advice, AdviceTransition.ASK_AGAIN, reason=reason)


def call_off(advice: Advice) -> None:
    """Ask for an advice no more.

    :raises ActionNotAllowed: not the current user, or it is given.
    :raises AdviceByRule: a rule asks for it.
    """
    change(advice, AdviceTransition.CALL_OFF)


def missing(item: Item, today: date) -> tuple[str, ...]:
    """Return the services whose advice a rule asks for and who still have time."""
    return tuple(
        advice.adviser
        for advice in _of_kind(item, Advice)
        if advice.by_rule
        and advice.state == AdviceState.ASKED
        and (advice.due is None or today <= advice.due)
    )


def copy_into(item: Item, part: Any) -> None:
    """Put a copy of another item's annex or advice into an item."""
    made = part.__class__(id=part.getId())
    for name, value in vars(aq_base(part)).items():
        if not name.startswith(("_", "__")) and name not in ("id", "file"):
            setattr(made, name, value)
    if isinstance(part, Annex):
        file = part.file
        made.file = NamedBlobFile(
            file.data, contentType=file.contentType, filename=file.filename
        )
    placed = _attach(item, made)
    if isinstance(part, Advice):
        tool = api.portal.get_tool("portal_workflow")
        tool[WORKFLOW].updateRoleMappingsFor(placed)
    secure(placed)


def secure(part: Annex | Advice) -> None:
    """Let a confidential part be read by some only; others as its workflow, or else the
    item, says."""
    readers = CONFIDENTIAL
    if isinstance(part, Advice):
        if not part.confidential:
            return
        readers = (*CONFIDENTIAL, "Service Adviser")
    for permission in READING:
        if part.confidential:
            part.manage_permission(permission, list(readers), acquire=0)
        else:
            part.manage_permission(permission, [], acquire=1)


def _attach(item: Item, part: Any) -> Any:
    setattr(part, ATTRIBUTE_NAME, uuid4().hex)
    item.parts = {**item.parts, part.getId(): part}
    return part.__of__(item)


def _readable(item: Item, kind: type) -> list[Any]:
    return [
        part
        for part in _of_kind(item, kind)
        if api.user.has_permission("View", obj=part)
    ]


def _of_kind(item: Item, kind: type) -> list[Any]:
    parts: Mapping[str, Any] = item.parts
    return [part.__of__(item) for part in parts.values() if isinstance(part, kind)]


def _key(kind: str) -> str:
    return f"{kind}-{secrets.token_hex(4)}"
