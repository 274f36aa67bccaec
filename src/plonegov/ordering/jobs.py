"""What ordering does now and then: forget drafts, and orders whose time is over."""

from datetime import date
from datetime import timedelta
from plone.uuid.interfaces import IUUID
from plonegov.core.api import now
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import town_lock
from plonegov.core.records.events import entries
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.content.counter import Counter
from plonegov.ordering.content.order import Order
from plonegov.ordering.content.order import PAUSED
from plonegov.ordering.domain.states import ENDS
from typing import Any
from zope.interface import implementer

import transaction


#: Orders removed in one transaction at most.
BATCH = 200


@implementer(IJob)
class CounterJob:
    """A job on the site's counter: one transaction under the town's write lock."""

    every = 86400

    def run(self, portal: Any) -> str | None:
        counter = portal.get(COUNTER_ID)
        if counter is None:
            return None
        with town_lock(portal.getId()):
            transaction.begin()
            count = self.work(counter)
            if count:
                transaction.commit()
        return f"{count} removed" if count else None


class ForgetDrafts(CounterJob):
    """Remove drafts and idempotency keys whose day is over."""

    every = 900

    def work(self, counter: Counter) -> int:
        """Return how many were removed."""
        moment, count = now(), 0
        for store in (counter.drafts, counter.replays):
            for key in store.expired(moment):
                store.discard(key)
                count += 1
        return count


class Retention(CounterJob):
    """Remove ended orders once their document's retention is over (GDPR art. 5.1.e)."""

    def work(self, counter: Counter) -> int:
        """Return how many were removed, at most ``BATCH``."""
        over = [order for order in candidates(counter) if is_over(order)][:BATCH]
        for order in over:
            counter.records.remove(order.getId(), IUUID(order))
        return len(over)


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
    return ended_on(order) + timedelta(days=order.retention_days) < town_today()


def ended_on(order: Order) -> date:
    """Return the day on which the order's log was last written to."""
    return town_today(entries(order)[-1].when)
