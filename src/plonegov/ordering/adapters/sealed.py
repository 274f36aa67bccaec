"""What orders and drafts hold that was made with the town's keys."""

from plonegov.core.identity.interfaces import ISealedValues
from plonegov.core.identity.keys import Sealed
from plonegov.core.identity.keys import TownKeys
from plonegov.core.identity.rotation import KeyUse
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.content.order import Order
from plonegov.ordering.storage.drafts import Draft
from typing import Any
from zope.interface import implementer


Holder = tuple[str, str]  # the counter's store, and the key in it
NOBODY = KeyUse()


@implementer(ISealedValues)
class SealedOrders:
    """The national numbers and links of orders, and what drafts keep of the form.

    The secret of an order's link and the cookie of who follows it are codes of the
    order's ``key_id``, which stays as it is: links given away keep working. So do the
    link and the cookie of a draft.
    """

    def holders(self, portal: Any) -> list[Holder]:
        counter = portal.get(COUNTER_ID)
        if counter is None:
            return []
        orders = [("records", key) for key in counter.records]
        return orders + [("drafts", key) for key in counter.drafts]

    def uses(self, portal: Any, holder: Holder) -> KeyUse:
        found = _find(portal, holder)
        if found is None:
            return NOBODY
        if isinstance(found, Draft):
            sealed = frozenset({found.sealed[0]} if found.sealed else ())
            return KeyUse(sealed, frozenset({found.key_id}))
        sealed = frozenset(key_id for key_id, _token in found.sealed_numbers.values())
        return KeyUse(sealed, frozenset({found.key_id}))

    def reseal(self, portal: Any, holder: Holder, keys: TownKeys) -> bool:
        found, current = _find(portal, holder), keys.current_id
        if not self.uses(portal, holder).sealed - {current}:
            return False
        if isinstance(found, Draft):
            found.sealed = _anew(keys, current, found.sealed)
        else:
            found.sealed_numbers = {
                role: _anew(keys, current, sealed)
                for role, sealed in found.sealed_numbers.items()
            }
        return True


def _find(portal: Any, holder: Holder) -> Order | Draft | None:
    store, key = holder
    counter = portal[COUNTER_ID]
    return counter.records.get(key) if store == "records" else counter.drafts.find(key)


def _anew(keys: TownKeys, current: str, sealed: tuple[str, str]) -> tuple[str, str]:
    if sealed[0] == current:
        return sealed
    return keys.encrypt(keys.decrypt(Sealed(*sealed))).as_tuple()
