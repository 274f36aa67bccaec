"""What the profiles' XML files can't say."""

from plonegov.certification.pas.people import install_plugin
from plonegov.certification.pas.people import uninstall_plugin


def install(tool) -> None:
    """Let people sign in with a proof of who they are."""
    install_plugin()


def uninstall(tool) -> None:
    """Forget the people who did."""
    uninstall_plugin()
