"""What was done with an order since somebody looked at it.

The number of entries in its log is the serial that a page, or a program, has seen.
"""

from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.records.events import entries
from plonegov.core.records.events import Entry
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.errors import OrderChanged
from typing import Any


def serial(order: Order) -> int:
    """Return the number that tells whether the order has changed."""
    return len(entries(order))


def since(order: Order, seen: int) -> list[Entry]:
    """Return what was done after a serial, oldest first."""
    return entries(order)[seen:]


def check(order: Order, seen: Any) -> None:
    """Refuse to act on what is not there any more.

    :param seen: the serial, as a number or its digits; empty when nothing is known.
    :raises OrderChanged: with the serial as ``seen``.
    :raises InvalidInput: it is no number.
    """
    if seen in (None, ""):
        return
    text = str(seen)
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise InvalidInput([Fault("seen", "whole_number_expected")])
    if int(text) != serial(order):
        raise OrderChanged(seen=int(text))
