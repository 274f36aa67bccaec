"""Who signs a document of a sitting on a day, in which capacity, by which delegation.

A rule names the roles in their order (CDLD, articles L1132-3 and L1132-4; CGCT, articles
L2121-10 and L2121-23). Who acts for a holder goes before the holder, since one is recorded
only while the other is away; a delegate signs where the rule lets one, the delegation is
stated, and nobody else is there. Nothing ever stands for a missing signature.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from plonegov.deliberations.domain.model import Role
from plonegov.deliberations.domain.ruleset import Signature


class Capacity(StrEnum):
    """In which capacity somebody does what an office does."""

    ACTING = "acting"
    HOLDER = "holder"
    DELEGATE = "delegate"


@dataclass(frozen=True)
class Held:
    """An office that is held on the day of the signature.

    ``delegation`` is the decision that delegates the signature, as it is printed.
    """

    office: str
    name: str
    since: date
    capacity: Capacity = Capacity.HOLDER
    delegation: str = ""


@dataclass(frozen=True)
class Signatory:
    """Who signs in a role; without a name nobody does on that day."""

    role: Role
    name: str = ""
    capacity: Capacity = Capacity.HOLDER
    delegation: str = ""

    @property
    def missing(self) -> bool:
        """Whether nobody signs in this role."""
        return not self.name


def signatories(rule: Signature, held: Iterable[Held]) -> tuple[Signatory, ...]:
    """Return who signs, in the order of the rule; a role that nobody fills is there, too.

    :param held: the offices that are held on the day of the signature. Of two in the
        same capacity the one who came last signs.
    """
    rows = tuple(held)
    return tuple(_of_role(role, rule, rows) for role in rule.signers)


def may_sign(one: Held, rule: Signature) -> bool:
    """Say whether a rule lets somebody sign: a delegate needs a stated delegation, and a
    document that may be signed by one."""
    if one.office not in rule.signers:
        return False
    if one.capacity is not Capacity.DELEGATE:
        return True
    return rule.delegable and bool(one.delegation)


def _of_role(role: Role, rule: Signature, held: tuple[Held, ...]) -> Signatory:
    order = list(Capacity)
    able = [one for one in held if one.office == role and may_sign(one, rule)]
    if not able:
        return Signatory(role)
    first = min(
        able, key=lambda one: (order.index(one.capacity), -one.since.toordinal())
    )
    return Signatory(role, first.name, first.capacity, first.delegation)
