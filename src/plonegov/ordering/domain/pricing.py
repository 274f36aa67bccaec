"""What an order costs."""

from plonegov.core.money import Money
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import DocumentTerms


def price(terms: DocumentTerms, copies: int, delivery: Delivery) -> Money:
    """Return the price of an order: each copy, and the delivery once.

    :raises KeyError: the document is not delivered in this way.
    """
    one = Money(terms.price, terms.currency)
    way = Money(terms.delivery_prices[delivery], terms.currency)
    return one.times(copies).add(way)
