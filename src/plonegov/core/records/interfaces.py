from zope.interface import Attribute
from zope.interface import Interface


class IRecord(Interface):
    """A record of a citizen: workflowed and secured as content, but in no catalog,
    site search, sitemap or contents view of Plone's."""


class IRecordContainer(Interface):
    """Content that holds records in ``records`` (never as its children)."""

    records = Attribute("The ``RecordStore`` with this container's records.")


class IRecordIndexes(Interface):
    """Adapter of a record: the values that its store's own catalog holds."""

    def values():
        """Return a dict of index or column id to value (str, int or bool).

        Days are ``date.toordinal()``, so that trees stay small.
        """
