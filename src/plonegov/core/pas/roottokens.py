"""Bearer tokens at the Zope root, which has none of a site's keys to check them.

There Plone's plugin fails on every request with such a token, ``health`` too. With a
secret of its own it refuses what it did not give.
"""

from Acquisition import aq_base
from plone import api


#: Id of the plugin in the root's user folder.
PLUGIN = "jwt_auth"


def use_own_secret() -> None:
    """Let the root's plugin keep a secret of its own; done once for all sites."""
    folder = api.portal.get().getPhysicalRoot().acl_users
    plugin = getattr(aq_base(folder), PLUGIN, None)
    if plugin is not None and plugin.use_keyring:
        plugin = folder[PLUGIN]
        plugin.use_keyring = False
        plugin.create_token("")  # makes the secret, which checking needs
