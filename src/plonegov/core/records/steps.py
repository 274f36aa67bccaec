"""Steps in the workflow of a record, as the current user may do them."""

from plone import api
from plonegov.core.errors import ActionNotAllowed
from typing import Any


def require(content: Any, *permissions: str) -> None:
    """Refuse who has none of the permissions.

    :raises ActionNotAllowed: so it is.
    """
    if not any(api.user.has_permission(name, obj=content) for name in permissions):
        raise ActionNotAllowed()


def offered(record: Any) -> set[str]:
    """Return the transitions that the workflow offers to the current user."""
    tool = api.portal.get_tool("portal_workflow")
    return {action["id"] for action in tool.listActionInfos(object=record)}


def step(record: Any, transition: str, **data: Any) -> None:
    """Do a transition of a record's workflow, with the data that its rule asks for.

    :raises ActionNotAllowed: not the current user, or not in this state.
    :raises PlonegovError: a rule of the add-on is broken.
    """
    if transition not in offered(record):
        raise ActionNotAllowed(action=transition, state=record.state)
    tool = api.portal.get_tool("portal_workflow")
    tool.doActionFor(record, transition, **data)
