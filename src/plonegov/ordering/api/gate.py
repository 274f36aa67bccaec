"""The birth date that a tracking link asks for before it tells more than the state."""

from plonegov.core.records.events import log
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.gate import opens
from plonegov.ordering.domain.gate import TRIES


def applicant_is_asked(order: Order) -> bool:
    """Say whether the birth date that opens the order is the applicant's."""
    return bool(order.applicant.get("birth_date"))


def birth_date_of(order: Order) -> str:
    """Return the date that opens an order, in ISO 8601.

    It is the applicant's; where the document did not ask for it, the subject's; empty
    where neither is known.
    """
    person = order.applicant if applicant_is_asked(order) else order.subject
    return person.get("birth_date", "")


def try_birth_date(order: Order, given: str) -> bool:
    """Say whether a birth date opens the order; a wrong one is counted and logged.

    The right one is not logged: it is the citizen who looks at his or her own order.
    After the last try the log is full, but the tries still count.

    :param given: in ISO 8601.
    """
    if opens(order.tries, given, birth_date_of(order)):
        order.tries = 0
        return True
    order.tries += 1
    if order.tries <= TRIES:
        log(order, "birth_date_wrong")
    return False
