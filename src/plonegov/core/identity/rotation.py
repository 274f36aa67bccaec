"""Which keys of a town are in use, and bringing what it sealed to the current one."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from plonegov.core import logger
from plonegov.core.errors import KeyMissing
from plonegov.core.identity.errors import KeyFileDamaged
from plonegov.core.identity.errors import KeyInUse
from plonegov.core.identity.errors import KeyIsCurrent
from plonegov.core.identity.errors import KeyUnknown
from plonegov.core.identity.errors import SealedValueDamaged
from plonegov.core.identity.interfaces import ISealedValues
from plonegov.core.identity.keys import create_key
from plonegov.core.identity.keys import TownKeys
from plonegov.core.ops.writelock import town_lock
from typing import Any
from zope.component import getUtilitiesFor

import transaction


#: What is encrypted anew in one transaction at most, so that no writer waits long.
BATCH = 100


@dataclass(frozen=True)
class KeyUse:
    """The ids of the keys that one record refers to.

    ``sealed``: of its encrypted values; ``codes``: of codes that were given away (the
    secret of a link), which can't be made anew with another key.
    """

    sealed: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """All keys that the record needs."""
        return self.sealed | self.codes


@dataclass(frozen=True)
class Outcome:
    """What came of encrypting anew: records changed, and records whose values can't be
    read since their key is lost or they are damaged; these stay as they are."""

    changed: int = 0
    unreadable: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.changed + other.changed, self.unreadable + other.unreadable)


Holder = tuple[Any, Any]  # the add-on's ISealedValues, and what it finds again
Told = Callable[[int, int], None]


def rotate(portal, municipality_id: str) -> str:
    """Make a new current key, under the town's write lock; return its id.

    The old ones stay: what was made with them is read and checked with them.

    :raises KeyFileExposed: others than the owner may enter the folder of the keys.
    """
    with town_lock(portal.getId()):
        return create_key(municipality_id)


def key_uses(portal) -> Counter[str]:
    """Return how many records refer to each key, by its id (reads every record)."""
    counted: Counter[str] = Counter()
    for port, holder in _holders(portal):
        counted.update(port.uses(portal, holder).all)
    return counted


def reencrypt(portal, keys: TownKeys, told: Told | None = None) -> Outcome:
    """Encrypt with the current key whatever is not, as far as it can be read.

    Portions of it are committed one by one under the town's write lock, so that the
    site serves meanwhile; what was stopped half way goes on with another call.

    :param told: called with how many records of how many are done.
    :raises KeyMissing: the town has no current key on this machine.
    :raises KeyFileExposed: others than the owner may read the keys.
    """
    transaction.begin()
    keys.check_present(keys.current_id)
    holders, current, outcome = list(_holders(portal)), keys.current_id, Outcome()
    for start in range(0, len(holders), BATCH):
        portion = holders[start : start + BATCH]
        outcome += _reencrypt(portal, keys, _behind(portal, portion, current))
        portal._p_jar.cacheMinimize()
        if told is not None:
            told(start + len(portion), len(holders))
    return outcome


def retire(portal, keys: TownKeys, key_id: str) -> None:
    """Take an old key that no record refers to out of use; its file is kept aside.

    No new reference can come meanwhile: only the current key makes any.

    :raises KeyUnknown: there is no such key; the context has ``known``.
    :raises KeyIsCurrent: new values are made with it.
    :raises KeyInUse: records refer to it; the context has ``count``.
    """
    known = [key.id for key in keys.files()]
    if key_id not in known:
        raise KeyUnknown(key_id=key_id, known=", ".join(known))
    if key_id == keys.current_id:
        raise KeyIsCurrent(key_id=key_id)
    transaction.begin()
    count = key_uses(portal)[key_id]
    if count:
        raise KeyInUse(key_id=key_id, count=count)
    keys.set_aside(key_id)


def _holders(portal) -> Iterator[Holder]:
    for _name, port in sorted(getUtilitiesFor(ISealedValues), key=lambda item: item[0]):
        for holder in port.holders(portal):
            yield port, holder


def _behind(portal, portion: list[Holder], current: str) -> list[Holder]:
    return [
        (port, holder)
        for port, holder in portion
        if port.uses(portal, holder).sealed - {current}
    ]


def _reencrypt(portal, keys: TownKeys, behind: list[Holder]) -> Outcome:
    if not behind:
        return Outcome()
    with town_lock(portal.getId()):
        transaction.begin()
        outcome = sum(
            (_reseal(portal, keys, port, holder) for port, holder in behind), Outcome()
        )
        transaction.commit()
    return outcome


def _reseal(portal, keys: TownKeys, port, holder) -> Outcome:
    try:
        return Outcome(changed=int(port.reseal(portal, holder, keys)))
    except (KeyMissing, KeyFileDamaged, SealedValueDamaged) as error:
        logger.warning("%s: a sealed value can't be read: %s", portal.getId(), error)
        return Outcome(unreadable=1)
