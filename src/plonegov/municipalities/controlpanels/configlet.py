"""The entry of Site Setup that leads to the town's profile."""

from plone import api
from plonegov.municipalities import _


ID = "plonegov-municipality"
VIEW = "municipality-profile"
PERMISSION = "plonegov: Use municipality profile"


def register_configlet(portal) -> None:
    """Add the entry where it is missing."""
    tool = api.portal.get_tool("portal_controlpanel")
    if ID in [action.getId() for action in tool.listActions()]:
        return
    tool.registerConfiglet(
        id=ID,
        name=_("configlet_municipality", default="Municipality"),
        action=f"string:${{portal_url}}/{VIEW}",
        permission=(PERMISSION,),
        category="plone-general",
        icon_expr="string:house",
        appId="plonegov.municipalities",
    )
