from plonegov.core.interfaces import IMunicipalityLayer
from zope.interface import Attribute
from zope.interface import Interface


class ICertificationLayer(IMunicipalityLayer):
    """Browser layer of a site with certification."""


class ISignInWay(Interface):
    """Named utility (name: the way's id): one way to prove who one is."""

    title = Attribute("What it is called on a button (``Message``)")
    order = Attribute("Its place among the ways (int)")

    def level():
        """Return the surest ``AssuranceLevel`` that it proves in this town."""

    def is_ready():
        """Tell whether the town has set it up."""

    def prepare():
        """Return what must be known when the person comes back, as values that JSON
        can hold; it is kept on this machine only."""

    def address(code, facts):
        """Return where the browser is sent.

        :param code: comes back with the person, see ``api.signin.taken``.
        :param facts: what ``prepare`` returned.
        :raises SignInAway: the provider does not answer.
        """
