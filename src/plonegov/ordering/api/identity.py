"""Who is asking, and how sure the town is of it."""

from plone import api
from plonegov.core.identity.levels import AssuranceLevel


def reached_now() -> AssuranceLevel:
    """Return how sure the town is of who makes the current request."""
    return AssuranceLevel.NONE if api.user.is_anonymous() else AssuranceLevel.ACCOUNT
