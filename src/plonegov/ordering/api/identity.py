"""Who is asking, and how sure the town is of it."""

from plone import api
from plonegov.ordering.domain.model import Identity


def reached_now() -> Identity:
    """Return how sure the town is of who makes the current request."""
    return Identity.NONE if api.user.is_anonymous() else Identity.ACCOUNT
