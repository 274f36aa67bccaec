"""What a clerk does with an order; each verb is one click of the order's page.

Every verb asks for ``HANDLE_ORDERS`` on the order, which a clerk has only in the
services that he or she belongs to. Transitions are checked again by the workflow.
"""

from collections.abc import Mapping
from plone import api
from plone.namedfile.file import NamedBlobFile
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.files.kinds import content_type_of
from plonegov.core.files.kinds import safe_filename
from plonegov.core.records import steps
from plonegov.core.records.events import log
from plonegov.core.records.steps import step
from plonegov.ordering.api import storage
from plonegov.ordering.api import versions
from plonegov.ordering.api.documents import find
from plonegov.ordering.api.documents import terms
from plonegov.ordering.api.facts import facts_of
from plonegov.ordering.api.issuing import draw_up
from plonegov.ordering.api.staff import require_present
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.attachments import size_fault
from plonegov.ordering.domain.errors import ActNotAttached
from plonegov.ordering.domain.findings import read_findings
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.domain.model import Finding
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.model import Transition
from plonegov.ordering.domain.rules import check_producing
from plonegov.ordering.domain.rules import check_whole
from plonegov.ordering.interfaces import ACT_AS_APPLICANT
from plonegov.ordering.interfaces import HANDLE_ORDERS
from typing import Any


PDF = "application/pdf"

#: States in which findings, files and checks may still change.
OPEN = ("submitted", "in_progress", "awaiting_citizen")


def require(order: Order, *permissions: str) -> None:
    """Refuse who has none of the permissions on the order, and all when it is over.

    :raises ActionNotAllowed: the order belongs to another service.
    :raises OrderAnonymised: its personal data were erased.
    """
    steps.require(order, *permissions)
    check_whole(facts_of(order))


def require_open(order: Order) -> None:
    """Refuse to change what an order holds when nobody works on it.

    :raises ActionNotAllowed: it ended, is ready, or belongs to another service.
    """
    require(order, HANDLE_ORDERS)
    if order.state not in OPEN:
        raise ActionNotAllowed(state=order.state)


def terms_of(order: Order) -> DocumentTerms:
    """Return the terms of an order's document, retired or not."""
    return terms(find(order.document))


def findings_of(order: Order) -> tuple[Finding, ...]:
    """Return what a clerk must confirm for an order: as it was when it was placed."""
    return versions.of_order(order).findings


def take(order: Order) -> None:
    """Assign the order to the current clerk; a new order is started with it.

    :raises ClerkAway: the clerk said so.
    """
    require(order, HANDLE_ORDERS)
    clerk = api.user.get_current().getId()
    require_present(clerk)
    _assign(order, clerk)
    if order.state == "submitted":
        change(order, Transition.START)


def release(order: Order) -> None:
    """Give the order back to its service."""
    require(order, HANDLE_ORDERS)
    _assign(order, "")


def _assign(order: Order, user_id: str) -> None:
    if order.assigned != user_id:
        order.assigned = user_id
        log(order, "taken" if user_id else "released")
        order.reindexObject()


def change(order: Order, transition: str, **data: Any) -> None:
    """Do a transition of the order's workflow, with the data that its rule asks for.

    :raises ActionNotAllowed: the person may not do this, or not in this state.
    :raises PlonegovError: a rule of ``domain.rules`` is broken.
    """
    require(order, HANDLE_ORDERS, ACT_AS_APPLICANT)
    step(order, transition, **data)


def ask(order: Order, text: str) -> None:
    """Ask the citizen for information; the clock stops until the answer.

    :raises QuestionMissing: the text is empty.
    """
    change(order, Transition.ASK, text=text)


def answer(order: Order, text: str) -> None:
    """Note the information that was asked for; the clock runs again."""
    change(order, Transition.ANSWER, text=text)


def reject(order: Order, motive: str, law: str, motive_code: str = "") -> None:
    """Refuse the document, with the reasons in fact (``motive``) and in law.

    :param motive_code: the kind of the reason, one of ``domain.motives``; ``other``
        when it is empty.
    :raises MotiveMissing: one of the two reasons is empty.
    :raises MotiveUnknown: there is no such kind.
    """
    change(order, Transition.REJECT, motive=motive, law=law, motive_code=motive_code)


def withdraw(order: Order, text: str = "") -> None:
    """End the order at the citizen's wish."""
    change(order, Transition.WITHDRAW, text=text)


def expire(order: Order) -> None:
    """End an order that nobody answered or fetched."""
    change(order, Transition.EXPIRE)


def make_ready(order: Order) -> None:
    """Say that the document is made and waits to be posted or fetched.

    :raises PlonegovError: findings, checks or the document are missing.
    """
    change(order, Transition.MAKE_READY)


def hand_over(order: Order, identity_document: str = "") -> None:
    """Say that the document was posted or handed over; mail it, or let it be fetched.

    :param identity_document: what was shown at the desk
        (``domain.identity.IdentityDocument``).
    :raises IdentityDocumentMissing: it is handed over at the desk, and none was.
    :raises RegisteredAddressMissing: it is posted, and the register's is not entered.
    :raises IdentityNotReached: it may be neither mailed nor downloaded.
    """
    change(order, Transition.HAND_OVER, identity_document=identity_document)


def reopen(order: Order, reason: str) -> None:
    """Work on an ended order again.

    :raises ReasonMissing: no reason is given.
    """
    change(order, Transition.REOPEN, reason=reason)


def confirm_findings(
    order: Order,
    values: Mapping[str, Any],
    *,
    address_unprotected: bool,
) -> None:
    """Keep what the clerk found in the register; only this is certified.

    A document drawn up before is dropped, since it may say something else.

    :raises InvalidInput: a finding is missing or of the wrong type.
    :raises ActionNotAllowed: the order is not being worked on.
    """
    require_open(order)
    order.findings = read_findings(findings_of(order), values)
    order.findings_confirmed = True
    order.address_unprotected = address_unprotected
    storage.put(order, "issued", None)
    log(order, "findings_confirmed", address_unprotected=address_unprotected)


def attach_act(order: Order, filename: str, data: bytes) -> None:
    """Attach the file of a public register; it is kept byte for byte.

    :raises InvalidInput: it is no PDF, too large, or the town's storage is full.
    :raises ActionNotAllowed: the order is not being worked on.
    """
    require_open(order)
    if content_type_of(data) != PDF:
        raise InvalidInput([Fault("act", "file_not_pdf")])
    wrong = size_fault("act", len(data), storage.file_limits())
    if wrong is not None:
        raise InvalidInput([wrong])
    name = safe_filename(filename, PDF)
    act = NamedBlobFile(data=data, contentType=PDF, filename=name)
    storage.put(order, "act", act)
    log(order, "act_attached", filename=name)


def produce(order: Order) -> bytes:
    """Draw up the document (or the covering letter of an act) and keep it.

    :raises TransitionRefused: a check of ``domain.rules.PRODUCING`` is not done.
    :raises ActNotAttached: the register's file is missing.
    :raises ActionNotAllowed: the order is not being worked on.
    """
    require(order, HANDLE_ORDERS)
    check_makeable(order)
    if order.kind == Kind.ATTACHED and order.act is None:
        raise ActNotAttached()
    pdf = draw_up(order)
    keep_made(order, pdf, "produced")
    return pdf


def check_makeable(order: Order) -> None:
    """Refuse to make the document while nobody works on it or a check is not done.

    :raises ActionNotAllowed: the order is not being worked on.
    :raises TransitionRefused: a check of ``domain.rules.PRODUCING`` is not done.
    """
    if order.state not in OPEN:
        raise ActionNotAllowed(state=order.state)
    check_producing(order.facts())


def keep_made(order: Order, pdf: bytes, event: str) -> None:
    """Keep the document that was made, and note how (an id of the order's log)."""
    name = f"{order.document}-{order.reference}.pdf"
    issued = NamedBlobFile(data=pdf, contentType=PDF, filename=name)
    storage.put(order, "issued", issued)
    log(order, event)


def mark_paid(order: Order, paid: bool = True) -> None:
    """Note that the price was paid, or was not."""
    require(order, HANDLE_ORDERS)
    order.paid = paid
    log(order, "paid" if paid else "unpaid", price=order.price)
    order.reindexObject()


def note(order: Order, text: str) -> None:
    """Add an internal note; no citizen sees it.

    :raises InvalidInput: the text is empty.
    """
    require(order, HANDLE_ORDERS)
    if not text.strip():
        raise InvalidInput([Fault("text", "required")])
    log(order, "note", text=text.strip())
