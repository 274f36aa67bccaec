"""The documents that the town issues."""

from dataclasses import replace
from plone import api
from plonegov.core.money import Money
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.api.storage import file_limits
from plonegov.ordering.content.document import OrderableDocument
from plonegov.ordering.content.document import QUESTIONS
from plonegov.ordering.domain import pricing
from plonegov.ordering.domain.errors import DocumentRetired
from plonegov.ordering.domain.errors import DocumentUnknown
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import DocumentTerms


PORTAL_TYPE = "plonegov.OrderableDocument"


def all_documents() -> list[OrderableDocument]:
    """Return the documents that can be ordered, in the order of the counter."""
    return [document for document in every_document() if not document.retired]


def every_document() -> list[OrderableDocument]:
    """Return all documents, those too that the town issues no more."""
    counter = api.portal.get().get(COUNTER_ID)
    return [] if counter is None else list(filter(_is_document, counter.objectValues()))


def get(document_id: str) -> OrderableDocument:
    """Return a document that can be ordered.

    :raises DocumentUnknown: the town has none with this id.
    :raises DocumentRetired: the town had it, but issues it no more.
    """
    document = find(document_id)
    if document.retired:
        raise DocumentRetired(document=document_id)
    return document


def find(document_id: str) -> OrderableDocument:
    """Return a document, retired or not: orders already placed go on.

    :raises DocumentUnknown: the town has none with this id.
    """
    counter = api.portal.get().get(COUNTER_ID)
    known = counter is not None and document_id in counter.objectIds()
    document = counter[document_id] if known else None
    if document is None or not _is_document(document):
        raise DocumentUnknown()
    return document


def terms(document: OrderableDocument) -> DocumentTerms:
    """Return the terms on which the town issues a document, with its limits."""
    return replace(document.terms, files=file_limits())


def legal_basis(document: OrderableDocument) -> dict[str, str]:
    """Return the legal basis of a document, by language."""
    return dict(document.legal_basis)


def statement(document: OrderableDocument) -> dict[str, str]:
    """Return what a certificate certifies, by language; nothing for an attached act."""
    return dict(document.statement or {})


def price(terms: DocumentTerms, copies: int, delivery: Delivery) -> Money:
    """Return what an order costs.

    :raises KeyError: the document is not delivered in this way.
    """
    return pricing.price(terms, copies, delivery)


def _is_document(item) -> bool:
    """Say whether an item is a document that has its questions."""
    return (
        getattr(item, "portal_type", None) == PORTAL_TYPE
        and QUESTIONS in item.objectIds()
    )
