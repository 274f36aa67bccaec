"""Who votes in whose name: a written proxy, where the law has one.

CGCT L2121-20: one per holder, for three sittings in a row unless its giver is ill, and
it can be taken back at any time. The CDLD has none. A proxy adds a vote, never a member
who is present.
"""

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from plonegov.deliberations.domain.attendance import Presence
from plonegov.deliberations.domain.errors import ProxyNotAllowed
from plonegov.deliberations.domain.model import check_aware
from plonegov.deliberations.domain.ruleset import only
from plonegov.deliberations.domain.ruleset import ProxyRule
from plonegov.deliberations.domain.ruleset import Rules


@dataclass(frozen=True)
class Proxy:
    """A proxy for a sitting: ``given`` from a time on, ``until`` it is taken back.

    ``sitting``: for which sitting in a row the giver lets himself or herself be
    represented, 1 for the first; ``ill``: an illness is certified.
    """

    giver: str
    holder: str
    given: datetime
    until: datetime | None = None
    sitting: int = 1
    ill: bool = False

    def __post_init__(self) -> None:
        check_aware(self.given, self.until)

    def holds_at(self, moment: datetime) -> bool:
        """Say whether it is given and not taken back at a moment."""
        return self.given <= moment and (self.until is None or moment < self.until)


def check_proxy(
    proxy: Proxy, others: Iterable[Proxy], members: Collection[str], rules: Rules
) -> None:
    """Refuse a proxy that the law does not allow.

    :param others: the proxies of the same sitting.
    :param members: those in office.
    :raises ProxyNotAllowed: ``reason`` is ``none_in_law``, ``own``, ``no_member``,
        ``too_many_sittings``, ``given_twice`` or ``holder_has_enough``.
    :raises NoRuleInForce: the law says nothing on that day.
    """
    rule = only(rules.proxy, "proxy")
    same_time = [
        one
        for one in others
        if one != proxy and (one.holds_at(proxy.given) or proxy.holds_at(one.given))
    ]
    held = [one for one in same_time if one.holder == proxy.holder]
    broken = {
        "none_in_law": not rule.allowed,
        "own": proxy.giver == proxy.holder,
        "no_member": not {proxy.giver, proxy.holder} <= set(members),
        "too_many_sittings": not _sittings_left(proxy, rule),
        "given_twice": any(one.giver == proxy.giver for one in same_time),
        "holder_has_enough": len(held) >= rule.per_holder,
    }
    for reason, is_broken in broken.items():
        if is_broken:
            raise ProxyNotAllowed(reason=reason)


def represented(
    proxies: Iterable[Proxy],
    members: Collection[str],
    presence: Presence,
    rules: Rules,
) -> Mapping[str, str]:
    """Return who is represented by whom when an item is voted on, by giver.

    A giver who is in the room votes himself or herself; one whom an interest bars can't
    be represented, and a holder who is absent or barred represents nobody. Of two
    proxies of one giver the later one counts, of too many of one holder the first ones;
    where they bear the same time, none does.

    :param members: those in office.
    :raises NoRuleInForce: the law says nothing on that day.
    """
    rule = only(rules.proxy, "proxy")
    if not rule.allowed:
        return {}
    by_giver = defaultdict(list)
    for proxy in set(proxies):
        if proxy.holds_at(presence.slot.closed) and _sittings_left(proxy, rule):
            by_giver[proxy.giver].append(proxy)
    by_holder = defaultdict(list)
    for found in by_giver.values():
        last = max(proxy.given for proxy in found)
        latest = [proxy for proxy in found if proxy.given == last]
        if len(latest) == 1 and _is_of_use(latest[0], members, presence):
            by_holder[latest[0].holder].append(latest[0])
    kept = (
        proxy
        for found in by_holder.values()
        for proxy in _first(found, rule.per_holder)
    )
    return {proxy.giver: proxy.holder for proxy in sorted(kept, key=_giver)}


def _giver(proxy: Proxy) -> str:
    return proxy.giver


def _sittings_left(proxy: Proxy, rule: ProxyRule) -> bool:
    return proxy.sitting <= rule.sittings or (rule.illness_lifts and proxy.ill)


def _is_of_use(proxy: Proxy, members: Collection[str], presence: Presence) -> bool:
    barred = proxy.giver in presence.recused or proxy.giver in presence.at_vote
    both = {proxy.giver, proxy.holder} <= set(members)
    return both and not barred and proxy.holder in presence.took_part


def _first(proxies: list[Proxy], count: int) -> list[Proxy]:
    """Return the first ones given; not those that share the time of one too many."""
    ordered = sorted(proxies, key=lambda proxy: proxy.given)
    if len(ordered) <= count:
        return ordered
    return [proxy for proxy in ordered[:count] if proxy.given < ordered[count].given]
