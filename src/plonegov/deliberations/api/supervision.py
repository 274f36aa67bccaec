"""What the secretary enters of the authority that supervises the town."""

from dataclasses import replace
from datetime import date
from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import town_today
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.records.steps import require
from plonegov.deliberations.api import law
from plonegov.deliberations.api import store
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.formalities import Due
from plonegov.deliberations.domain.formalities import supervision
from plonegov.deliberations.domain.formalities import transmit_until
from plonegov.deliberations.domain.model import Control
from plonegov.deliberations.domain.refusals import NotDecided
from plonegov.deliberations.domain.supervising import Dossier
from plonegov.deliberations.domain.supervising import dossier_of
from plonegov.deliberations.domain.supervising import enforceable_since
from plonegov.deliberations.domain.supervising import faults_of
from plonegov.deliberations.domain.supervising import row_of
from plonegov.deliberations.domain.supervising import Stage
from plonegov.deliberations.domain.supervising import SupervisionOutcome
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
from plonegov.deliberations.interfaces import RecordChanged
from typing import Any
from zope.event import notify


def set_control(item: Item, control: Control | None) -> None:
    """Say how a decision is supervised; None: not at all.

    :raises ActionNotAllowed: for the secretary only.
    :raises NotDecided: it has no number of the register yet.
    :raises InvalidInput: it was sent already, or answered as this control never is.
    """
    _keep(item, replace(dossier(item), control=control), "supervision_set")


def send(item: Item, day: date) -> None:
    """Note that a decision was sent.

    :raises InvalidInput: the day is before the sitting, or still to come.
    """
    _keep(item, replace(dossier(item), sent=day), "supervision_sent")


def complete(item: Item, day: date, due: date) -> None:
    """Note when the authority had the whole file, and until when it answers.

    :raises InvalidInput: the day is before it was sent, or still to come.
    """
    found = replace(dossier(item), complete=day, due=due)
    _keep(item, found, "supervision_complete")


def answer(
    item: Item,
    day: date,
    outcome: SupervisionOutcome,
    document: NamedBlobFile | None = None,
) -> None:
    """Note what the authority answered, with its document if there is one.

    :raises InvalidInput: the day is before it was sent or still to come, or this kind of
        control knows no such outcome.
    """
    found = replace(dossier(item), answered=day, outcome=outcome)
    _keep(item, found, "supervision_answered")
    if document is not None:
        item.supervision_document = document


def dossier(item: Item) -> Dossier:
    """Return how far a decision is with the authority.

    :raises NotDecided: it has no number of the register yet.
    """
    return dossier_of(_decided(item), item.supervision)


def send_until(item: Item) -> Due | None:
    """Return until when a decision is to be sent, None when it is not supervised.

    :raises NoRuleInForce: the law knows no such control.
    """
    found = dossier(item)
    if found.control is None:
        return None
    rules = law.rules_of(store.meeting(item.meeting))
    return transmit_until(found.control, found.decided, rules)


def in_force_since(item: Item) -> date | None:
    """Return since when a decision may be carried out; None: it may not (yet)."""
    found = dossier(item)
    suspends = False
    if found.control is not None:
        rules = law.rules_of(store.meeting(item.meeting))
        suspends = supervision(found.control, rules).suspends
    return enforceable_since(found, suspends)


def at(stage: Stage) -> list[dict[str, Any]]:
    """Return rows of the decisions at a stage: those to send, those that wait."""
    return store.rows({"kind": "item", "supervision": str(stage)}).rows


def count(stage: Stage) -> int:
    """Return how many decisions are at a stage; no row of theirs is built."""
    return store.count({"kind": "item", "supervision": str(stage)})


def _keep(item: Item, found: Dossier, action: str) -> None:
    require(item, MANAGE_MEETINGS)
    faults: list[Fault] = faults_of(found, town_today())
    if found.control is None and found.sent is not None:
        faults = [Fault("control", "required")]
    if faults:
        raise InvalidInput(faults)
    item.supervision = {**row_of(found), **_until(item, found)}
    touch(item, action, **item.supervision)
    notify(RecordChanged(item))


def _until(item: Item, found: Dossier) -> dict[str, str]:
    """Return until when it is to be sent, so that lists say so and wake no item."""
    if found.control is None:
        return {}
    rules = law.rules_of(store.meeting(item.meeting))
    day = transmit_until(found.control, found.decided, rules).day
    return {"until": day.isoformat()} if day else {}


def _decided(item: Item) -> date:
    if not item.registered:
        raise NotDecided()
    return law.day_of(store.meeting(item.meeting))
