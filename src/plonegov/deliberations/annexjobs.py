"""What deliberations makes of annexes outside the write lock: the public's copies."""

from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import town_lock
from plonegov.deliberations.api import cleaning
from plonegov.deliberations.api.publishing import DECISIONS_ID
from typing import Any
from zope.interface import implementer

import time
import transaction


#: Seconds after which a run begins no other file: other jobs wait for its end.
LONGEST = 30


@implementer(IJob)
class CleanAnnexes:
    """Makes the public copies of annexes that were confirmed, one after the other."""

    every = 5

    def run(self, portal: Any) -> str | None:
        """Make what is due; return how many the public got, or None."""
        transaction.begin()
        wanted = cleaning.wanted() if portal.get(DECISIONS_ID) is not None else []
        ends, count = time.monotonic() + LONGEST, 0
        for key, annex_id in wanted:
            if time.monotonic() < ends:
                count += self._one(portal, key, annex_id)
        return f"{count} cleaned" if count else None

    def _one(self, portal: Any, key: str, annex_id: str) -> bool:
        transaction.begin()
        made = cleaning.make(key, annex_id)
        if made is None:
            return False
        with town_lock(portal.getId()):
            transaction.begin()
            kept = cleaning.keep(key, annex_id, made)
            transaction.commit()
        return kept
