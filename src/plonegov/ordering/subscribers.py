"""What happens at each transition of an order, whichever way it is fired."""

from plonegov.core.api import municipality
from plonegov.core.ops.counters import ORDERS_PLACED
from plonegov.core.records.events import log
from plonegov.ordering.api import answers
from plonegov.ordering.api import clock
from plonegov.ordering.api import notices
from plonegov.ordering.api import scans
from plonegov.ordering.api import seals
from plonegov.ordering.api.facts import facts_of
from plonegov.ordering.api.handingout import replace
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.model import Transition
from plonegov.ordering.domain.motives import Motive
from plonegov.ordering.domain.rules import check_transition
from plonegov.ordering.domain.rules import TEXTS
from plonegov.ordering.domain.states import DECIDED
from plonegov.ordering.domain.states import ENDS
from zope.i18nmessageid import Message

import transaction


#: How an order ends whose document nobody gets.
UNISSUED = tuple(state for state in ENDS if state != State.DELIVERED)


def before_transition(order: Order, event) -> None:
    """Refuse a transition that breaks a rule.

    :raises PlonegovError: named after the broken rule.
    """
    if event.transition is not None:
        check_transition(event.transition.id, facts_of(order), event.kwargs or {})


def after_transition(order: Order, event) -> None:
    """Keep the clock, the log and the citizen's mail in step with the state."""
    if event.transition is None:
        return
    new = State(event.new_state.id)
    today = town_today()
    clock.tick(order, new, today)
    if order.unsent_files and new != State.AWAITING_CITIZEN:
        answers.drop_files(order, range(len(order.unsent_files)))
    order.closed = today if new in ENDS else None
    data = event.kwargs or {}
    if data.get("identity_document"):
        order.identity_document = data["identity_document"]
    told = {}
    if event.old_state.id == State.DELIVERED:
        told = _taken_back(order, data.get("reason", ""))
    if event.transition.id == Transition.REJECT:
        order.motive_code = data.get("motive_code") or str(Motive.OTHER)
    elif event.transition.id == Transition.REOPEN:
        order.motive_code = ""
    kept = {name: data[name] for name in TEXTS if data.get(name)}
    log(order, event.transition.id, **kept)
    order.reindexObject()
    notices.tell_change(order, event.transition.id, kept | told)


def _taken_back(order: Order, reason: str) -> dict[str, Message]:
    """Put a document that proved wrong with the former ones; return what to tell."""
    replace(order, reason)
    over = seals.end(order, seals.PROVED_WRONG)
    return {"text": notices.SEALED_OVER} if over else {}


def erase_scans(order: Order, event) -> None:
    """Erase copies of identity documents once the order is decided."""
    if event.transition is not None and event.new_state.id in DECIDED:
        scans.erase(order)


def order_placed(event) -> None:
    """Send the receipt of a new order."""
    notices.acknowledge(event.order)


def count_order(event) -> None:
    """Count a new order for ``metrics``, once it is committed."""
    transaction.get().addAfterCommitHook(_count_committed, (municipality().id,))


def _count_committed(committed: bool, municipality_id: str) -> None:
    if committed:
        ORDERS_PLACED.labels(municipality_id).inc()


def end_seal(order: Order, event) -> None:
    """Take a sealed certificate back when its order ends without it."""
    if event.transition is not None and event.new_state.id in UNISSUED:
        seals.end(order)
