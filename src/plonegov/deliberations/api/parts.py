"""Annexes and advices of an item."""

from AccessControl.Permission import getPermissionIdentifier
from AccessControl.PermissionRole import rolesForPermissionOn
from Acquisition import aq_base
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import timedelta
from persistent.mapping import PersistentMapping
from plone import api
from plone.namedfile.file import NamedBlobFile
from plone.uuid.interfaces import ATTRIBUTE_NAME
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.api import town_today
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.files.errors import PictureUnreadable
from plonegov.core.files.kinds import content_type_of
from plonegov.core.files.kinds import HEIC
from plonegov.core.files.kinds import JPEG
from plonegov.core.files.kinds import safe_filename
from plonegov.core.files.pictures import as_jpeg
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.records.blobs import erase_files
from plonegov.core.records.steps import require
from plonegov.core.typed.text import clean_line
from plonegov.deliberations.api import law
from plonegov.deliberations.api.items import change
from plonegov.deliberations.api.items import require_open
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.content.advice import Advice
from plonegov.deliberations.content.advice import WORKFLOW
from plonegov.deliberations.content.annex import Annex
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.lives import item_of
from plonegov.deliberations.domain.annexes import check_annex
from plonegov.deliberations.domain.states import AdviceState
from plonegov.deliberations.domain.states import AdviceTransition
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.interfaces import ASK_FOR_ADVICE
from plonegov.deliberations.interfaces import EDIT_ITEM
from plonegov.deliberations.interfaces import RecordChanged
from typing import Any
from uuid import uuid4
from zope.event import notify

import secrets


#: Longest title of an annex, in characters.
TITLE_LIMIT = 200

#: Who reads a confidential advice, beside who gives it.
CONFIDENTIAL = ("Secretary", "Service Drafter", "Service Reviewer")
#: Who reads a confidential annex of an item that he or she reads: nothing is withheld from
#: the members of the body (CDLD, article L1122-10).
CONFIDENTIAL_ANNEX = (*CONFIDENTIAL, "Body Member")
READING = ("View", "Access contents information")
#: What a role on an advice is called on its item.
AS_ON_ITEM = {"Service Adviser": "Adviser"}


def annexes(item: Item) -> list[Annex]:
    """Return the annexes of an item that the current user reads."""
    return _readable(item, Annex)


def advices(item: Item) -> list[Advice]:
    """Return the advices on an item that the current user reads."""
    return _readable(item, Advice)


def add_annex(item: Item, filename: str, data: bytes, title: str = "") -> Annex:
    """Add a file to an item; a telephone's picture (HEIC) becomes a JPEG.

    :raises ActionNotAllowed: not the current user, or not in this state.
    :raises DecisionRegistered: its decision has a number.
    :raises InvalidInput: it is empty, too large, of a kind that is not taken, or not
        what its name says.
    """
    require_open(item)
    heading = _title(title)
    kind, stored = _checked(filename, data)
    annex = Annex(id=_key("annex"))
    name = safe_filename(filename, kind)
    annex.title = heading or name
    annex.file = NamedBlobFile(stored, contentType=kind, filename=name)
    placed = _attach(item, annex)
    touch(item, "annex_added", annex=annex.getId())
    return placed


def set_annex(annex: Annex, *, confidential: bool, publishable: bool) -> None:
    """Say who reads an annex; a confidential one is never publishable. It says nothing of
    what was decided, so that it may be said of a registered decision too.

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
    :raises DecisionRegistered: the item's decision has a number.
    """
    item = item_of(annex)
    require_open(item)
    kept = {key: part for key, part in item.parts.items() if key != annex.getId()}
    item.parts = kept
    erase_files([annex.file])
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
    :raises ActionNotAllowed: not the current user, or the item is decided.
    :raises InvalidInput: the town has no such service, or it was asked already.
    """
    require(item, ASK_FOR_ADVICE)
    require(item, "View")
    if item.state in ENDS:
        raise ActionNotAllowed(state=item.state)
    known = [each.id for each in municipality().services]
    if service not in known:
        context = {"allowed": ", ".join(known)}
        raise InvalidInput([Fault("adviser", "unknown_choice", context)])
    if service in asked(item):
        raise InvalidInput([Fault("adviser", "advice_asked_already")])
    return put(item, service, due=due, confidential=confidential)


def due_in(days: int, *, working: bool) -> date:
    """Return the last day of a delay that begins tomorrow.

    :param working: whether working days of the town are counted, or calendar days.
    """
    today = town_today()
    if working:
        return law.calendar().add(today, days)
    return today + timedelta(days=days)


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
    """Put a copy of another item's annex or advice into an item; each has a life of its
    own from then on."""
    made = part.__class__(id=part.getId())
    for name, value in vars(aq_base(part)).items():
        if not name.startswith(("_", "__")) and name not in ("id", "file"):
            own = isinstance(value, PersistentMapping)
            setattr(made, name, PersistentMapping(value) if own else value)
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
    """Let a part be read by who reads its item, an advice and a confidential part by
    some of them only."""
    if isinstance(part, Annex) and not part.confidential:
        _allow(part, [])
    else:
        of_item = rolesForPermissionOn("View", item_of(part))
        wanted = (
            role for role in _roles(part) if AS_ON_ITEM.get(role, role) in of_item
        )
        _allow(part, tuple(wanted))


def secure_all(item: Item) -> None:
    """Let the parts of an item follow its state: others read the item now."""
    for part in item.parts.values():
        secure(part.__of__(item))


def _roles(part: Annex | Advice) -> tuple[str, ...]:
    """Return who reads a part that is not as its item."""
    if isinstance(part, Annex):
        return CONFIDENTIAL_ANNEX
    if part.confidential:
        return (*CONFIDENTIAL, "Service Adviser")
    state = api.portal.get_tool("portal_workflow")[WORKFLOW].states[part.state]
    return tuple(state.getPermissionInfo("View")["roles"])


def _allow(part: Annex | Advice, roles: Sequence[str]) -> None:
    """Let these roles read a part: a tuple alone, a list beside those of the item."""
    for permission in READING:
        name = getPermissionIdentifier(permission)
        if getattr(aq_base(part), name, []) != roles:
            acquire = isinstance(roles, list)
            part.manage_permission(permission, roles, acquire=acquire)


def _title(title: str) -> str:
    try:
        return clean_line(title, TITLE_LIMIT)
    except InvalidValue as error:
        fault = Fault("title", error.code, error.context)
        raise InvalidInput([fault]) from error


def _checked(filename: str, data: bytes) -> tuple[str, bytes]:
    """Return content type and bytes of an annex as it is stored."""
    limits = municipality().limits
    wrong = check_annex(filename, data, limits.upload_bytes)
    if wrong is not None:
        raise InvalidInput([wrong])
    kind = content_type_of(data)
    try:
        return (JPEG, as_jpeg(data)) if kind == HEIC else (kind, data)
    except PictureUnreadable as error:
        raise InvalidInput([Fault("annex", error.code)]) from error


def _attach(item: Item, part: Any) -> Any:
    setattr(part, ATTRIBUTE_NAME, uuid4().hex)
    item.parts = {**item.parts, part.getId(): part}
    return part.__of__(item)


def may_read(part: Annex | Advice) -> bool:
    """Say whether the current user reads a part: it, and the item that it belongs to."""
    return all(
        api.user.has_permission("View", obj=content)
        for content in (item_of(part), part)
    )


def _readable(item: Item, kind: type) -> list[Any]:
    return [part for part in _of_kind(item, kind) if may_read(part)]


def _of_kind(item: Item, kind: type) -> list[Any]:
    parts: Mapping[str, Any] = item.parts
    return [part.__of__(item) for part in parts.values() if isinstance(part, kind)]


def _key(kind: str) -> str:
    return f"{kind}-{secrets.token_hex(4)}"
