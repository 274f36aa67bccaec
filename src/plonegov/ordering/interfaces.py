from plonegov.core.interfaces import IMunicipalityLayer
from plonegov.core.records.interfaces import IRecordContainer
from zope.interface import Attribute
from zope.interface import implementer
from zope.interface import Interface


HANDLE_ORDERS = "plonegov: Handle orders"
VIEW_FIGURES = "plonegov: View figures"
USE_QUEUE = "plonegov: Use order queue"
EDIT_QUESTIONS = "plonegov: Edit questions"
ACT_AS_APPLICANT = "plonegov: Act as applicant"
SEAL_DOCUMENTS = "plonegov: Seal documents"


class IOrderingLayer(IMunicipalityLayer):
    """Browser layer of a site with ordering."""


class ICounterContainer(IRecordContainer):
    """The site's online counter: documents as children, orders as records."""


class IOrderPlaced(Interface):
    """An order was placed and stored."""

    order = Attribute("The order")


@implementer(IOrderPlaced)
class OrderPlaced:
    """An order was placed and stored."""

    def __init__(self, order) -> None:
        self.order = order
