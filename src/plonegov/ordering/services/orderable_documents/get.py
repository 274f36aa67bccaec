from dataclasses import asdict
from plone.restapi.services import Service
from plonegov.ordering.adapters.questions import json_schema
from plonegov.ordering.api import documents
from plonegov.ordering.api import figures
from plonegov.ordering.domain.figures import Delay
from plonegov.ordering.domain.model import EntitlementRule
from plonegov.ordering.domain.pool import told
from plonegov.ordering.domain.ruletable import rule_to_plain
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
            "entitlement": [
                self.rule(rule, terms.country) for rule in terms.entitlement
            ],
            "fields": json_schema(document),
        }

    @staticmethod
    def rule(rule: EntitlementRule, country: str) -> dict[str, Any]:
        """Return to whom a rule applies, and what it says with its texts."""
        names = ("relations", "forms", "minor", "min_age", "from_year_end", "acts_from")
        plain = rule_to_plain(rule)
        return {name: plain[name] for name in names} | told(rule, country)


def _delay(found: Delay | None) -> dict[str, int] | None:
    return None if found is None else asdict(found)
