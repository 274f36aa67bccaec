"""Copies of identity documents: kept until the order is decided, no longer.

They prove who gave a mandate. Once the document is issued or refused nothing is left
to be proved by them (GDPR, article 5(1)(c) and (e)); the log says that they were there.
"""

from plonegov.core.records.blobs import erase_files
from plonegov.core.records.events import log
from plonegov.ordering.api.storage import weigh
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.attachments import UNTIL_DECIDED


def erase(order: Order) -> int:
    """Erase the order's copies of identity documents; return how many there were."""
    gone = [file for kind, file in order.attachments if kind in UNTIL_DECIDED]
    if gone:
        order.attachments = tuple(
            row for row in order.attachments if row[0] not in UNTIL_DECIDED
        )
        erase_files(gone)
        weigh(order)
        log(order, "scans_erased", files=len(gone))
    return len(gone)
