from plonegov.core.interfaces import IMunicipalityLayer
from plonegov.core.records.interfaces import IRecordContainer
from zope.interface import Attribute
from zope.interface import implementer
from zope.interface import Interface


ASK_FOR_ADVICE = "plonegov: Ask for advice"
EDIT_ITEM = "plonegov: Edit item"
GIVE_ADVICE = "plonegov: Give advice"
MANAGE_MEETINGS = "plonegov: Manage meetings"
PUBLISH_ITEMS = "plonegov: Publish items"
SEAL_PAPERS = "plonegov: Seal papers"
USE_SITTINGS = "plonegov: Use sittings"


class IDeliberationsLayer(IMunicipalityLayer):
    """Browser layer of a site with deliberations."""


class IDeliberationsContainer(IRecordContainer):
    """The town's deliberations: bodies as children, meetings and items as records."""


class IDecisionsContainer(IRecordContainer):
    """What the public reads of the town's bodies: publications as records."""


class IItemPart(Interface):
    """An annex or an advice: it belongs to one item and is secured with it."""


class IRecordChanged(Interface):
    """The facts of an item, of an annex of it, or of a meeting were written anew (no step
    of a workflow)."""

    record = Attribute("The item or the meeting, wrapped.")


@implementer(IRecordChanged)
class RecordChanged:
    """See ``IRecordChanged``."""

    def __init__(self, record) -> None:
        self.record = record
