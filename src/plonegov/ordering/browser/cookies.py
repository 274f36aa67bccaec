"""The cookies of the counter: the draft, the order that one follows, that one gave its
birth date, and the order that one has just sent.

None is readable by scripts, none leaves the counter, all end with the browser's session.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Kind:
    """A signed cookie about an order: its name and the purpose of its code."""

    name: str
    purpose: str


#: The order that one follows, and that one may see what it tells of a person.
FOLLOWED = Kind("pg_order", "order-cookie")
OPENED = Kind("pg_order_open", "order-open-cookie")
#: The order that one has just sent oneself.
PLACED = Kind("pg_order_placed", "order-placed-cookie")

#: How long these cookies count.
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
    _set(request, FOLLOWED, order)


def follow_placed(request: Any, order: Order) -> None:
    """Let the visitor who sent an order follow it, and see what was sent."""
    follow(request, order)
    _set(request, PLACED, order)


def placed(request: Any) -> Order | None:
    """Return the order that the visitor has sent, or None: a link does not make it."""
    return _order_of(request, PLACED)


def followed(request: Any) -> Order | None:
    """Return the order that the visitor's cookie opens, or None."""
    return _order_of(request, FOLLOWED)


def open_details(request: Any, order: Order) -> None:
    """Let the visitor see what the order tells of a person, too."""
    _set(request, OPENED, order)


def details_opened(request: Any, order: Order) -> bool:
    """Say whether the visitor gave the order's birth date."""
    found = _order_of(request, OPENED)
    return found is not None and found.reference == order.reference


def leave(request: Any) -> None:
    """Let the visitor follow no order any more."""
    for kind in (FOLLOWED, OPENED, PLACED):
        request.response.expireCookie(kind.name, path=_path(request))


def _set(request: Any, kind: Kind, order: Order) -> None:
    expires = str(int((now() + LIFETIME).timestamp()))
    parts = (order.reference, order.link_number, expires)
    mac = town_keys().mac(kind.purpose, *parts, key_id=order.key_id)
    set_cookie(request, kind.name, f"{order.reference}.{expires}.{mac}")


def _order_of(request: Any, kind: Kind) -> Order | None:
    match = VALUE.fullmatch(request.cookies.get(kind.name, ""))
    if match is None or int(match[2]) < now().timestamp():
        return None
    store = counter()
    order = store.records.get(match[1])
    if order is None:
        return None
    order = order.__of__(store)
    parts = (order.reference, order.link_number, match[2])
    valid = town_keys().verify(match[3], kind.purpose, *parts, key_id=order.key_id)
    return order if valid else None


def _path(request: Any) -> str:
    return request.physicalPathToURL(counter().getPhysicalPath(), relative=1)
