"""Orders that somebody places in another's name, or by the hundred.

What is counted stands outside the database (``core.ops.tallies``) and is counted once
the order is committed; who blocks an address stands in the counter.
"""

from datetime import date
from datetime import timedelta
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.api import town_today
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import LimitReached
from plonegov.core.identity.current import town_keys
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.municipality.facts import settings
from plonegov.core.ops.limits import client_network
from plonegov.core.ops.tallies import Tally
from plonegov.core.records.events import entries
from plonegov.ordering.api.counters import counter
from plonegov.ordering.content.order import MAILED
from plonegov.ordering.content.order import Order

import transaction


#: What is counted of orders that nobody confirmed.
BY_ADDRESS, BY_NETWORK = "orders_per_address", "orders_per_network"

#: How long no order can be placed with an address whose owner said "not me".
BLOCKED_FOR = timedelta(days=30)

PURPOSE = "blocked-address"


def check_misuse(order: Order) -> None:
    """Refuse a new order when too many came today; count it once it is committed.

    Orders of signed-in people and those that a clerk enters are not counted.

    :raises LimitReached: so many unconfirmed orders came today already.
    :raises InvalidInput: the owner of the mail address has blocked it.
    :raises TallyUnwritable: it can't be counted.
    """
    if order.channel not in MAILED or order.level is not AssuranceLevel.NONE:
        return
    email, network = order.applicant["email"], client_network()
    if is_blocked(email):
        raise InvalidInput([Fault("applicant.email", "email_blocked")])
    town, today = municipality(), town_today()
    tally, limits = Tally(town.id), town.limits
    counted = {BY_NETWORK: network}
    if not settings().demo:
        counted[BY_ADDRESS] = email.casefold()
    for kind, subject in counted.items():
        if subject and tally.count(kind, subject, today) >= getattr(limits, kind):
            raise LimitReached(kind=kind)
    hook = (town.id, {kind: one for kind, one in counted.items() if one}, today)
    transaction.get().addAfterCommitHook(_count, hook)


def no_longer_counted(order: Order) -> None:
    """Count an order no longer, once it is committed that it was confirmed."""
    placed = entries(order)[0]
    subjects = {
        BY_ADDRESS: order.applicant["email"].casefold(),
        BY_NETWORK: placed.origin,
    }
    counted = {kind: subject for kind, subject in subjects.items() if subject}
    hook = (municipality().id, counted, town_today(placed.when), -1)
    transaction.get().addAfterCommitHook(_count, hook)


def block(email: str) -> None:
    """Let nobody order with a mail address, and send nothing to it, for 30 days."""
    block_code(code_of(email))


def block_code(code: str) -> None:
    """Block an address that is known by its code only."""
    counter().blocked.block(code, now() + BLOCKED_FOR)


def code_of(email: str) -> str:
    """Return what stands for a mail address and names nobody."""
    return _codes(email)[0]


def is_blocked(email: str) -> bool:
    """Say whether the owner of a mail address blocked it."""
    if not email:
        return False
    store, moment = counter().blocked, now()
    return any(store.get(code, moment) for code in _codes(email))


def _codes(email: str) -> list[str]:
    """Return what stands for an address in the store, by the newest key first."""
    keys = town_keys()
    known = [file.id for file in keys.files()]
    return [
        keys.mac(PURPOSE, email.casefold(), key_id=key_id) for key_id in reversed(known)
    ]


def _count(
    committed: bool,
    municipality_id: str,
    counted: dict[str, str],
    day: date,
    amount: int = 1,
) -> None:
    if committed:
        for kind, subject in counted.items():
            Tally(municipality_id).add(kind, subject, day, amount)
