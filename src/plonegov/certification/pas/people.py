"""The plugin of Plone's user folder for people who have proved who they are.

It knows them by their random id only, lists none, and knows no password: they come in
through ``api.signin``, which opens an ordinary session. No header signs anybody in.
"""

from AccessControl import ClassSecurityInfo
from AccessControl.class_init import InitializeClass
from plone import api
from plonegov.certification import logger
from plonegov.certification.storage.people import People
from plonegov.core.errors import KeyFileExposed
from plonegov.core.errors import KeyMissing
from plonegov.core.identity.current import town_keys
from plonegov.core.identity.errors import SealedValueDamaged
from Products.PluggableAuthService.interfaces.plugins import IPropertiesPlugin
from Products.PluggableAuthService.interfaces.plugins import IRolesPlugin
from Products.PluggableAuthService.interfaces.plugins import IUserEnumerationPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from zope.interface import implementer


#: Id of the plugin in the town's user folder.
PLUGIN = "plonegov_people"
INTERFACES = (IUserEnumerationPlugin, IRolesPlugin, IPropertiesPlugin)


@implementer(*INTERFACES)
class PeoplePlugin(BasePlugin):
    """Gives users, their role and their name; ``people`` are the ``storage.People``."""

    meta_type = "PloneGov People"
    security = ClassSecurityInfo()

    def __init__(self, plugin_id: str) -> None:
        self._setId(plugin_id)
        self.people = People()

    @security.private
    def enumerateUsers(
        self,
        id=None,
        login=None,
        exact_match=False,
        sort_by=None,
        max_results=None,
        **kw,
    ):
        """Return the one person whose id is asked for; nobody is searched."""
        wanted = id or login
        if not isinstance(wanted, str) or self.people.get(wanted) is None:
            return ()
        return ({"id": wanted, "login": wanted, "pluginid": self.getId()},)

    @security.private
    def getRolesForPrincipal(self, principal, request=None):
        """Return Plone's role of who is signed in."""
        return ("Member",) if self.people.get(principal.getId()) else ()

    @security.private
    def getPropertiesForUser(self, user, request=None):
        """Return the name; without the town's key nobody has one."""
        person = self.people.get(user.getId())
        if person is None:
            return {}
        try:
            return {"fullname": person.facts(town_keys()).full_name}
        except (KeyMissing, KeyFileExposed, SealedValueDamaged) as error:
            logger.warning("The name of %s can't be read: %s", person.id, error)
            return {}


InitializeClass(PeoplePlugin)


def people() -> People:
    """Return the people of the current town."""
    return api.portal.get_tool("acl_users")[PLUGIN].people


def install_plugin() -> None:
    """Put the plugin into the town's user folder; its names come before Plone's."""
    folder = api.portal.get_tool("acl_users")
    if PLUGIN not in folder.objectIds():
        folder._setObject(PLUGIN, PeoplePlugin(PLUGIN))
    plugins = folder.plugins
    for interface in INTERFACES:
        if PLUGIN not in plugins.listPluginIds(interface):
            plugins.activatePlugin(interface, PLUGIN)
    while plugins.listPluginIds(IPropertiesPlugin)[0] != PLUGIN:
        plugins.movePluginsUp(IPropertiesPlugin, [PLUGIN])


def uninstall_plugin() -> None:
    """Take the plugin out again, with the people in it."""
    folder = api.portal.get_tool("acl_users")
    if PLUGIN in folder.objectIds():
        for interface in INTERFACES:
            folder.plugins.deactivatePlugin(interface, PLUGIN)
        folder._delObject(PLUGIN)
