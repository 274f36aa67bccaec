from dataclasses import asdict
from plone.restapi.services import Service
from plonegov.ordering.adapters.questions import json_schema
from plonegov.ordering.api import documents
from plonegov.ordering.api import figures
from plonegov.ordering.domain.figures import Delay
from typing import Any


class OrderableDocumentsGet(Service):
    """What the town issues, on which terms, and what it asks."""

    def reply(self) -> dict[str, Any]:
        found = documents.all_documents()
        return {
            "@id": f"{self.context.absolute_url()}/@orderable-documents",
            "items": [self.item(document) for document in found],
            "items_total": len(found),
        }

    def item(self, document) -> dict[str, Any]:
        terms = documents.terms(document)
        return {
            "@id": document.absolute_url(),
            "id": terms.id,
            "title": dict(terms.title),
            "price": str(terms.price),
            "currency": terms.currency,
            "delay_days": terms.delay_days,
            "real_delay": _delay(figures.real_delay(terms.id)),
            "delivery": [str(way) for way in terms.delivery_prices],
            "delivery_prices": {
                str(way): str(price) for way, price in terms.delivery_prices.items()
            },
            "identity": str(terms.identity),
            "relations": [str(relation) for relation in terms.relations],
            "fields": json_schema(document),
        }


def _delay(found: Delay | None) -> dict[str, int] | None:
    return None if found is None else asdict(found)
