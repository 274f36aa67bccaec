"""The town's role manager: it gives only roles that the site has, and logs changes."""

from AccessControl import ClassSecurityInfo
from AccessControl.class_init import InitializeClass
from AccessControl.requestmethod import postonly
from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from collections.abc import Iterator
from contextlib import contextmanager
from plone import api
from plonegov.core.ops.rolelog import log_roles
from Products.PlonePAS.plugins.role import GroupAwareRoleManager
from Products.PluggableAuthService.permissions import ManageUsers
from typing import Any


#: Id of the plugin in Plone's user folder.
PLUGIN = "portal_role_manager"


class TownRoleManager(GroupAwareRoleManager):
    """Plone's role manager; roles of providers (``Service Clerk``) are never given here.

    Plone's own stores any name that a form sends.
    """

    meta_type = "PloneGov Role Manager"
    security = ClassSecurityInfo()

    @security.private
    def getRolesForPrincipal(self, principal, request=None):
        held = super().getRolesForPrincipal(principal, request)
        known = aq_parent(aq_inner(self._getPAS())).valid_roles()
        return tuple(role for role in held if role in known)

    @security.protected(ManageUsers)
    def assignRoleToPrincipal(self, role_id, principal_id, REQUEST=None):
        with self._logged(principal_id):
            return super().assignRoleToPrincipal(role_id, principal_id)

    @security.private
    def removeRoleFromPrincipal(self, role_id, principal_id):
        with self._logged(principal_id):
            return super().removeRoleFromPrincipal(role_id, principal_id)

    @security.protected(ManageUsers)
    @postonly
    def assignRolesToPrincipal(self, roles, principal_id, REQUEST=None):
        with self._logged(principal_id):
            super().assignRolesToPrincipal(roles, principal_id)

    @contextmanager
    def _logged(self, principal_id: str) -> Iterator[None]:
        before = self._principal_roles.get(principal_id, ())
        yield
        log_roles(principal_id, before, self._principal_roles.get(principal_id, ()))


InitializeClass(TownRoleManager)


def use_town_manager() -> None:
    """Put the town's role manager in the place of Plone's, with all that it holds."""
    _replace(TownRoleManager)


def use_plone_manager() -> None:
    """Put Plone's role manager back."""
    _replace(GroupAwareRoleManager)


def _replace(factory: type[Any]) -> None:
    folder = api.portal.get_tool("acl_users")
    old = aq_base(folder[PLUGIN])
    if type(old) is factory:
        return
    new = factory(PLUGIN, old.title)
    new._roles, new._principal_roles = old._roles, old._principal_roles
    folder._setOb(PLUGIN, new)
    folder._objects = tuple(
        {**entry, "meta_type": new.meta_type} if entry["id"] == PLUGIN else entry
        for entry in folder._objects
    )
