"""What the rules must know of an order, today."""

from dataclasses import replace
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.rules import OrderFacts


def facts_of(order: Order) -> OrderFacts:
    """Return the facts of an order; it is over from its last day on, whether or not
    the job that erases it has run."""
    day = order.erasure_day
    facts = order.facts()
    return replace(facts, over=facts.over or (day is not None and day <= town_today()))
