"""An order as JSON: what the link shows, and what the clerk sees."""

from plone import api
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.interfaces import ISerializeToJsonSummary
from plone.restapi.serializer.converters import json_compatible
from plonegov.core.api import municipality
from plonegov.core.identity.current import town_keys
from plonegov.core.identity.keys import Sealed
from plonegov.core.identity.numbers import mask_national_number
from plonegov.core.ops.readlog import log_read
from plonegov.core.records.events import actor
from plonegov.core.records.events import entries
from plonegov.core.records.events import origin
from plonegov.ordering.api import versions
from plonegov.ordering.api.changes import serial
from plonegov.ordering.content.order import IOrder
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.forms import question_to_plain
from plonegov.ordering.domain.reading import HANDLING
from plonegov.ordering.domain.states import STATES
from plonegov.ordering.interfaces import HANDLE_ORDERS
from plonegov.ordering.interfaces import IOrderingLayer
from typing import Any
from zope.component import adapter
from zope.interface import implementer


def link_view(order: Order) -> dict[str, Any]:
    """Return what the tracking link alone shows: document, state and next step."""
    meaning = STATES[order.state]
    return {
        "reference": order.reference,
        "document": order.document,
        "title": order.document_title,
        "state": order.state,
        "must_act": str(meaning.actor),
        "placed": order.placed.isoformat(),
        "due": order.due.isoformat(),
        "anonymised": order.anonymised.isoformat() if order.anonymised else None,
    }


def citizen_view(order: Order) -> dict[str, Any]:
    """Return what the applicant sees who is signed in: with price and delivery."""
    return link_view(order) | {
        "price": order.price,
        "currency": order.currency,
        "delivery": order.delivery,
        "copies": order.copies,
    }


def masked_numbers(order: Order) -> dict[str, str]:
    """Return the masked national numbers of applicant and subject."""
    keys, country = town_keys(), municipality().country
    return {
        role: mask_national_number(keys.decrypt(Sealed(*sealed)), country)
        for role, sealed in order.sealed_numbers.items()
    }


def clerk_view(order: Order) -> dict[str, Any]:
    """Return all that a clerk of the order's service may see, numbers masked.

    The read is logged first.

    :raises ReadLogUnwritable: it can't be logged, so it is refused.
    """
    log_read("open_order", order.reference, actor(), origin(), HANDLING)
    numbers = masked_numbers(order)
    return citizen_view(order) | {
        "service": order.service,
        "assigned": order.assigned,
        "language": order.language,
        "relation": order.relation,
        "entitlement": order.entitlement,
        "relation_proof": order.relation_proof,
        "relation_basis": order.relation_basis,
        "applicant": order.applicant | {"national_number": numbers.get("applicant")},
        "subject": order.subject | {"national_number": numbers.get("subject")},
        "questions": [
            question_to_plain(question)
            for question in versions.of_order(order).questions
        ],
        "answers": json_compatible(order.answers),
        "findings": order.findings,
        "paid": order.paid,
        "seen": serial(order),
        "events": [
            {"when": entry.when.isoformat(), "who": entry.who, "action": entry.action}
            for entry in entries(order)
        ],
    }


@implementer(ISerializeToJson)
@adapter(IOrder, IOrderingLayer)
class OrderToJson:
    """``GET`` of an order's own address: all of it for the clerks of its service; its
    applicant reads what the order is, since the rest is the register's and theirs."""

    def __init__(self, order, request) -> None:
        self.order = order
        self.request = request

    def __call__(self, version=None, include_items=True):
        self.request.response.setHeader("Cache-Control", "no-store")
        if api.user.has_permission(HANDLE_ORDERS, obj=self.order):
            return clerk_view(self.order)
        return citizen_view(self.order)


@implementer(ISerializeToJsonSummary)
@adapter(IOrder, IOrderingLayer)
class OrderSummary:
    """An order in a list or as the parent of another answer."""

    def __init__(self, order, request) -> None:
        self.order = order

    def __call__(self):
        return {
            "@id": self.order.absolute_url(),
            "@type": self.order.portal_type,
            "title": self.order.reference,
            "review_state": self.order.state,
        }
