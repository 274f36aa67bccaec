"""Requests for documents as plain values, right ones to be made wrong."""

from base64 import b64encode
from copy import deepcopy
from datetime import date
from decimal import Decimal
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.municipality.model import DocumentChoice
from plonegov.ordering.domain import catalogue
from plonegov.ordering.domain.intake import examine
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.domain.model import EntitlementRule
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.model import Outcome
from plonegov.ordering.domain.model import Relation
from typing import Any


TODAY = date(2026, 11, 22)
PDF = b"%PDF-1.7\n"
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff\xe0"
MB = 1024 * 1024

ADULT = {
    "first_name": "Élise",
    "last_name": "D'Exemple",
    "birth_date": "1985-07-30",
    "national_number": "85.07.30-033.28",
    "email": "elise@exempleville.example",
    "phone": "0470 00 00 00",
    "address": {
        "street": "Rue de l'Essai",
        "number": "12",
        "box": "3",
        "postal_code": "7180",
        "locality": "Exempleville",
        "country": "BE",
    },
}
CHILD = {
    "first_name": "Noé",
    "last_name": "Exemple",
    "birth_date": "2015-03-01",
    "minor": True,
}
PARENT = {"first_name": "Marie", "last_name": "Exemple", "birth_date": "1950-01-02"}


def file(content: bytes = PDF, **changes: Any) -> dict[str, Any]:
    return {
        "question": "mandate",
        "filename": "procuration.pdf",
        "content_type": "",
        "data": b64encode(content).decode(),
    } | changes


def terms(**changes: Any) -> DocumentTerms:
    values = {
        "id": "residence",
        "kind": Kind.CERTIFICATE,
        "title": {"fr": "Certificat"},
        "identity": AssuranceLevel.NONE,
        "price": Decimal("5.00"),
        "delivery_prices": {
            Delivery.POST: Decimal("2.00"),
            Delivery.COUNTER: Decimal("0.00"),
            Delivery.EMAIL: Decimal("0.00"),
        },
        "currency": "EUR",
        "delay_days": 3,
        "service": "population",
        "max_copies": 5,
        "deceased_allowed": True,
    }
    who = {name: changes.pop(name) for name in WHO if name in changes}
    return DocumentTerms(**({**values, "entitlement": law(**who)} | changes))


def terms_of(country: str, document_id: str, day: date = TODAY) -> DocumentTerms:
    """Return the terms of a document of the catalogue on a day."""
    entry = catalogue.entry(country, document_id)
    plain = catalogue.values(entry, DocumentChoice(document_id, "population"))
    return catalogue.terms_from(document_id, plain, entry.currency, country, day)


WHO = ("relations", "minor_only", "mandate_for")


def law(
    relations=tuple(Relation),
    minor_only=(),
    mandate_for=(Relation.MANDATARY,),
) -> tuple[EntitlementRule, ...]:
    """Return rules by which these may order, some for a minor or with a mandate."""
    return (
        rule(minor_only, Outcome.ALLOWED, minor=True),
        rule(minor_only, Outcome.REFUSED),
        rule(
            [one for one in mandate_for if one in relations],
            Outcome.PROOF_NEEDED,
            proofs=("mandate",),
        ),
        rule(relations, Outcome.ALLOWED),
    )


def rule(relations, outcome: Outcome, **changes: Any) -> EntitlementRule:
    """Return a rule that holds since 1992, with texts of Belgium's pool."""
    return EntitlementRule(
        relations=tuple(relations),
        outcome=outcome,
        **{"reason": "own_data", "law": "mandate", "valid_from": date(1992, 7, 16)}
        | changes,
    )


def request(**changes: Any) -> dict[str, Any]:
    """Return a right request with values changed (``a__b`` goes deeper)."""
    payload = {
        "document": "residence",
        "language": "fr",
        "relation": "self",
        "applicant": deepcopy(ADULT),
        "copies": 1,
        "delivery": "post",
        "answers": {"purpose": "École"},
        "attachments": [],
    }
    for path, value in changes.items():
        *parents, name = path.split("__")
        target = payload
        for parent in parents:
            target = target[parent]
        target[name] = value
    return payload


def faults(payload, wanted: DocumentTerms | None = None, only=None) -> dict[str, str]:
    try:
        examine(payload, wanted or terms(), TODAY, only)
    except InvalidInput as error:
        return {fault.field: fault.code for fault in error.faults}
    return {}
