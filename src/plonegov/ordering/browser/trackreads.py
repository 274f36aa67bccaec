"""``track-reads``: who of the town opened one's order, when and why."""

from collections import Counter
from datetime import datetime
from plonegov.core.ops.readlog import reads_of
from plonegov.ordering import _
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.browser.tracked import DetailPage
from plonegov.ordering.browser.words import READ_REASONS
from plonegov.ordering.browser.words import READS
from plonegov.ordering.domain.reading import HANDLING
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class Reads(DetailPage):
    """The log of reads in a citizen's words: the service, never the clerk's name."""

    page_title = _("page_reads", default="Who opened your order")
    index = ViewPageTemplateFile("templates/track_reads.pt")

    def act(self) -> str:
        return self.show()

    def rows(self) -> list[dict]:
        """Return what was read and why, the latest day first; how often on that day."""
        placed = town_today(self.order.placed)
        read = Counter(
            (town_today(datetime.fromisoformat(read.time)), read.action, read.reason)
            for read in reads_of(self.order.reference, placed)
            if read.action in READS
        )
        latest = sorted(read.items(), key=lambda item: item[0][0], reverse=True)
        return [
            {
                "day": self.day(day),
                "what": READS[action],
                "why": READ_REASONS.get(reason, READ_REASONS[HANDLING]),
                "times": times,
            }
            for (day, action, reason), times in latest
        ]

    def service_title(self) -> str:
        """Return the service whose clerks may open the order."""
        office = self.office_of_service()
        return office["title"] if office else self.order.service
