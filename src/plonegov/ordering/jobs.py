"""What ordering does now and then: forget drafts, old forms, orders that are over."""

from datetime import timedelta
from plone.uuid.interfaces import IUUID
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.ops.erasures import note_erased
from plonegov.core.ops.hashchain import Read
from plonegov.core.ops.hashchain import ReadLog
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import town_lock
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.content.counter import Counter
from plonegov.ordering.content.order import Order
from plonegov.ordering.content.order import PAUSED
from plonegov.ordering.domain.states import ENDS
from typing import Any
from zope.interface import implementer

import transaction


#: What is removed in one transaction at most, so that no writer waits long.
BATCH = 200
#: The logged reads whose object is an order or one of its files.
READS = frozenset({"open_order", "reveal_number", "open_file"})


@implementer(IJob)
class CounterJob:
    """Removes what is over from the site's counter.

    It looks for it without the town's write lock, which it takes for each portion.
    """

    every = 86400

    def run(self, portal: Any) -> str | None:
        """Remove all that is over; return how much, or None."""
        transaction.begin()
        counter = portal.get(COUNTER_ID)
        found = [] if counter is None else self.find(counter)
        count = 0
        for start in range(0, len(found), BATCH):
            with town_lock(portal.getId()):
                transaction.begin()
                count += self.remove(counter, found[start : start + BATCH])
                transaction.commit()
        return f"{count} removed" if count else None


class ForgetDrafts(CounterJob):
    """Remove drafts and idempotency keys whose day is over."""

    every = 900

    def find(self, counter: Counter) -> list[tuple[str, str]]:
        """Return the store and key of each that is over."""
        moment = now()
        return [
            (name, key)
            for name in ("drafts", "replays")
            for key in getattr(counter, name).expired(moment)
        ]

    def remove(self, counter: Counter, found: list[tuple[str, str]]) -> int:
        """Remove those that are over still; return how many."""
        moment = now()
        over = [
            (store, key)
            for store, key in ((getattr(counter, name), key) for name, key in found)
            if store.get(key, moment) is None
        ]
        for store, key in over:
            store.discard(key)
        return len(over)


class ForgetForms(CounterJob):
    """Remove versions of forms that no order answered and nobody fills in any more."""

    def find(self, counter: Counter) -> list[str]:
        """Return the digests of the versions that nobody needs."""
        used = counter.records.values("schema")
        return [one for one in counter.schemas.expired(now()) if one not in used]

    def remove(self, counter: Counter, found: list[str]) -> int:
        """Remove those that nobody needs still; return how many."""
        over = set(found) & set(self.find(counter))
        for digest in over:
            counter.schemas.discard(digest)
        return len(over)


class Retention(CounterJob):
    """Remove ended orders once their document's retention is over (GDPR art. 5.1.e).

    Who read them is forgotten with them: the log keeps only that they were read.
    """

    def run(self, portal: Any) -> str | None:
        """Remove all that is over; return how many orders, or None."""
        told = super().run(portal)
        forget_reads(portal)
        return told

    def find(self, counter: Counter) -> list[str]:
        """Return the references of the orders whose retention is over."""
        return [order.getId() for order in candidates(counter) if is_over(order)]

    def remove(self, counter: Counter, found: list[str]) -> int:
        """Remove those that were not reopened meanwhile; return how many."""
        orders = filter(None, map(counter.records.get, found))
        over = [order for order in orders if order.state in ENDS and is_over(order)]
        note_erased(municipality().id, map(IUUID, over), now())
        for order in over:
            counter.records.remove(order.getId(), IUUID(order))
        return len(over)


def forget_reads(portal: Any) -> int:
    """Erase who read orders that are gone from the log of reads; return how many.

    The log is asked first: what was read by then and is not in a later view of the
    database is gone, not new.

    :raises ReadLogUnwritable: the log can't be written.
    """
    if portal.get(COUNTER_ID) is None:
        return 0
    log = ReadLog(municipality().id)
    remembered = log.remembered(READS)
    transaction.begin()
    records = portal[COUNTER_ID].records
    gone = {name for name in remembered if name.partition("/")[0] not in records}
    time = now().isoformat(timespec="milliseconds")
    eraser = Read(time, "", "", user="system", origin="", reason="retention")
    return log.forget(gone, eraser)


def candidates(counter: Counter) -> list[Order]:
    """Return the ended orders that were promised for a day before today."""
    query = {
        "state": [str(state) for state in ENDS],
        "due": {"query": town_today().toordinal() - 1 + PAUSED, "range": "max"},
    }
    rows = counter.records.query(counter, query, "due", size=0).rows
    return [counter.records.get(row["reference"]).__of__(counter) for row in rows]


def is_over(order: Order) -> bool:
    """Whether the order's retention ended before today."""
    return order.closed + timedelta(days=order.retention_days) < town_today()
