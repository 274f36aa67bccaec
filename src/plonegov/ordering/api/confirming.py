"""The link of the first mail: it shows that who ordered reads the mail address.

Its secret is not that of the tracking link, which the page after an order shows, too:
only who gets the mail has it. Opening it changes nothing; a POST does.
"""

from plonegov.core.api import now
from plonegov.core.records.events import CITIZEN
from plonegov.core.records.events import log
from plonegov.ordering.api import links
from plonegov.ordering.api.misuse import block
from plonegov.ordering.api.misuse import no_longer_counted
from plonegov.ordering.content.order import Order


PURPOSE = "order-mail"


def confirm_url(order: Order) -> str:
    """Return the address of the page on which the mail address is confirmed."""
    return _url("confirm", order)


def not_me_url(order: Order) -> str:
    """Return the address of the page for who did not order anything."""
    return _url("not-me", order)


def find(reference: str, secret: str) -> Order:
    """Return the order that a link of the first mail opens.

    :raises RecordNotFound: it opens none.
    """
    return links.find_for_citizen(reference, secret, PURPOSE)


def confirm(order: Order) -> None:
    """Note that the mail address is the applicant's; again changes nothing."""
    if order.unconfirmed:
        order.confirmed = now()
        log(order, "confirmed", CITIZEN)
        no_longer_counted(order)
        order.reindexObject()


def disown(order: Order) -> None:
    """Note that the owner of the mail address did not order this.

    No mail of the order goes there any more, its links are void, and nobody can order
    with the address for 30 days.
    """
    block(order.applicant["email"])
    order.disowned = True
    order.link_number += 1
    log(order, "disowned", CITIZEN)
    order.reindexObject()


def _url(page: str, order: Order) -> str:
    secret = links.secret(order, PURPOSE)
    return links.counter_url(f"{page}?order={order.reference}&secret={secret}")
