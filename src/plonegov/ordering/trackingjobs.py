"""What ordering does for those who wait: sends links, reminds once, closes."""

from AccessControl.users import SimpleUser
from collections.abc import Iterator
from datetime import date
from plone import api
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import town_lock
from plonegov.core.records.events import entries
from plonegov.core.records.events import SYSTEM
from plonegov.ordering.api import handling
from plonegov.ordering.api import newlinks
from plonegov.ordering.api import notices
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.waiting import Due
from plonegov.ordering.domain.waiting import due_now
from plonegov.ordering.domain.waiting import last_day
from plonegov.ordering.domain.waiting import Patience
from plonegov.ordering.domain.waiting import patience_of
from plonegov.ordering.domain.waiting import STATES
from typing import Any
from zope.interface import implementer

import transaction


#: What is done in one transaction at most, so that no writer waits long.
BATCH = 50
#: The role in which the system closes an order that nobody answered.
ROLE = "Service Clerk"


@implementer(IJob)
class SendLinks:
    """Send the tracking links that citizens asked for again."""

    every = 5

    def run(self, portal: Any) -> str | None:
        """Send all that was asked for; return how many, or None."""
        sent = 0
        transaction.begin()
        while COUNTER_ID in portal and counter().link_requests.first(1):
            with town_lock(portal.getId()):
                transaction.begin()
                sent += newlinks.send_asked(BATCH)
                transaction.commit()
            transaction.begin()
        return f"{sent} sent" if sent else None


@implementer(IJob)
class Waiting:
    """Remind once who does not answer or fetch, and close the order in the end.

    It looks for them without the town's write lock, which it takes for each portion.
    """

    every = 3600

    def run(self, portal: Any) -> str | None:
        """Do what is due today; return how much, or None."""
        transaction.begin()
        found = list(self.find()) if COUNTER_ID in portal else []
        done = 0
        for start in range(0, len(found), BATCH):
            with town_lock(portal.getId()):
                transaction.begin()
                done += self.do(found[start : start + BATCH])
                transaction.commit()
        return f"{done} reminded or closed" if done else None

    def find(self) -> Iterator[str]:
        """Yield the references of the orders for which something is due."""
        store = counter()
        query = {"state": [str(state) for state in STATES]}
        for row in store.records.query(store, query, "due", size=0).rows:
            order = store.records.get(row["reference"]).__of__(store)
            if due_of(order) is not None:
                yield row["reference"]

    def do(self, found: list[str]) -> int:
        """Do what is due still; return for how many orders."""
        store, done = counter(), 0
        for order in filter(None, map(store.records.get, found)):
            done += self.handle(order.__of__(store))
        return done

    def handle(self, order: Order) -> bool:
        """Remind of an order or close it; say whether anything was due."""
        found = due_of(order)
        if found is None:
            return False
        due, patience, since = found
        if due is Due.EXPIRE:
            with api.env.adopt_user(user=SimpleUser(SYSTEM, "", (ROLE,), ())):
                handling.expire(order)
        else:
            row = (town_today().isoformat(), str(patience.wait))
            order.reminded = (*order.reminded, row)
            notices.remind(order, patience.wait, last_day(patience, since))
        return True


def due_of(order: Order) -> tuple[Due, Patience, date] | None:
    """Return what is due for an order, by which patience, and since when it waits.

    Without a mail address there is nobody to remind.
    """
    patience = patience_of(order.state, order.delivery)
    since = _since(order, patience.begins) if patience else None
    if since is None:
        return None
    days = [day for day, wait in order.reminded if wait == patience.wait]
    last = date.fromisoformat(days[-1]) if days else None
    due = due_now(patience, since, town_today(), last)
    if due is None or (due is Due.REMIND and not order.applicant.get("email")):
        return None
    return due, patience, since


def _since(order: Order, action: str) -> date | None:
    """Return the day on which something happened to the order last."""
    days = [entry.when for entry in entries(order) if entry.action == action]
    return town_today(days[-1]) if days else None
