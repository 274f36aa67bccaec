from zope.interface import Interface


class IListingSource(Interface):
    """Where the rows of a listing come from: metadata only, no object is woken."""

    def query(filters, sort_on, reverse, start, size):
        """Return ``(rows, total)``: at most ``size`` rows from ``start`` on, and how
        many rows there are in all.

        :param filters: dict, filter id to the chosen value (only chosen filters).
        :param sort_on: name of an index.
        """

    def pages(filters, sort_on, reverse, size):
        """Yield all rows in pages of ``size``, for a file; ``query`` says the rest."""
