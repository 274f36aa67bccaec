"""A town's site and its tools stay where they are: only a Manager deletes or moves them.

Plone gives the site's highest role "Delete objects" for content; tools acquire it, and
the site itself can be deleted with it, since the Zope root asks for no permission.
"""

from AccessControl import getSecurityManager
from AccessControl.Permissions import copy_or_move
from AccessControl.Permissions import delete_objects
from Acquisition import aq_base
from plone import api
from plone.registry.interfaces import IRegistry
from plonegov.core.interfaces import ICoreSettings
from Products.CMFCore.interfaces import IContentish
from Products.CMFCore.permissions import ManagePortal
from zExceptions import Forbidden


def hold_tools() -> None:
    """Let only a Manager delete, copy or move a tool of the current site."""
    for tool in api.portal.get().objectValues():
        if not IContentish.providedBy(tool):
            for permission in (copy_or_move, delete_objects):
                tool.manage_permission(permission, ["Manager"], acquire=0)


def hold_site(site, event) -> None:
    """Subscriber of ``IObjectWillBeMovedEvent`` (removal is one, too).

    :raises Forbidden: somebody else than a Manager would delete or rename a town.
    """
    stays = event.oldParent is None or aq_base(event.object) is not aq_base(site)
    if stays or not _is_town(site):
        return
    if not getSecurityManager().checkPermission(ManagePortal, site):
        raise Forbidden("This site is moved or deleted by a Manager only")


def _is_town(site) -> bool:
    registry = site.getSiteManager().queryUtility(IRegistry)
    settings = registry and registry.forInterface(
        ICoreSettings, prefix="plonegov.core", check=False
    )
    return bool(settings and settings.municipality_id)
