from plone.dexterity.content import Container
from plone.supermodel import model
from plonegov.core.records.container import HoldsRecords
from plonegov.core.records.store import RecordStore
from plonegov.deliberations.interfaces import IDeliberationsContainer
from zope.interface import implementer


#: Indexes of the catalog of meetings and items. ``kind`` says which of both; ``meeting``
#: is the key of an item's meeting, ``day`` the ordinal of a meeting, or of an item's.
#: ``outdated`` is 1 where the public reads a text that was rectified since.
#: Where an index has nothing to say of a record it holds "" or 0.
INDEXES = (
    "kind",
    "body",
    "state",
    "service",
    "category",
    "meeting",
    "day",
    "wish",
    "supervision",
    "actor",
    "changed",
    "outdated",
)

#: Indexes with several values of a record: who may list it (see ``domain.readers``), and
#: the services whose advice on an item is still awaited.
KEYWORDS = ("readers", "awaited")

#: Metadata columns: what a row of the lists shows. ``number`` is an item's in its
#: meeting, ``registered`` its number in the register (0: none yet), ``due`` the day
#: (ordinal) by which it is to be sent to, or answered by, the authority, ``advice_due``
#: the day of the awaited advice that is due first (ISO 8601). ``announced`` is when and
#: where a meeting was said to take place (see ``content.meeting``), ``sequence`` how often
#: something happened to it and ``touched`` when last (ISO time).
COLUMNS = (
    "key",
    "uid",
    "kind",
    "body",
    "state",
    "service",
    "category",
    "meeting",
    "day",
    "title",
    "privacy",
    "matter",
    "late",
    "number",
    "registered",
    "due",
    "changed",
    "actor",
    "advice_due",
    "announced",
    "sequence",
    "touched",
)


class IDeliberations(model.Schema):
    """The town's deliberations: one per site, at the site's root."""


@implementer(IDeliberations, IDeliberationsContainer)
class Deliberations(HoldsRecords, Container):
    """Bodies and functions are its children, meetings and items its records."""

    def __init__(self, id=None, **kwargs):
        super().__init__(id, **kwargs)
        self.records = RecordStore(INDEXES, COLUMNS, keywords=KEYWORDS)
