"""Whether enough members are in the room when an item is opened.

CDLD L1122-17 (council) and L1123-20 (college), which speak of the resolution itself, so
that the members must still be there for the vote; CGCT L2121-17. Only who is there in
person counts, never a proxy.
"""

from collections.abc import Collection
from fractions import Fraction
from plonegov.deliberations.domain.attendance import Presence
from plonegov.deliberations.domain.errors import QuorumNotReached
from plonegov.deliberations.domain.interests import counted_members
from plonegov.deliberations.domain.interests import counted_present
from plonegov.deliberations.domain.interests import incompatibility
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.ruleset import only
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.trace import Finding
from plonegov.deliberations.domain.trace import Line
from plonegov.deliberations.domain.trace import line


def more_than(share: Fraction, whole: int) -> int:
    """Return the least whole number that is more than a share of a whole."""
    return int(share * whole) + 1


def quorum(
    members: Collection[str],
    presence: Presence,
    rules: Rules,
    *,
    matter: Matter = Matter.ORDINARY,
    call: int = 1,
    repeated: bool = False,
) -> Finding:
    """Return whether an item may be decided by those who are there.

    Before the vote, when the item is opened, its ``presence`` opens and closes then.

    :param members: those in office.
    :param call: which call the sitting was convened by, 1 to 3.
    :param repeated: the item stood on the agenda of each earlier call; only then does a
        last call do without a quorum, and one member is enough.
    :raises NoRuleInForce: the law says nothing on that day.
    """
    rule = only(rules.quorum, "quorum")
    office = frozenset(members)
    counted = min(
        len(counted_present(there & office, presence.recused, matter, rules))
        for there in (presence.at_opening, presence.at_vote)[: 1 + rule.at_vote]
    )
    base = len(counted_members(office, presence.recused, matter, rules))
    last = rule.waived_call is not None and call >= rule.waived_call and repeated
    needed = 1 if last else more_than(rule.more_than, base)
    holds = counted >= needed
    kept = "quorum_waived" if last else "quorum_reached"
    said = line(
        kept if holds else "quorum_missing",
        rule.law,
        present=counted,
        base=base,
        needed=needed,
        call=call,
    )
    fewer = _why_fewer(presence, office, matter, rules)
    return Finding(holds, counted, needed, (said, *fewer))


def check_quorum(finding: Finding) -> None:
    """Refuse to open an item, or to keep its decision, without quorum.

    :raises QuorumNotReached: with ``present`` and ``needed``.
    """
    if not finding.holds:
        raise QuorumNotReached(present=finding.counted, needed=finding.needed)


def _why_fewer(
    presence: Presence, members: frozenset[str], matter: Matter, rules: Rules
) -> list[Line]:
    """Say whom an interest keeps from being counted, law by law."""
    rows = [
        (member, incompatibility(interest, matter, rules))
        for member, interest in sorted(presence.recused.items())
        if member in members
    ]
    found = {
        "quorum_interested": [
            row.law
            for member, row in rows
            if not row.counts_present and member in presence.at_opening
        ],
        "quorum_representatives": [row.law for _, row in rows if not row.in_base],
    }
    return [
        line(sentence, law, count=laws.count(law))
        for sentence, laws in found.items()
        for law in sorted(set(laws))
    ]
