from datetime import date
from plone import api
from plonegov.core.errors import RecordNotFound
from plonegov.ordering.adapters.serializers import clerk_view
from plonegov.ordering.adapters.serializers import link_view
from plonegov.ordering.api import links
from plonegov.ordering.api import queue
from plonegov.ordering.interfaces import HANDLE_ORDERS
from plonegov.ordering.interfaces import USE_QUEUE
from plonegov.ordering.services.orders.base import OrdersService
from typing import Any
from zExceptions import Unauthorized


#: Rows of an answer at most.
PAGE_LIMIT = 200

#: Columns of the catalog that are no part of an answer.
INTERNAL = frozenset({"promised", "ready", "used", "motive"})


class OrdersGet(OrdersService):
    """``@orders``: the clerk's list; ``@orders/REFERENCE``: one order."""

    def reply(self) -> dict[str, Any]:
        if not self.path:
            return self.listing()
        if len(self.path) > 1:
            raise RecordNotFound()
        return self.one(self.path[0])

    def one(self, reference: str) -> dict[str, Any]:
        given = self.request.form.get("secret") or self.request.getHeader(
            "X-Order-Secret"
        )
        if not given and not api.user.is_anonymous():
            order = links.find(reference)
            if not api.user.has_permission(HANDLE_ORDERS, obj=order):
                raise RecordNotFound()
            return clerk_view(order)
        return link_view(links.find_for_citizen(reference, str(given or "")))

    def listing(self) -> dict[str, Any]:
        if not api.user.has_permission(USE_QUEUE, obj=self.context):
            raise Unauthorized("@orders")
        form = self.request.form
        filters = {
            name: form[name]
            for name in ("state", "document", "assigned")
            if name in form
        }
        start, size = _number(form, "b_start", 0), _number(form, "b_size", 25)
        page = queue.orders(filters, start=start, size=min(size or 25, PAGE_LIMIT))
        return {
            "@id": f"{self.context.absolute_url()}/@orders",
            "items": [_item(row) for row in page.rows],
            "items_total": page.total,
        }


def _item(row: dict[str, Any]) -> dict[str, Any]:
    day = date.fromordinal(row["promised"]).isoformat()
    return {name: row[name] for name in row if name not in INTERNAL} | {"due": day}


def _number(form: dict[str, Any], name: str, default: int) -> int:
    text = str(form.get(name, ""))
    return int(text) if text.isdecimal() else default
