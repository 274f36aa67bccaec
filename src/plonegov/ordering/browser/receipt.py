"""``order-receipt``: the receipt of an order that a clerk entered, to be printed."""

from babel.dates import format_date
from plonegov.core.ops.readlog import log_read
from plonegov.core.records.events import actor
from plonegov.core.records.events import origin
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.api.receipts import has_receipt
from plonegov.ordering.api.receipts import receipt
from plonegov.ordering.browser.labels import CHANNELS
from plonegov.ordering.browser.labels import IDENTITY_DOCUMENTS
from plonegov.ordering.browser.words import WAYS
from plonegov.ordering.content.order import Order
from Products.Five import BrowserView
from typing import Any


def entry_facts(order: Order, language: str) -> dict[str, Any] | None:
    """Return how a clerk got an order, in words; None where no clerk entered it."""
    if not has_receipt(order):
        return None
    return {
        "channel": CHANNELS[order.channel],
        "received": format_date(town_today(order.placed), "full", locale=language),
        "seen": IDENTITY_DOCUMENTS.get(order.identity_document, ""),
    }


class OrderReceipt(BrowserView):
    """The receipt as PDF; that it was opened is logged first, as of any file."""

    def __call__(self) -> bytes:
        order = self.context
        log_read("open_file", f"{order.reference}/receipt", actor(), origin())
        pdf = receipt(order, WAYS[order.delivery])
        response = self.request.response
        response.setHeader("Content-Type", "application/pdf")
        response.setHeader("Cache-Control", "no-store")
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader(
            "Content-Disposition", f'inline; filename="{order.reference}.pdf"'
        )
        return pdf
