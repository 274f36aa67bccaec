"""What deliberations does each hour: tells services that their advice is due."""

from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import town_lock
from plonegov.deliberations.api import alerts
from plonegov.deliberations.api.store import DELIBERATIONS_ID
from typing import Any
from zope.interface import implementer

import transaction


@implementer(IJob)
class AlertAdvisers:
    """Mail the services whose advice is due by the next working day, once each."""

    every = 3600

    def run(self, portal: Any) -> str | None:
        """Tell what is due; return how much, or None."""
        transaction.begin()
        if portal.get(DELIBERATIONS_ID) is None:
            return None
        keys = alerts.untold(alerts.due_items())
        if not keys:
            return None
        with town_lock(portal.getId()):
            transaction.begin()
            told = alerts.alert(alerts.untold(keys))
            transaction.commit()
        return f"{told} told"
