"""Placing an order: the one verb behind the form, REST and imports."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.api import town_today
from plonegov.core.api import town_zone
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.identity.current import town_keys
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.municipality.calendar import WorkingDays
from plonegov.core.records.events import log
from plonegov.core.records.keeping import begin
from plonegov.core.records.keeping import keep
from plonegov.ordering.adapters.pictures import plain_files
from plonegov.ordering.adapters.questions import check_answers
from plonegov.ordering.api import documents
from plonegov.ordering.api import versions
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.identity import reached_now
from plonegov.ordering.api.identity import stated_now
from plonegov.ordering.api.misuse import check_misuse
from plonegov.ordering.api.storage import weigh
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.clock import due
from plonegov.ordering.domain.desk import Entry
from plonegov.ordering.domain.entitlement import decided
from plonegov.ordering.domain.intake import examine
from plonegov.ordering.domain.model import Attachment
from plonegov.ordering.domain.model import Channel
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.domain.model import OrderRequest
from plonegov.ordering.domain.model import Person
from plonegov.ordering.domain.proved import completed
from plonegov.ordering.domain.proved import differing
from plonegov.ordering.domain.reference import new_reference
from plonegov.ordering.interfaces import OrderPlaced
from plonegov.ordering.storage.replays import Replay
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zope.event import notify

import hashlib
import json


#: Rows of the question answered and the file.
StoredFiles = tuple[tuple[str, NamedBlobFile], ...]


class IdempotencyConflict(PlonegovError):
    """The Idempotency-Key was used within a day for another body."""

    code = "idempotency_conflict"
    status = 422


class IdempotencyKeyInvalid(PlonegovError):
    """The Idempotency-Key is no UUID."""

    code = "idempotency_key_invalid"


def place(
    payload: Mapping[str, Any],
    *,
    idempotency_key: str = "",
    owner: str = "",
    channel: Channel = Channel.WEB,
    entry: Entry | None = None,
    files: StoredFiles = (),
) -> Order:
    """Check a request for a document and store the order that it makes.

    :param payload: the body of ``POST @orders``.
    :param idempotency_key: a UUID; the same key and body give the same order again.
    :param owner: id of the signed-in citizen, or empty.
    :param channel: how it came in.
    :param entry: how a clerk got it, who enters it for somebody else.
    :param files: stored files that the order takes over, in place of ``attachments``.
    :raises InvalidInput: a value is wrong; nothing was stored.
    :raises DocumentUnknown, DocumentRetired: the town issues no such one (any more).
    :raises LimitReached: too much was ordered today that nobody confirmed.
    :raises IdempotencyConflict, IdempotencyKeyInvalid: it is of another body, or no UUID.
    """
    store, moment = counter(), now()
    key = _idempotency_key(idempotency_key)
    digest = _digest(payload) if key else ""
    if key and (replayed := _replayed(key, digest, moment)):
        return replayed
    document = documents.get(payload.get("document", ""))
    terms, reached = documents.terms(document), _reached(owner, entry)
    request, answers = check(payload, document, terms, reached, _stated(owner, entry))
    order = _build(request, terms, answers, document, _placed(entry, moment))
    order.owner_id, order.identity = owner, str(reached)
    order.attachments = files or tuple(map(_file, request.attachments))
    order.channel = str(channel if entry is None else entry.channel)
    check_misuse(order)
    order = _store(order, entry)
    if key:
        store.replays.remember(key, Replay(digest, order.reference, moment))
    notify(OrderPlaced(order))
    return order


def check(
    payload: Mapping[str, Any],
    document: Any,
    terms: DocumentTerms,
    reached: AssuranceLevel = AssuranceLevel.NONE,
    stated: Mapping[str, str] = MappingProxyType({}),
) -> tuple[OrderRequest, dict[str, Any]]:
    """Return the checked request and answers, or say all that is wrong at once.

    :param reached: how sure the town is of the applicant.
    :param stated: values of the applicant that were proved: they are taken over, and
        the request may not say anything else.
    :raises InvalidInput: with the faults in the order of the form.
    """
    faults = differing(payload, stated)
    payload = completed(payload, stated) if stated else payload
    request = answers = None
    try:
        request = examine(payload, terms, town_today(), reached=reached)
    except InvalidInput as error:
        faults += error.faults
    try:
        given = payload.get("answers") or {}
        answers = check_answers(document, given if isinstance(given, Mapping) else {})
    except InvalidInput as error:
        faults += error.faults
    if request is None or answers is None or faults:
        raise InvalidInput(faults)
    return replace(request, attachments=plain_files(request.attachments)), answers


def working_days(service: str = "") -> WorkingDays:
    """Return the calendar of working days of a service, or of the town as a whole.

    :param service: id; one that the town does not have (any more) has no closing days.
    """
    town = municipality()
    own = (item.closing_days for item in town.services if item.id == service)
    closing_days = (*town.closing_days, *next(own, ()))
    return WorkingDays(town.country, town.holiday_region or None, closing_days)


def _reached(owner: str, entry: Entry | None) -> AssuranceLevel:
    """Return how sure the town is of who orders."""
    if entry is not None:
        return entry.identity
    return reached_now() if owner else AssuranceLevel.NONE


def _stated(owner: str, entry: Entry | None) -> dict[str, str]:
    """Return what who orders has proved; a clerk's own proof says nothing."""
    return stated_now() if owner and entry is None else {}


def _placed(entry: Entry | None, moment: datetime) -> datetime:
    """Return from when on the promised delay counts."""
    if entry is None:
        return moment
    return entry.moment(moment, town_zone())


def _replayed(key: str, digest: str, moment: datetime) -> Order | None:
    """Return the order that a key made already."""
    store = counter()
    replay = store.replays.get(key, moment)
    if replay is None:
        return None
    if replay.digest != digest:
        raise IdempotencyConflict()
    return store.records.get(replay.reference).__of__(store)


def _idempotency_key(text: str) -> str:
    if not text:
        return ""
    try:
        return UUID(text).hex
    except ValueError as error:
        raise IdempotencyKeyInvalid() from error


def _digest(payload: Mapping[str, Any]) -> str:
    body = json.dumps(payload, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def _build(
    request: OrderRequest,
    terms: DocumentTerms,
    answers: dict[str, Any],
    document: Any,
    moment: datetime,
) -> Order:
    price = documents.price(terms, request.copies, request.delivery)
    return Order(
        id=_free_reference(),
        language=request.language,
        relation=str(request.relation),
        copies=request.copies,
        delivery=str(request.delivery),
        price=price.decimal(),
        currency=price.currency,
        placed=moment,
        due=due(town_today(moment), terms.delay_days, working_days(terms.service)),
        answers=answers,
        schema_digest=versions.keep(document),
        entitlement=decided(request, terms, town_today(moment)),
        **_terms(terms),
        **_people(request),
    )


def _terms(terms: DocumentTerms) -> dict[str, Any]:
    return {
        "document": terms.id,
        "document_title": dict(terms.title),
        "kind": str(terms.kind),
        "service": terms.service,
        "identity_asked": str(terms.identity),
        "retention_days": terms.retention_days,
    }


def _people(request: OrderRequest) -> dict[str, Any]:
    keys = town_keys()
    people = {"applicant": request.applicant, "subject": request.subject}
    return {
        "key_id": keys.current_id,
        "applicant": _person(request.applicant),
        "subject": _person(request.subject)
        | {"deceased": request.subject.deceased, "minor": request.subject.minor},
        "sealed_numbers": {
            role: keys.encrypt(person.national_number).as_tuple()
            for role, person in people.items()
            if person.national_number
        },
    }


def _person(person: Person) -> dict[str, Any]:
    address = person.address
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "birth_date": person.birth_date.isoformat() if person.birth_date else "",
        "email": person.email,
        "phone": person.phone,
        "address": {
            "street": address.street,
            "number": address.number,
            "box": address.box,
            "postal_code": address.postal_code,
            "locality": address.locality,
            "country": address.country,
        },
    }


def _file(item: Attachment) -> tuple[str, NamedBlobFile]:
    blob = NamedBlobFile(
        data=item.data, contentType=item.content_type, filename=item.filename
    )
    return (item.question, blob)


def _free_reference() -> str:
    records = counter().records
    reference = new_reference()
    while reference in records:
        reference = new_reference()
    return reference


def _store(order: Order, entry: Entry | None) -> Order:
    store = counter()
    if entry is not None:
        order.identity_document = entry.identity_document
    order = keep(store, order)
    weigh(order)
    log(order, "placed")
    if entry is not None:
        log(order, f"entered_{entry.channel}", **entry.details())
    begin(order)
    return order
