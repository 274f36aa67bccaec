"""Records in BTree shards with a small catalog of their own.

A site's portal_catalog never sees a record: it would cost 40 ms an order, conflict
on shared counters and show citizens' data in searches.
"""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from bisect import bisect_left
from BTrees.IIBTree import difference
from BTrees.IIBTree import IISet
from BTrees.IIBTree import IITreeSet
from BTrees.IIBTree import intersection
from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from persistent import Persistent
from plonegov.core.records.fulltext import add_text
from plonegov.core.records.interfaces import IRecordIndexes
from plonegov.core.records.weights import Weights
from Products.PluginIndexes.FieldIndex.FieldIndex import FieldIndex
from Products.PluginIndexes.KeywordIndex.KeywordIndex import KeywordIndex
from Products.ZCatalog.Catalog import Catalog
from typing import Any


#: Crockford's base 32, the alphabet of record keys: one shard per first character.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


#: Results of which a page is found by walking along the index that sorts them.
MANY = 1000
#: What the keys of a set may be, both in ascending order.
KEYS = (list, type(IITreeSet().keys()))


@dataclass(frozen=True)
class Page:
    """One page of a query: rows of metadata and how many there are in all."""

    rows: list[dict[str, Any]]
    total: int


class _Values:
    """What the catalog reads of a record: attributes named as its indexes."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)


class RecordCatalog(Catalog):
    """A catalog whose results are the numbers of rows: a brain costs more than a row."""

    def __getitem__(self, index: Any) -> int:
        return index[2] if isinstance(index, tuple) else index

    def instantiate(self, record: Any, score_data: Any = None) -> int:
        """Return the number of a row that a full-text query found and ranked."""
        return record[0]

    def _sort_nbest(self, total: int, result: list, rs: Any, *how: Any) -> tuple:
        """Find the last of many, as ``_sort_nbest_reverse`` does the first."""
        walked = self._walk(rs, *how[:5], descending=True)
        if walked is None:
            return super()._sort_nbest(total, result, rs, *how)
        return total, 0, walked

    def _sort_nbest_reverse(
        self, total: int, result: list, rs: Any, *how: Any
    ) -> tuple:
        """Find the first of many along the index that they are sorted by.

        Plone's catalog looks at each of them, which makes a page of 30 dearer the more
        there are.
        """
        walked = self._walk(rs, *how[:5], descending=False)
        if walked is None:
            return super()._sort_nbest_reverse(total, result, rs, *how)
        return total, 0, walked

    def _walk(
        self,
        rs: Any,
        limit: int,
        _merge: bool,
        _reverse: bool,
        index: Any,
        indexes: int,
        *,
        descending: bool,
    ) -> list[tuple] | None:
        """Return the first rows; None: that is not the faster way, or not possible.

        :param rs: numbers of rows, ascending: the keys of a set.
        """
        known = len(index.documentToKeyMap()) == len(self)
        if len(rs) < MANY or indexes != 1 or not known or not isinstance(rs, KEYS):
            return None
        rs = list(rs)
        rows: list[tuple] = []
        keys = index._index.keys()
        for key in reversed(list(keys)) if descending else keys:
            held = index._index[key]
            numbers = [held] if isinstance(held, int) else list(held)
            for number in reversed(numbers) if descending else numbers:
                if len(rows) == limit:
                    return rows
                place = bisect_left(rs, number)
                if place < len(rs) and rs[place] == number:
                    rows.append((key, number, self.__getitem__))
        return rows

    def rows(self, numbers: Iterable[int]) -> list[dict[str, Any]]:
        """Return the rows of metadata with these numbers."""
        names, data = self.names, self.data
        return [dict(zip(names, data[number], strict=True)) for number in numbers]


class RecordStore(Persistent):
    """Records by key, found through field indexes, listed from metadata.

    Made once when its container is made, with all its shards, so that a new record
    never creates a hot tree. ``weights`` holds the bytes of each record's files. An
    index of ``keywords`` holds several values of a record.
    """

    #: Neither it nor a method of it is published under its container's address.
    __roles__ = ACCESS_PRIVATE

    def __init__(
        self,
        indexes: Sequence[str],
        columns: Sequence[str],
        texts: Sequence[str] = (),
        keywords: Sequence[str] = (),
    ) -> None:
        self._shards = {letter: OOBTree() for letter in ALPHABET}
        self._uids = OOBTree()
        self.weights = Weights()
        self._catalog = RecordCatalog()
        for name in indexes:
            self._catalog.addIndex(name, FieldIndex(name))
        for name in keywords:
            self._catalog.addIndex(name, KeywordIndex(name))
        for name in texts:
            add_text(self._catalog, name)
        for name in columns:
            self._catalog.addColumn(name)

    def __len__(self) -> int:
        return len(self._catalog)

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def get(self, key: str) -> Any:
        """Return the record with this key, unwrapped, or None."""
        shard = self._shards.get(key[:1])
        return None if shard is None else shard.get(key)

    def get_by_uid(self, uid: str) -> Any:
        """Return the record with this UID, unwrapped, or None."""
        key = self._uids.get(uid)
        return None if key is None else self.get(key)

    def add(self, key: str, uid: str, record: Any) -> None:
        """Store a record under a new key; it is indexed by its workflow's start.

        :raises KeyError: the key is taken, or does not begin with one of ALPHABET.
        """
        if not self._shards[key[0]].insert(key, record):
            raise KeyError(key)
        self._uids[uid] = key

    def remove(self, key: str, uid: str) -> None:
        """Remove a record and its index entries.

        :raises KeyError: there is none.
        """
        del self._shards[key[0]][key]
        del self._uids[uid]
        self.weights.drop(key)
        if self._catalog.hasuid(key) is not None:
            self._catalog.uncatalogObject(key)

    def __iter__(self) -> Iterator[str]:
        """Yield all keys without waking a record."""
        for shard in self._shards.values():
            yield from shard.keys()

    def index(self, record: Any) -> None:
        """Index a record, or index it again."""
        values = _Values(IRecordIndexes(record).values())
        self._catalog.catalogObject(values, record.getId())

    def unindex(self, record: Any) -> None:
        """Take a record out of the indexes."""
        if self._catalog.hasuid(record.getId()) is not None:
            self._catalog.uncatalogObject(record.getId())

    def query(
        self,
        container: Any,
        query: Mapping[str, Any],
        sort_on: str = "",
        reverse: bool = False,
        start: int = 0,
        size: int = 30,
    ) -> Page:
        """Return a page of metadata rows; no record is woken.

        :param container: the wrapped container (names the query plan).
        :param query: index id to a value, a list of values, or a range as
            ``{"query": value, "range": "min" | "max"}``; empty means all.
        :param sort_on: id of an index, or empty.
        :param size: rows at most; 0 means all.
        """
        catalog = self._catalog.__of__(container)
        limit = {"sort_limit": start + size} if size else {}
        found = self._found(catalog, query, sort_on, reverse, **limit)
        total = getattr(found, "actual_result_count", None)
        total = len(found) if total is None else total
        return Page(catalog.rows(found[start : start + size] if size else found), total)

    def pages(
        self,
        container: Any,
        query: Mapping[str, Any],
        sort_on: str = "",
        reverse: bool = False,
        size: int = 1000,
    ) -> Iterator[list[dict[str, Any]]]:
        """Yield all that ``query`` finds page by page, found and sorted once only.

        What is held meanwhile is a number for each row.
        """
        catalog = self._catalog.__of__(container)
        found = self._found(catalog, query, sort_on, reverse)
        for start in range(0, len(found), size):
            yield catalog.rows(found[start : start + size])

    @staticmethod
    def _found(
        catalog: Catalog,
        query: Mapping[str, Any],
        sort_on: str,
        reverse: bool,
        **more: Any,
    ) -> Any:
        wanted: dict[str, Any] = dict(query) or {
            next(iter(catalog.indexes)): {"query": "", "range": "min"}
        }
        if sort_on:
            wanted["sort_on"] = sort_on
            wanted["sort_order"] = "descending" if reverse else "ascending"
        return catalog.searchResults(wanted | more)

    def columns(
        self, container: Any, query: Mapping[str, Any], names: Sequence[str]
    ) -> list[tuple[Any, ...]]:
        """Return some columns of all rows that a query finds; no record is woken.

        :param names: two or more of them.
        """
        catalog = self._catalog.__of__(container)
        pick = itemgetter(*(catalog.names.index(name) for name in names))
        found, data = self._found(catalog, query, "", False), catalog.data
        return [pick(data[number]) for number in found]

    def row(self, key: str) -> dict[str, Any] | None:
        """Return the metadata row of one record without waking it, or None."""
        number = self._catalog.hasuid(key)
        if number is None:
            return None
        return self._catalog.rows([number])[0]

    def values(self, index: str) -> frozenset[Any]:
        """Return the values that an index holds, without waking a record."""
        return frozenset(self._catalog.indexes[index].uniqueValues())

    def sizes(self, index: str) -> dict[Any, int]:
        """Return how many records have each value of an index, without waking one.

        The lengths of the index's sets are read, so that it costs next to nothing
        beside counting what a query finds.
        """
        return dict(self._catalog.indexes[index].uniqueValues(withLengths=1))

    def facets(
        self, container: Any, query: Mapping[str, Any], names: Sequence[str]
    ) -> dict[str, dict[Any, int]]:
        """Return how many records that a query finds have each value of some indexes,
        values that none has left out; no record is woken.

        An empty query means all, for which the sizes of the indexes are known.
        """
        if not query:
            return {name: self.sizes(name) for name in names}
        found = _numbers(self._found(self._catalog.__of__(container), query, "", False))
        return self._facets(found, names)

    def browse(
        self,
        container: Any,
        query: Mapping[str, Any],
        sort_on: str,
        names: Sequence[str] = (),
        start: int = 0,
        size: int = 30,
    ) -> tuple[Page, dict[str, dict[Any, int]]]:
        """Return a page in the falling order of an index, and facets of all that was
        found, from one query; no record is woken.

        The index is read from its end until the page is full, so that a page costs the
        same among many; that is for an index with few values, such as days.

        :param sort_on: id of an index.
        :param names: indexes whose values are counted.
        """
        catalog = self._catalog.__of__(container)
        found = _numbers(self._found(catalog, query, "", False))
        page, before = [], 0
        for _value, numbers in reversed(list(catalog.indexes[sort_on].items())):
            here = intersection(found, numbers)
            if before + len(here) > start:
                page += list(here)[max(0, start - before) :]
            before += len(here)
            if len(page) >= size or before >= len(found):
                break
        return Page(catalog.rows(page[:size]), len(found)), self._facets(found, names)

    def _facets(self, found: IISet, names: Sequence[str]) -> dict[str, dict[Any, int]]:
        """Return how many of these rows have each value of some indexes."""
        sizes = {name: self.sizes(name) for name in names}
        if len(found) * 2 <= len(self):
            return {name: self._counted(found, name) for name in names}
        # Most are found: what is left over is counted, and taken off what there is.
        over = difference(IISet(self._catalog.data.keys()), found)
        less = {name: self._counted(over, name) for name in names}
        return {
            name: {
                value: number - less[name].get(value, 0)
                for value, number in sizes[name].items()
                if number > less[name].get(value, 0)
            }
            for name in names
        }

    def _counted(self, found: IISet, name: str) -> dict[Any, int]:
        """Return how many of these rows have each value of an index."""
        if not found:
            return {}
        counted = {
            value: len(intersection(found, numbers))
            for value, numbers in self._catalog.indexes[name].items()
        }
        return {value: number for value, number in counted.items() if number}

    def count(self, container: Any, query: Mapping[str, Any]) -> int:
        """Return how many records a query finds, from the indexes alone."""
        return self.query(container, query, size=1).total


def _numbers(found: Any) -> IISet:
    """Return the numbers of all rows that a catalog found.

    What lies behind its lazy sequence is read at once, not number by number; a
    full-text query has pairs of score and number there.
    """
    held = getattr(found, "_seq", found)
    first = next(iter(held), None)
    if isinstance(first, tuple):
        return IISet([number for _score, number in held])
    return IISet(held)


class RecordCatalogTool:
    """What CMFCore's ``CatalogAware`` calls, over a record's own store."""

    def __init__(self, store: RecordStore) -> None:
        self.store = store

    def indexObject(self, record):
        self.store.index(record)

    def unindexObject(self, record):
        self.store.unindex(record)

    def reindexObject(self, record, idxs=None, update_metadata=1, uid=None):
        self.store.index(record)
