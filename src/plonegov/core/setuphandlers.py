"""What the profile's XML files can't say."""

from plonegov.core.mail import mailhost
from plonegov.core.ops.tools import hold_tools
from plonegov.core.pas.rolemanager import use_plone_manager
from plonegov.core.pas.rolemanager import use_town_manager
from plonegov.core.pas.roottokens import use_own_secret


def install(tool) -> None:
    """Let the town's role manager give the roles; keep its tools from being deleted."""
    use_town_manager()
    hold_tools()
    use_own_secret()


def uninstall(tool) -> None:
    """Give Plone its own tools back."""
    use_plone_manager()
    mailhost.uninstall(tool)
