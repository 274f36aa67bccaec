"""A new tracking link in place of the one that was lost or went astray.

It voids the one before and goes to the address on record only.
"""

from datetime import timedelta
from plonegov.core.api import now
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import RecordNotFound
from plonegov.core.identity.contact import check_email
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.ops import limits
from plonegov.core.records.events import CITIZEN
from plonegov.core.records.events import entries
from plonegov.core.records.events import log
from plonegov.core.typed.text import clean_line
from plonegov.ordering.api import notices
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.handling import require
from plonegov.ordering.api.links import find
from plonegov.ordering.api.links import NOBODY
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.errors import AddressMissing
from plonegov.ordering.domain.errors import ReferenceInvalid
from plonegov.ordering.domain.reference import normalise_reference
from plonegov.ordering.interfaces import HANDLE_ORDERS


#: New links of one order that citizens may ask for within a day: each voids the one
#: before, so that nobody who knows the reference can keep the applicant out.
DAILY = 3
#: How often one network may ask within a day: a library or a carrier is one, too.
NETWORK_DAILY = 100
LINK_SENT = "link_sent"


def ask_for_link(typed: str) -> None:
    """Note that somebody wants the link of an order again; tells nothing.

    The link is sent by a job, so that an order that exists, one that does not and a
    mistyped reference take the same work.

    :param typed: a reference, as a person types it.
    :raises LimitReached: the network asked very often today.
    """
    limits.take("send_link", limits.client_network(), NETWORK_DAILY)
    try:
        reference = normalise_reference(typed)
    except ReferenceInvalid:
        reference = NOBODY
    counter().link_requests.add(reference)


def send_asked(number: int) -> int:
    """Send the links that were asked for, so many at most; return how many were sent.

    An order without a mail address keeps its link.
    """
    store, sent = counter().link_requests, 0
    for reference in store.first(number):
        store.discard(reference)
        try:
            order = find(reference)
        except RecordNotFound:
            continue
        if order.applicant.get("email") and _asked_today(order) < DAILY:
            _send(order, CITIZEN)
            sent += 1
    return sent


def send_link(order: Order) -> None:
    """Void the order's link and mail a new one to the address on record.

    :raises ActionNotAllowed: the order belongs to another service.
    :raises AddressMissing: there is no address.
    """
    require(order, HANDLE_ORDERS)
    if not order.applicant.get("email"):
        raise AddressMissing()
    _send(order)


def correct_address(order: Order, email: str) -> None:
    """Put another mail address on record; the old link is void, the new one mailed.

    Neither address is written to the log.

    :raises ActionNotAllowed: the order belongs to another service.
    :raises InvalidInput: it is no mail address.
    """
    require(order, HANDLE_ORDERS)
    try:
        address = check_email(clean_line(email, 254))
    except InvalidValue as error:
        raise InvalidInput([Fault("email", error.code, error.context)]) from error
    order.applicant = {**order.applicant, "email": address}
    order.confirmed, order.disowned = None, False
    log(order, "address_corrected")
    _send(order)


def _send(order: Order, who: str = "") -> None:
    order.link_number += 1
    order.tries = 0
    notices.send_link(order)
    log(order, LINK_SENT, who)


def _asked_today(order: Order) -> int:
    """Return how many links the citizen was sent within the last day."""
    since = now() - timedelta(days=1)
    return sum(
        entry.action == LINK_SENT and entry.who == CITIZEN and entry.when > since
        for entry in entries(order)
    )
