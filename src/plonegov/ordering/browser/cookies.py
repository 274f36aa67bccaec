"""The two cookies of the counter: the draft, and the order that one follows.

Neither is readable by scripts, neither leaves the counter, both end with the browser's
session.
"""

from datetime import timedelta
from plone import api
from plonegov.core.api import now
from plonegov.core.identity.current import town_keys
from plonegov.ordering.api import drafts
from plonegov.ordering.api.counters import counter
from plonegov.ordering.content.order import Order
from plonegov.ordering.storage.drafts import Draft
from typing import Any

import re


DRAFT_COOKIE = "pg_draft_"
ORDER_COOKIE = "pg_order"
PURPOSE = "order-cookie"

#: How long the cookie of a followed order counts.
LIFETIME = timedelta(hours=12)

DRAFT_VALUE = re.compile(r"([\w-]{32})\.([a-z2-7]{32})", re.ASCII)
VALUE = re.compile(r"([0-9A-Z]{11})\.([0-9]{1,12})\.([a-z2-7]{32})", re.ASCII)


def set_cookie(request: Any, name: str, value: str) -> None:
    """Set a cookie of the counter."""
    url = f"{api.portal.get().absolute_url()}/counter"
    request.response.setCookie(
        name,
        value,
        path=_path(request),
        http_only=True,
        same_site="Lax",
        secure=url.startswith("https:"),
    )


def _path(request: Any) -> str:
    return request.physicalPathToURL(counter().getPhysicalPath(), relative=1)


def has_draft(request: Any, document_id: str) -> bool:
    """Say whether the visitor had a draft of a document, whatever became of it."""
    return bool(request.cookies.get(f"{DRAFT_COOKIE}{document_id}"))


def opened_draft(request: Any, document_id: str) -> Draft | None:
    """Return the visitor's living draft of a document, or None."""
    value = request.cookies.get(f"{DRAFT_COOKIE}{document_id}", "")
    match = DRAFT_VALUE.fullmatch(value)
    if match is None:
        return None
    draft = drafts.find(match[1], match[2], drafts.COOKIE)
    return draft if draft is not None and draft.document == document_id else None


def open_draft(request: Any, draft: Draft) -> None:
    """Let the visitor go on with a draft."""
    code = drafts.code(draft, drafts.COOKIE)
    set_cookie(request, f"{DRAFT_COOKIE}{draft.document}", f"{draft.key}.{code}")


def close_draft(request: Any, draft: Draft) -> None:
    """Let the visitor's browser forget a draft."""
    request.response.expireCookie(
        f"{DRAFT_COOKIE}{draft.document}", path=_path(request)
    )


def follow(request: Any, order: Order) -> None:
    """Let the visitor follow an order without its secret in the address."""
    expires = str(int((now() + LIFETIME).timestamp()))
    set_cookie(
        request, ORDER_COOKIE, f"{order.reference}.{expires}.{_mac(order, expires)}"
    )


def followed(request: Any) -> Order | None:
    """Return the order that the visitor's cookie opens, or None."""
    match = VALUE.fullmatch(request.cookies.get(ORDER_COOKIE, ""))
    if match is None or int(match[2]) < now().timestamp():
        return None
    store = counter()
    order = store.records.get(match[1])
    if order is None:
        return None
    order = order.__of__(store)
    parts = (order.reference, order.link_number, match[2])
    valid = town_keys().verify(match[3], PURPOSE, *parts, key_id=order.key_id)
    return order if valid else None


def _mac(order: Order, expires: str) -> str:
    parts = (order.reference, order.link_number, expires)
    return town_keys().mac(PURPOSE, *parts, key_id=order.key_id)
