"""What leaves the office, and to which address: the register's before the typed one."""

from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import now
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.records.events import log
from plonegov.ordering.api import handling
from plonegov.ordering.api import storage
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.identity import ELECTRONIC
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.people import read_address
from typing import Any


def register_address(order: Order, values: Any) -> None:
    """Keep the address that the register gives for the applicant.

    :param values: street, number, box, postal_code, locality, country as typed.
    :raises InvalidInput: with ``address.<part>`` as field.
    :raises ActionNotAllowed: the order is not being worked on.
    """
    handling.require_open(order)
    faults: list[Fault] = []
    address = read_address(values, handling.terms_of(order).country, faults)
    if faults:
        raise InvalidInput(faults)
    order.registered_address = {
        "street": address.street,
        "number": address.number,
        "box": address.box,
        "postal_code": address.postal_code,
        "locality": address.locality,
        "country": address.country,
    }
    if order.kind == Kind.ATTACHED:
        storage.put(order, "issued", None)  # the letter bears the address
    log(order, "address_registered")


def replace(order: Order, reason: str) -> None:
    """Put a document that was handed over and proved wrong with the former ones.

    What the register says must be confirmed again, and the document made anew.
    """
    when = now().isoformat()
    kept = [file for file in (order.issued, order.act) if file is not None]
    order.former = (*order.former, *((when, reason, file) for file in kept))
    order.issued = order.act = None
    order.findings_confirmed = False
    storage.weigh(order)


def handed_out(order: Order) -> tuple[NamedBlobFile, ...]:
    """Return the files that the applicant gets by mail or as a download.

    Of an act it is the register's own file, unchanged; our letter is for the post.
    """
    file = order.act if order.kind == Kind.ATTACHED else order.issued
    return (file,) if file is not None else ()


def may_fetch(order: Order) -> bool:
    """Say whether the applicant may download the document now."""
    out = order.state == State.DELIVERED and order.delivery in ELECTRONIC
    return out and order.facts().sure


def fetched(order: Order) -> tuple[NamedBlobFile, ...]:
    """Return the files that the applicant may download now.

    :raises ActionNotAllowed: it is not handed over yet, comes in another way, or the
        applicant has not shown who he or she is.
    """
    if not may_fetch(order):
        raise ActionNotAllowed(state=order.state)
    return handed_out(order)
