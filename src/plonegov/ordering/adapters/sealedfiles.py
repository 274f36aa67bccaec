"""The sealed certificates that orders hold, for who appends proofs to their seals."""

from plonegov.core.records.blobs import rewrite
from plonegov.core.registers.interfaces import ISealedFiles
from plonegov.ordering.api import storage
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.content.order import Order
from typing import Any
from zope.interface import implementer


@implementer(ISealedFiles)
class SealedCertificates:
    """Orders by their reference (see ``ISealedFiles``)."""

    def read(self, portal: Any, key: str, code: str) -> bytes | None:
        """Return the sealed certificate of an order."""
        order = _order(portal, key, code)
        return order.issued.data if order is not None else None

    def rewrite(self, portal: Any, key: str, code: str, pdf: bytes) -> bool:
        """Keep the certificate with its proofs; the order itself stays as it is."""
        order = _order(portal, key, code)
        if order is None:
            return False
        rewrite(order.issued, pdf)
        storage.weigh(order)
        return True


def _order(portal: Any, key: str, code: str) -> Order | None:
    counter = portal.get(COUNTER_ID)
    order = counter.records.get(key) if counter is not None else None
    if order is None or order.seal_code != code or order.issued is None:
        return None
    return order.__of__(counter)
