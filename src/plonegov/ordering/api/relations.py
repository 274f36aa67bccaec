"""A clerk accepts what shows an applicant's relation to the subject, or takes it back."""

from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.records.events import log
from plonegov.ordering.api import storage
from plonegov.ordering.api.handling import require_open
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.rules import TEXT_LIMIT


#: What a clerk may accept whatever the law names: the register shows the link, or a
#: paper was shown at the desk.
ALWAYS = ("register", "desk")


def acceptable(order: Order) -> tuple[str, ...]:
    """Return the ids of the proofs that a clerk may accept for an order."""
    named = order.entitlement.get("proofs", ())
    return (*(proof["id"] for proof in named), *ALWAYS)


def accept_relation(order: Order, proof: str, basis: str) -> None:
    """Accept a proof of the relation, and say on which legal basis.

    :param proof: one of ``acceptable``.
    :param basis: the act and article.
    :raises InvalidInput: another proof, or no basis.
    :raises ActionNotAllowed: the order is not being worked on.
    """
    require_open(order)
    text = basis.strip() if isinstance(basis, str) else ""
    faults = []
    if proof not in acceptable(order):
        faults.append(Fault("proof", "proof_not_named"))
    if not text:
        faults.append(Fault("basis", "basis_missing"))
    if len(text) > TEXT_LIMIT:
        faults.append(Fault("basis", "too_long", {"limit": TEXT_LIMIT}))
    if faults:
        raise InvalidInput(faults)
    order.relation_proof, order.relation_basis = proof, text
    log(order, "relation_accepted", proof=proof, law=text)


def take_back_relation(order: Order) -> None:
    """Take back what was accepted: the order waits for a proof again.

    A document made before is dropped, since it rests on it.

    :raises ActionNotAllowed: the order is not being worked on.
    """
    require_open(order)
    order.relation_proof = order.relation_basis = ""
    storage.put(order, "issued", None)
    log(order, "relation_taken_back")
