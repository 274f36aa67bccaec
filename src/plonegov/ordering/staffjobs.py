"""What ordering does for its clerks each hour: hands orders on, tells what waits."""

from collections.abc import Callable
from plonegov.core.api import now
from plonegov.core.api import town_zone
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import town_lock
from plonegov.ordering.api import digests
from plonegov.ordering.api import handover
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.api.orders import working_days
from plonegov.ordering.api.staff import staff
from plonegov.ordering.domain.staffing import digest_due
from plonegov.ordering.domain.staffing import Staff
from typing import Any
from zope.interface import implementer

import transaction


#: Orders that change hands in one transaction at most, so that no writer waits long.
BATCH = 100


@implementer(IJob)
class HandOn:
    """Give the orders of absent clerks back, and overdue ones to the head."""

    every = 3600

    def run(self, portal: Any) -> str | None:
        """Hand on what is due; return how much, or None."""
        transaction.begin()
        if portal.get(COUNTER_ID) is None:
            return None
        back = _in_portions(portal, handover.to_return, handover.give_back)
        up = _in_portions(portal, handover.to_escalate, handover.escalate)
        return f"{back} given back, {up} to heads" if back or up else None


def _in_portions(
    portal: Any,
    find: Callable[[Staff], list[str]],
    hand: Callable[[Staff, list[str]], int],
) -> int:
    """Look without the town's write lock, and take it for each portion."""
    transaction.begin()
    found, count = find(staff()), 0
    for start in range(0, len(found), BATCH):
        with town_lock(portal.getId()):
            transaction.begin()
            count += hand(staff(), found[start : start + BATCH])
            transaction.commit()
    return count


@implementer(IJob)
class DailyMail:
    """Send each clerk the mail of the day, once a working day.

    The day is kept with the mails in one transaction: a restart sends none twice.
    """

    every = 3600

    def run(self, portal: Any) -> str | None:
        """Send what is due; return how many, or None."""
        transaction.begin()
        if portal.get(COUNTER_ID) is None or not self.is_due(portal):
            return None
        with town_lock(portal.getId()):
            transaction.begin()
            if not self.is_due(portal):
                return None
            people = staff()
            sent = digests.send(people)
            desk = portal[COUNTER_ID].workdesk
            desk.told = town_today()
            desk.forget_others(people)
            transaction.commit()
        return f"{sent} sent" if sent else None

    def is_due(self, portal: Any) -> bool:
        """Whether today's mails are to be sent now."""
        local = now().astimezone(town_zone())
        working = working_days().is_working(local.date())
        return digest_due(local, working, portal[COUNTER_ID].workdesk.told)
