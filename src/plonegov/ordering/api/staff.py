"""The town's clerks and heads of service, and what they said of their own work."""

from collections import defaultdict
from plone import api
from plonegov.core.api import municipality
from plonegov.core.municipality.roles import members_of
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.domain.errors import ClerkAway
from plonegov.ordering.domain.staffing import Clerk
from plonegov.ordering.domain.staffing import WorkSettings
from typing import Any


ROLE = "Clerk"


def staff() -> dict[str, Clerk]:
    """Return the clerks and heads of the town's services, by account."""
    people: dict[str, Any] = {}
    services = defaultdict(set)
    headed = defaultdict(set)
    for service in municipality().services:
        for user in members_of(service.id):
            if ROLE in user.getRoles():
                people[user.getId()] = user
                services[user.getId()].add(service.id)
        for name in service.head:
            user = people.get(name) or api.user.get(userid=name)
            if user is not None:
                people[name] = user
                headed[name].add(service.id)
    return {
        name: _clerk(user, services[name], headed[name])
        for name, user in people.items()
    }


def heads() -> dict[str, tuple[str, ...]]:
    """Return the accounts of each service's heads, as the town's facts name them."""
    return {service.id: service.head for service in municipality().services}


def settings_of(user: str) -> WorkSettings:
    """Return what an account said of its own work."""
    return counter().workdesk.get(user)


def keep_settings(user: str, settings: WorkSettings) -> None:
    """Keep what an account says of its own work."""
    counter().workdesk.put(user, settings)


def is_away(user: str) -> bool:
    """Whether an account said that it is away today."""
    return settings_of(user).is_away(town_today())


def require_present(user: str) -> None:
    """Refuse work to who is away: it would be given back at once.

    :raises ClerkAway: the account said so.
    """
    if is_away(user):
        raise ClerkAway(last=settings_of(user).absence.last.isoformat())


def _clerk(user: Any, services: set[str], headed: set[str]) -> Clerk:
    town = municipality()
    language = user.getProperty("language", "")
    known = language in town.interface_languages
    return Clerk(
        user=user.getId(),
        services=frozenset(services),
        headed=frozenset(headed),
        settings=settings_of(user.getId()),
        email=user.getProperty("email", "") or "",
        language=language if known else town.legal_language,
    )
