"""Orders that ended long ago."""

from datetime import timedelta
from helpers.orders import request
from plone import api
from plonegov.core.records.events import backdate
from plonegov.ordering.adapters.roles import APPLICANT
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders


def age(order, days):
    """Make an order older, as if all that happened to it had happened before."""
    past = timedelta(days=days)
    order.placed -= past
    order.due -= past
    if order.closed:
        order.closed -= past
    backdate(order, past)
    order.reindexObject()


def end(order, days=0):
    """Withdraw an order, so many days ago."""
    with api.env.adopt_roles(["Service Clerk", APPLICANT]):
        handling.withdraw(order)
    age(order, days)


def ended(days, **changes):
    """Place an order that ended so many days ago, and return it."""
    order = orders.place(request(**changes))
    end(order, days)
    return order
