"""Who is asking, and how sure the town is of it."""

from collections.abc import Mapping
from plone import api
from plonegov.core.api import has_port
from plonegov.core.api import municipality
from plonegov.core.api import port
from plonegov.core.identity.interfaces import IIdentityProvider
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.levels import reaches
from plonegov.core.identity.levels import surest
from plonegov.core.identity.offers import SignInOffer
from plonegov.ordering.domain import proved
from typing import Any


def reached_now() -> AssuranceLevel:
    """Return how sure the town is of who makes the current request."""
    if api.user.is_anonymous():
        return AssuranceLevel.NONE
    identity = _proved()
    if identity is None:
        return AssuranceLevel.ACCOUNT
    return surest(identity.level, AssuranceLevel.ACCOUNT)


def stated_now() -> dict[str, str]:
    """Return the applicant's values that the current session has proved."""
    identity = _proved()
    return {} if identity is None else proved.stated(identity, municipality().country)


def with_stated(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed with what the session has proved in its place."""
    values = stated_now()
    return proved.completed(content, values) if values else dict(content)


def offers(asked: AssuranceLevel, came_from: str) -> list[SignInOffer]:
    """Return the ways to reach a level that the current session does not reach.

    Below what electronic identification proves, there is nothing to offer.

    :param came_from: the address in the site to return to.
    """
    if not has_port(IIdentityProvider) or reaches(reached_now(), asked):
        return []
    if not reaches(asked, AssuranceLevel.SUBSTANTIAL):
        return []
    return port(IIdentityProvider).offers(asked, came_from)


def _proved():
    return port(IIdentityProvider).proved() if has_port(IIdentityProvider) else None
