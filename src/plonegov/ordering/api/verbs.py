"""What may be done with an order, by name: one table for the clerk's buttons and REST."""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from plonegov.core.errors import RecordNotFound
from plonegov.ordering.api import changes
from plonegov.ordering.api import handingout
from plonegov.ordering.api import handling
from plonegov.ordering.api import newlinks
from plonegov.ordering.api import relations
from plonegov.ordering.api import seals
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.model import Transition
from typing import Any


@dataclass(frozen=True)
class Verb:
    """A call with an order and with the data of these names, in this order."""

    call: Callable[..., Any]
    takes: tuple[str, ...] = ()


def _start(order: Order) -> None:
    handling.change(order, Transition.START)


def _reject(order: Order, motive_code: Any, motive: Any, law: Any) -> None:
    handling.reject(order, motive, law, motive_code)


def _confirm(order: Order, findings: Any, address: Any) -> None:
    handling.confirm_findings(order, findings, address_unprotected=bool(address))


def _produce(order: Order) -> None:
    handling.produce(order)
    seals.end(order)


VERBS: Mapping[str, Verb] = {
    "take": Verb(handling.take),
    "release": Verb(handling.release),
    "start": Verb(_start),
    "ask": Verb(handling.ask, ("text",)),
    "answer": Verb(handling.answer, ("text",)),
    "reject": Verb(_reject, ("motive_code", "motive", "law")),
    "withdraw": Verb(handling.withdraw, ("text",)),
    "expire": Verb(handling.expire),
    "make_ready": Verb(handling.make_ready),
    "hand_over": Verb(handling.hand_over, ("identity_document",)),
    "register_address": Verb(handingout.register_address, ("address",)),
    "reopen": Verb(handling.reopen, ("reason",)),
    "accept_relation": Verb(relations.accept_relation, ("proof", "basis")),
    "take_back_relation": Verb(relations.take_back_relation),
    "confirm_findings": Verb(_confirm, ("findings", "address_unprotected")),
    "attach_act": Verb(handling.attach_act, ("filename", "data")),
    "produce": Verb(_produce),
    "seal": Verb(seals.seal),
    "send_link": Verb(newlinks.send_link),
    "correct_address": Verb(newlinks.correct_address, ("email",)),
    "note": Verb(handling.note, ("text",)),
    "pay": Verb(lambda order: handling.mark_paid(order, True)),
    "unpay": Verb(lambda order: handling.mark_paid(order, False)),
}

#: What ``POST @orders/REFERENCE/TRANSITION`` offers; the others belong to the page.
STEPS = (*map(str, Transition), "take", "release")

#: What the holder of a tracking link's secret may do.
CITIZEN_STEPS = ("answer", "withdraw")

#: Under which other name a verb's datum may be given.
ALSO: Mapping[str, Mapping[str, str]] = {
    "reject": {"law": "text"},
    "reopen": {"reason": "motive"},
}


def do(order: Order, name: str, data: Mapping[str, Any]) -> None:
    """Do what a verb says, with what of ``data`` it takes; a missing datum is empty.

    :param data: may hold ``seen``, the serial of the order that one decided on.
    :raises RecordNotFound: there is no such verb.
    :raises OrderChanged: the order has another serial by now.
    :raises PlonegovError: what the verb's call raises.
    """
    if name not in VERBS:
        raise RecordNotFound()
    changes.check(order, data.get("seen"))
    verb, also = VERBS[name], ALSO.get(name, {})
    verb.call(order, *(_given(data, key, also.get(key)) for key in verb.takes))


def _given(data: Mapping[str, Any], name: str, other: str | None) -> Any:
    value = data.get(name, "")
    return data.get(other, value) if other and not value else value
