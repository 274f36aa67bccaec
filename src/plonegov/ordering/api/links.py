"""The link that lets a citizen follow an order without an account.

Its secret is a code of the town's key over the order's reference and the number of
the link issued for it, so that it is not stored and voids by counting up.
"""

from plone import api
from plonegov.core.api import municipality
from plonegov.core.errors import LimitReached
from plonegov.core.errors import RecordNotFound
from plonegov.core.identity.current import town_keys
from plonegov.core.ops import limits
from plonegov.core.ops.readlog import log_read
from plonegov.core.records.events import actor
from plonegov.core.records.events import origin
from plonegov.ordering.api.counters import counter
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.errors import ReferenceInvalid
from plonegov.ordering.domain.reference import normalise_reference
from typing import TypeVar


Found = TypeVar("Found")

PURPOSE = "order-link"

#: Links of a network that are tried on one day before wrong ones are refused.
TRIES = 200

#: Looked up in place of an unknown order, so that both answers take the same time.
NOBODY = "0" * 11


def secret(order: Order, purpose: str = PURPOSE) -> str:
    """Return the secret of the order's current link (32 base32 characters).

    :param purpose: what the link is for.
    """
    return town_keys().mac(
        purpose, order.reference, str(order.link_number), key_id=order.key_id
    )


def public_url() -> str:
    """Return the address that links in mails begin with.

    It is the town's stated ``site_url``, so that a forged ``Host`` header leads no
    citizen elsewhere; only without one the address of the request.
    """
    return municipality().site_url.rstrip("/") or api.portal.get().absolute_url()


def tracking_url(order: Order) -> str:
    """Return the address of the tracking page with the secret."""
    return counter_url(f"track?order={order.reference}&secret={secret(order)}")


def counter_url(path: str) -> str:
    """Return the address of a page of the counter, to stand in a mail."""
    return f"{public_url()}/counter/{path}"


def find(reference: str) -> Order:
    """Return an order by its reference, however it was typed.

    :raises RecordNotFound: there is none in this town.
    """
    town_counter = counter()
    try:
        key = normalise_reference(reference)
    except ReferenceInvalid as error:
        raise RecordNotFound() from error
    order = town_counter.records.get(key)
    if order is None:
        raise RecordNotFound()
    return order.__of__(town_counter)


def find_for_citizen(reference: str, given: str, purpose: str = PURPOSE) -> Order:
    """Return the order that a link opens, see ``counted``.

    An unknown reference and a wrong secret are refused alike, after the same work.

    :param purpose: what the link is for.
    """
    return counted(_opened(reference, given, purpose))


def counted(found: Found | None) -> Found:
    """Return what a link opened, and count the try.

    It is counted by the network that it comes from; after many tries, only those that
    open nothing are refused in another way.

    :raises RecordNotFound: the link opens nothing.
    :raises LimitReached: neither does it, and neither did many others of the network.
    :raises ReadLogUnwritable: that can't be logged.
    """
    tries = limits.count("open_link", limits.client_network())
    if found is not None:
        return found
    if tries <= TRIES:
        raise RecordNotFound()
    if limits.count("refuse_link", limits.client_network()) == 1:
        log_read("guess_links", counter().getId(), actor(), origin())
    raise LimitReached(kind="open_link")


def _opened(reference: str, given: str, purpose: str) -> Order | None:
    keys = town_keys()
    newest = keys.current_id  # read in each case, or its time would tell one of them
    try:
        order = find(reference)
    except RecordNotFound:
        keys.verify(given, purpose, NOBODY, "0", key_id=newest)
        return None
    parts = (order.reference, str(order.link_number))
    right = keys.verify(given, purpose, *parts, key_id=order.key_id)
    return order if right else None
