from collections.abc import Mapping
from plone import api
from plonegov.core.errors import RecordNotFound
from plonegov.core.ops.jsonbody import read_json
from plonegov.ordering.adapters.roles import APPLICANT
from plonegov.ordering.adapters.serializers import citizen_view
from plonegov.ordering.adapters.serializers import link_view
from plonegov.ordering.api import links
from plonegov.ordering.api import orders
from plonegov.ordering.api import verbs
from plonegov.ordering.domain.model import Channel
from plonegov.ordering.services.orders.base import OrdersService
from typing import Any


Body = Mapping[str, Any]


class OrdersPost(OrdersService):
    """``@orders`` places an order; ``@orders/REFERENCE/TRANSITION`` changes one."""

    def reply(self) -> dict[str, Any]:
        body = read_json(self.request)
        if not self.path:
            return self.place(body)
        if len(self.path) != 2 or self.path[1] not in verbs.STEPS:
            raise RecordNotFound()
        return self.change(*self.path, body)

    def place(self, body: Body) -> dict[str, Any]:
        user = "" if api.user.is_anonymous() else api.user.get_current().getId()
        key = self.request.getHeader("Idempotency-Key") or ""
        order = orders.place(
            body, idempotency_key=key, owner=user, channel=Channel.REST
        )
        self.request.response.setStatus(201)
        return {
            "reference": order.reference,
            "state": order.state,
            "price": order.price,
            "due": order.due.isoformat(),
            "tracking_url": links.tracking_url(order),
        }

    def change(self, reference: str, verb: str, body: Body) -> dict[str, Any]:
        given = body.get("secret") or self.request.getHeader("X-Order-Secret")
        if given:
            order = links.find_for_citizen(reference, str(given))
            if verb not in verbs.CITIZEN_STEPS:
                raise RecordNotFound()
            with api.env.adopt_roles([APPLICANT]):
                verbs.do(order, verb, body)
            return link_view(order)
        order = links.find(reference)
        if not api.user.has_permission("View", obj=order):
            raise RecordNotFound()
        verbs.do(order, verb, body)
        return citizen_view(order)
