"""A staff role counts only for the services that the person belongs to."""

from borg.localrole.interfaces import ILocalRoleProvider
from plone import api
from plonegov.core.interfaces import IServiceBound
from zope.component import adapter
from zope.interface import implementer


STAFF_ROLES = ("Clerk",)


@implementer(ILocalRoleProvider)
@adapter(IServiceBound)
class ServiceRoles:
    """Give ``Service <role>`` to members of ``service-<id>`` who hold the role."""

    def __init__(self, context: IServiceBound) -> None:
        self.context = context

    def getRoles(self, principal_id: str) -> tuple[str, ...]:
        user = api.user.get(userid=principal_id)
        if user is None or f"service-{self.context.service}" not in user.getGroups():
            return ()
        held = user.getRoles()
        return tuple(f"Service {role}" for role in STAFF_ROLES if role in held)

    def getAllRoles(self):
        return ()
