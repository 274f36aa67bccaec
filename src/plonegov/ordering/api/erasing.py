"""Taking people out of an order whose retention is over; what it was stays."""

from Acquisition import aq_base
from datetime import date
from plonegov.core.records.events import forget_people
from plonegov.core.registers import sealed
from plonegov.ordering.api.storage import weigh
from plonegov.ordering.content.order import Order
from plonegov.ordering.content.order import PERSONAL


#: What the rows of a workflow's history tell about people.
IN_HISTORY = ("actor", "comments")


def erase(order: Order, day: date) -> None:
    """Erase all that the order tells about people (``content.order.PERSONAL``).

    Its reference, document, dates, state, channel and figures stay, and the log says
    what happened when. The contents of its files are erased before (see
    ``core.records.retention``).

    :param day: the date on which it is done, which the tracking link tells.
    """
    stored = aq_base(order)
    stored._p_activate()
    for name in PERSONAL:
        if name in vars(stored):
            delattr(stored, name)
    _forget_in_history(stored)
    order.anonymised = day
    forget_people(order)
    if order.seal_code:
        sealed.forget(order.seal_code)
    weigh(order)
    order.reindexObject()


def _forget_in_history(order: Order) -> None:
    history = order.workflow_history
    for workflow_id, rows in list(history.items()):
        history[workflow_id] = tuple(
            {**row, **dict.fromkeys(IN_HISTORY, "")} for row in rows
        )
