from plone.dexterity.content import Container
from plone.supermodel import model
from plonegov.core.records.container import HoldsRecords
from plonegov.core.records.store import RecordStore
from plonegov.ordering.interfaces import ICounterContainer
from plonegov.ordering.storage.blocked import BlockedAddresses
from plonegov.ordering.storage.drafts import DraftStore
from plonegov.ordering.storage.figures import FiguresStore
from plonegov.ordering.storage.linkrequests import LinkRequests
from plonegov.ordering.storage.replays import ReplayStore
from plonegov.ordering.storage.schemas import SchemaStore
from plonegov.ordering.storage.workdesk import WorkDesk
from zope.interface import implementer


#: Indexes of the orders' own catalog; ``due`` is ``content.order.urgency``.
#: ``attention`` is what ``content.order.attention`` says, ``erases`` the first day
#: without people (0: none comes), ``stand`` what ``content.order.stand`` says.
INDEXES = (
    "state",
    "document",
    "service",
    "assigned",
    "due",
    "owner",
    "attention",
    "erases",
    "schema",
    "stand",
)

#: Metadata columns: all that a row of the queue shows; ``promised``, ``closed``,
#: ``erases`` and ``ready`` are ordinals (0: not closed, nothing to erase, not made);
#: ``used`` are the working days until it was ready (-1: not made).
COLUMNS = (
    "reference",
    "state",
    "document",
    "service",
    "assigned",
    "promised",
    "placed",
    "name",
    "paid",
    "channel",
    "closed",
    "erases",
    "ready",
    "used",
    "motive",
)


class ICounter(model.Schema):
    """The town's online counter: one per site, at the site's root."""


@implementer(ICounter, ICounterContainer)
class Counter(HoldsRecords, Container):
    """Documents that can be ordered are its children, orders are its records.

    The stores are made with the counter and never replaced.
    """

    def __init__(self, id=None, **kwargs):
        super().__init__(id, **kwargs)
        self.records = RecordStore(INDEXES, COLUMNS)
        self.drafts = DraftStore()
        self.replays = ReplayStore()
        self.blocked = BlockedAddresses()
        self.link_requests = LinkRequests()
        self.workdesk = WorkDesk()
        self.counted = FiguresStore()
        self.schemas = SchemaStore()
