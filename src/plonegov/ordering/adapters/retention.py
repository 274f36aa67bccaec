"""Which orders are over when, and what of them and about them is erased then."""

from collections.abc import Iterator
from datetime import date
from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.ops.hashchain import Read
from plonegov.core.ops.hashchain import ReadLog
from plonegov.core.records.events import SYSTEM
from plonegov.core.records.interfaces import IErasable
from plonegov.core.records.interfaces import IRetention
from plonegov.core.records.retention import Due
from plonegov.ordering.api import documents
from plonegov.ordering.api import erasing
from plonegov.ordering.api import storage
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.content.counter import Counter
from plonegov.ordering.content.order import IOrder
from plonegov.ordering.content.order import Order
from plonegov.ordering.content.order import PERSONAL
from typing import Any
from zope.component import adapter
from zope.interface import implementer

import transaction


#: The logged reads whose object is an order or one of its files.
READS = frozenset(
    {"open_order", "reveal_number", "open_file", "export_order", "download_own"}
)


@implementer(IErasable)
@adapter(IOrder)
class ErasableOrder:
    """An order; its files are emptied first, then people are taken out of it."""

    def __init__(self, order: Order) -> None:
        self.order = order

    def day(self) -> date | None:
        return self.order.erasure_day

    def erased(self) -> bool:
        return self.order.anonymised is not None

    def files(self) -> list[NamedBlobFile]:
        return storage.files_of(self.order)

    def erase(self, day: date) -> None:
        erasing.erase(self.order, day)


@implementer(IRetention)
class OrderRetention:
    """The orders of the site's counter."""

    fields = PERSONAL

    def due(self, portal: Any, until: date, since: date | None = None) -> list[Due]:
        counter = portal.get(COUNTER_ID)
        if counter is None:
            return []
        first = since.toordinal() if since else 1
        wanted = {"query": (first, until.toordinal()), "range": "min:max"}
        rows = counter.records.query(counter, {"erases": wanted}, "erases", size=0).rows
        return [
            Due(date.fromordinal(row["erases"]), row["reference"], row["document"])
            for row in rows
        ]

    def get(self, portal: Any, key: str) -> Order | None:
        counter = portal[COUNTER_ID]
        order = counter.records.get(key)
        return None if order is None else order.__of__(counter)

    def titles(self, portal: Any) -> dict[str, str]:
        language = municipality().legal_language
        return {
            document.getId(): documents.terms(document).title[language]
            for document in documents.all_documents()
        }

    def forget(self, portal: Any) -> None:
        if portal.get(COUNTER_ID) is not None:
            forget_reads(portal)


def forget_reads(portal: Any) -> int:
    """Erase who read orders that were erased from the log of reads; return how many.

    The log is asked first: what was read by then and is not whole in a later view of
    the database is erased, not new.

    :raises ReadLogUnwritable: the log can't be written.
    """
    log = ReadLog(municipality().id)
    remembered = log.remembered(READS)
    transaction.begin()
    gone = set(_gone(portal[COUNTER_ID], remembered))
    time = now().isoformat(timespec="milliseconds")
    eraser = Read(time, "", "", user=SYSTEM, origin="", reason="retention")
    return log.forget(gone, eraser)


def _gone(counter: Counter, objects: set[str]) -> Iterator[str]:
    """Yield those of some objects whose order was erased or is not there."""
    for name in objects:
        row = counter.records.row(name.partition("/")[0])
        if row is None or (row["closed"] and not row["erases"]):
            yield name
