"""A listing of Plone's own content, from the metadata of ``portal_catalog``."""

from collections.abc import Iterator
from collections.abc import Mapping
from plonegov.core.listing.interfaces import IListingSource
from Products.ZCTextIndex.ParseTree import ParseError
from typing import Any
from zope.interface import implementer


@implementer(IListingSource)
class CatalogSource:
    """Rows are the brains that the person may see.

    ``query`` narrows always; each filter is the index of its own id.
    """

    def __init__(self, catalog: Any, **query: Any) -> None:
        self.catalog = catalog
        self.always = query

    def query(
        self,
        filters: Mapping[str, str],
        sort_on: str,
        reverse: bool,
        start: int,
        size: int,
    ) -> tuple[list[Any], int]:
        """Return brains and how many there are in all."""
        query = {
            **filters,
            **self.always,
            "sort_on": sort_on,
            "sort_order": "descending" if reverse else "ascending",
            "sort_limit": start + size,
        }
        try:
            found = self.catalog.searchResults(**query)
        except ParseError:  # a text that is no query, such as "(" or "and"
            return [], 0
        return list(found[start : start + size]), found.actual_result_count

    def pages(
        self, filters: Mapping[str, str], sort_on: str, reverse: bool, size: int
    ) -> Iterator[list[Any]]:
        """Yield pages of brains; no page is kept."""
        start, total = 0, 1
        while start < total:
            rows, total = self.query(filters, sort_on, reverse, start, size)
            yield rows
            start += size
