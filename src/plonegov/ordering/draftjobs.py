"""What ordering does for saved drafts: it reminds of each once before it is deleted."""

from plonegov.core.api import now
from plonegov.ordering.api import saving
from plonegov.ordering.content.counter import Counter
from plonegov.ordering.jobs import CounterJob


class RemindOfDrafts(CounterJob):
    """Mail the one reminder of saved drafts that nobody changed for 23 days."""

    every = 3600
    done = "reminded"

    def find(self, counter: Counter) -> list[str]:
        """Return the keys of the drafts whose reminder is due."""
        return list(counter.drafts.to_remind(now()))

    def handle(self, counter: Counter, found: list[str]) -> int:
        """Remind of those whose reminder is due still; return how many."""
        moment = now()
        drafts = filter(None, map(counter.drafts.find, found))
        due = [draft for draft in drafts if draft.to_remind(moment)]
        return sum(map(saving.remind, due))
