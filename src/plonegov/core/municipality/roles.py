"""A staff role counts only for the services that the person belongs to."""

from borg.localrole.default_adapter import DefaultLocalRoleAdapter
from borg.localrole.interfaces import ILocalRoleProvider
from plone import api
from plonegov.core.api import municipality
from plonegov.core.interfaces import IServiceBound
from typing import Any
from zope.component import adapter
from zope.interface import implementer


STAFF_ROLES = ("Clerk", "Drafter", "Reviewer")


def held_in(principal_id: str, service: str) -> tuple[str, ...]:
    """Return the staff roles that an account holds in a service: it has the role, and is
    in the group ``service-<id>``."""
    user = api.user.get(userid=principal_id)
    if user is None or f"service-{service}" not in user.getGroups():
        return ()
    held = user.getRoles()
    return tuple(role for role in STAFF_ROLES if role in held)


def own_services(*roles: str) -> list[str]:
    """Return the ids of the services in which the current user holds one of the staff
    roles, by default any, in the order of the profile."""
    user = api.user.get_current()
    if set(roles or STAFF_ROLES).isdisjoint(user.getRoles()):
        return []
    groups = user.getGroups()
    return [
        service.id
        for service in municipality().services
        if f"service-{service.id}" in groups
    ]


def members_of(service: str) -> list[Any]:
    """Return the users in the group of a service."""
    group = f"service-{service}"
    return api.user.get_users(groupname=group) if api.group.get(group) else []


@implementer(ILocalRoleProvider)
@adapter(IServiceBound)
class ServiceRoles:
    """Give ``Service <role>`` to members of ``service-<id>`` who hold the role."""

    def __init__(self, context: IServiceBound) -> None:
        self.context = context

    def getRoles(self, principal_id: str) -> tuple[str, ...]:
        held = held_in(principal_id, self.context.service)
        return tuple(f"Service {role}" for role in held)

    def getAllRoles(self):
        return ()


class KnownLocalRoles(DefaultLocalRoleAdapter):
    """The roles given on an object itself, but those only that the site has.

    ``Service Clerk`` and ``Applicant`` are none of these: they come from providers.
    It has the name of the provider in whose place it stands.
    """

    def getRoles(self, principal_id: str) -> list[str]:
        return self._known(super().getRoles(principal_id))

    def getAllRoles(self) -> list[tuple[str, list[str]]]:
        return [(who, self._known(roles)) for who, roles in super().getAllRoles()]

    def _known(self, roles: Any) -> list[str]:
        known = self.context.valid_roles() if roles else ()
        return [role for role in roles if role in known]
