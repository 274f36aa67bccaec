from Acquisition import aq_parent
from plone.dexterity.content import Item
from plonegov.core.records.interfaces import IRecord
from plonegov.core.records.store import RecordCatalogTool
from zope.interface import implementer


@implementer(IRecord)
class Record(Item):
    """Base of all records: Dexterity content that lives in a ``RecordStore``.

    Nobody gets a role on it from the sharing page of a parent, only from the
    providers of local roles that its add-on and core register for it.
    """

    __ac_local_roles_block__ = True

    def _getCatalogTool(self):
        return RecordCatalogTool(aq_parent(self).records)

    def notifyModified(self):
        """A record's times are in its event log; no date is set silently."""

    def reindexObjectSecurity(self, skip_self=False):
        """The own catalog has no security index: queries are limited by service."""
