from plone.dexterity.content import Container
from plone.supermodel import model
from plonegov.core.records.container import HoldsRecords
from plonegov.core.records.store import RecordStore
from plonegov.deliberations.interfaces import IDecisionsContainer
from zope.interface import implementer


#: Indexes of what is public; ``shown`` is a ``domain.publishing.Shown``, ``meeting`` the
#: key of the sitting, ``online`` when it was put online (seconds), ``posted`` the first
#: day of a regulation's posting (ordinal; 0: it is none).
INDEXES = ("body", "year", "subject", "shown", "day", "meeting", "online", "posted")

#: Metadata columns: what a row of the public lists and of the open data shows.
COLUMNS = (
    "key",
    "body",
    "year",
    "subject",
    "shown",
    "day",
    "meeting",
    "online",
    "posted",
    "title",
    "number",
    "registered",
    "outcome",
    "controlled",
    "posting",
    "late",
    "documents",
    "members",
    "voters",
    "in_favour",
    "against",
    "abstained",
    "imported",
)


class IDecisions(model.Schema):
    """What the public reads of the town's bodies: one per site, at the site's root."""


@implementer(IDecisions, IDecisionsContainer)
class Decisions(HoldsRecords, Container):
    """Public copies of items, by the keys of the items; nothing else of them is here."""

    def __init__(self, id=None, **kwargs):
        super().__init__(id, **kwargs)
        self.records = RecordStore(INDEXES, COLUMNS, texts=("text",))
