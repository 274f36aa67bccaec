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


class IErasable(Interface):
    """Adapter of a record: takes out for good what is about people."""

    def day():
        """Return the first day on which it is erased; None: it runs, or was erased."""

    def erased():
        """Return whether it was erased."""

    def files():
        """Return the record's files (``INamedBlobFile``)."""

    def erase(day):
        """Erase all that is about people but the contents of files; the caller holds
        the write lock and commits.

        :param day: the date that the record will tell.
        """


class IRetention(Interface):
    """Named utility (name: the add-on): its records that are kept for a time only."""

    fields = Attribute("Ids of what is erased, in the order of the documentation")

    def due(portal, until, since=None):
        """Return what is erased on a day from ``since`` (else any) to ``until``.

        A list of ``retention.Due`` by day, from metadata: no record is woken.
        """

    def get(portal, key):
        """Return a record, wrapped in its container, or None."""

    def titles(portal):
        """Return the titles of the kinds of records by id, in the legal language."""

    def forget(portal):
        """Erase what other places keep about records that were erased, after all
        portions and without the town's write lock."""


class IPersonalData(Interface):
    """Named utility (name: the add-on): what it holds on a person (GDPR art. 15)."""

    def holders(portal):
        """Return a list of all that may be about a person, without waking records."""

    def name(holder):
        """Return the id that people use of a holder; it tells nothing about a person."""

    def sureness(portal, holder, wanted):
        """Return the ``person.Sureness`` that a holder is about ``person.Wanted``."""

    def held(portal, holder, wanted):
        """Return the ``person.Held`` of a holder that is about the person.

        What it says about others stays out of it (GDPR art. 15.4).
        """
