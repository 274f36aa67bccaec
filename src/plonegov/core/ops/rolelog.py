"""Logging who gave which role to whom, in the town's hash-chained log.

A site administrator manages accounts and so could make himself a clerk: nobody can
prevent it, but it can't be done unseen.
"""

from collections.abc import Iterable
from plone.registry.interfaces import IRegistry
from plonegov.core.interfaces import ICoreSettings
from plonegov.core.ops.readlog import log_read
from plonegov.core.records.events import actor
from plonegov.core.records.events import origin
from plonegov.core.records.events import SYSTEM
from zope.component import queryUtility


#: Roles that everybody with an account has, or that go with what one made.
USUAL = frozenset({"Anonymous", "Authenticated", "Member", "Owner"})
SERVICE_GROUP = "service-"


def log_roles(principal_id: str, before: Iterable[str], after: Iterable[str]) -> None:
    """Log the roles that an account or a group was given and lost.

    :raises ReadLogUnwritable: it could not be logged, so the change is refused.
    """
    held, holds = set(before) - USUAL, set(after) - USUAL
    for role in sorted(holds - held):
        _log("role_given", role, principal_id)
    for role in sorted(held - holds):
        _log("role_taken", role, principal_id)


def joined(event) -> None:
    """Subscriber: an account or a group became a member of a service's group."""
    if event.group_id.startswith(SERVICE_GROUP):
        _log("group_joined", event.group_id, _id(event.principal))


def left(event) -> None:
    """Subscriber: an account or a group is no longer a member of a service's group."""
    if event.group_id.startswith(SERVICE_GROUP):
        _log("group_left", event.group_id, _id(event.principal))


def shared(event) -> None:
    """Subscriber: roles on one object were changed."""
    _log("sharing_changed", "/".join(event.object.getPhysicalPath()), "")


def _id(principal) -> str:
    return principal if isinstance(principal, str) else principal.getId()


def _log(action: str, object_id: str, principal_id: str) -> None:
    """Log a change in a site that is a town's; who is concerned can be erased later."""
    registry = queryUtility(IRegistry)
    settings = registry and registry.forInterface(
        ICoreSettings, prefix="plonegov.core", check=False
    )
    if settings and settings.municipality_id:
        log_read(action, object_id, actor() or SYSTEM, origin(), principal_id)
