"""What ordering does now and then: forget drafts, old forms, and people whose order is
over, and count orders."""

from abc import ABC
from abc import abstractmethod
from plonegov.core.api import now
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import town_lock
from plonegov.core.records.interfaces import IRetention
from plonegov.core.records.retention import erase_due
from plonegov.ordering import PACKAGE_NAME
from plonegov.ordering.api import figures
from plonegov.ordering.api import reminding
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.content.counter import Counter
from typing import Any
from zope.component import getUtility
from zope.interface import implementer

import transaction


#: What is handled in one transaction at most, so that no writer waits long.
BATCH = 200


@implementer(IJob)
class CounterJob(ABC):
    """Handles what is due in the site's counter; ``done`` says how in a word.

    It looks for it without the town's write lock, which it takes for each portion.
    """

    every = 86400
    done = "removed"

    def run(self, portal: Any) -> str | None:
        """Handle all that is due; return how much, or None."""
        transaction.begin()
        counter = portal.get(COUNTER_ID)
        found = [] if counter is None else self.find(counter)
        count = 0
        for start in range(0, len(found), BATCH):
            with town_lock(portal.getId()):
                transaction.begin()
                count += self.handle(counter, found[start : start + BATCH])
                transaction.commit()
        return f"{count} {self.done}" if count else None

    @abstractmethod
    def find(self, counter: Counter) -> list[Any]:
        """Return all that is due."""

    @abstractmethod
    def handle(self, counter: Counter, found: list[Any]) -> int:
        """Do what of a portion is due still; return how much it was."""


@implementer(IJob)
class ComputeFigures:
    """Compute the figures that pages and interfaces show, once a day.

    It counts without the town's write lock; what changes meanwhile is in the next ones.
    """

    every = 86400

    def run(self, portal: Any) -> str | None:
        """Keep the figures where they changed; return how many orders they count."""
        transaction.begin()
        counter = portal.get(COUNTER_ID)
        if counter is None:
            return None
        found = figures.compute(counter)
        with town_lock(portal.getId()):
            transaction.begin()
            count = figures.keep(counter, found)
            transaction.commit()
        return None if count is None else f"{count} counted"


class ForgetDrafts(CounterJob):
    """Remove drafts, idempotency keys and blocks of addresses whose time is over."""

    every = 900

    def find(self, counter: Counter) -> list[tuple[str, str]]:
        """Return the store and key of each that is over."""
        moment = now()
        return [
            (name, key)
            for name in ("drafts", "replays", "blocked")
            for key in getattr(counter, name).expired(moment)
        ]

    def handle(self, counter: Counter, found: list[tuple[str, str]]) -> int:
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

    def handle(self, counter: Counter, found: list[str]) -> int:
        """Remove those that nobody needs still; return how many."""
        over = set(found) & set(self.find(counter))
        for digest in over:
            counter.schemas.discard(digest)
        return len(over)


@implementer(IJob)
class Retention:
    """Take people out of ended orders once their retention is over (GDPR art. 5.1.e)."""

    every = 86400

    def run(self, portal: Any) -> str | None:
        """Erase all that is over; return of how many orders, or None."""
        if portal.get(COUNTER_ID) is None:
            return None
        retention = getUtility(IRetention, name=PACKAGE_NAME)
        count = erase_due(portal, retention, town_today())
        return f"{count} anonymised" if count else None


class RemindErasure(CounterJob):
    """Tell applicants 30 and 7 days before their order is erased (see
    ``api.reminding``)."""

    done = "reminded"

    def find(self, counter: Counter) -> list[str]:
        """Return the references of the orders whose applicant is to be told."""
        return list(reminding.waiting(counter))

    def handle(self, counter: Counter, found: list[str]) -> int:
        """Queue the mails that are due still; return how many."""
        orders = filter(None, map(counter.records.get, found))
        return sum(reminding.remind(order.__of__(counter)) for order in orders)
