"""Who is kept from an item by an interest, and what that does to the quorum.

CDLD L1122-19; CGCT L2131-11 and L1111-6, L2121-14 for the mayor's accounts.
"""

from collections.abc import Collection
from collections.abc import Mapping
from plonegov.deliberations.domain.model import Interest
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.ruleset import about
from plonegov.deliberations.domain.ruleset import Incompatibility
from plonegov.deliberations.domain.ruleset import only
from plonegov.deliberations.domain.ruleset import Rules


def incompatibility(
    interest: Interest, matter: Matter, rules: Rules
) -> Incompatibility:
    """Return the rule on an interest in a matter; where the law has none for a kind of
    interest, the one on personal interests holds, which is the strictest.

    :raises NoRuleInForce: it has none on these either.
    """
    rows = {
        kind: [row for row in rules.incompatibility if row.interest is kind]
        for kind in (interest, Interest.PERSONAL)
    }
    found = rows[interest] or rows[Interest.PERSONAL]
    return only(about(found, matter), "incompatibility")


def counted_present(
    present: Collection[str],
    recused: Mapping[str, Interest],
    matter: Matter,
    rules: Rules,
) -> frozenset[str]:
    """Return who of those in the room counts for the quorum."""
    return frozenset(
        member
        for member in present
        if member not in recused
        or incompatibility(recused[member], matter, rules).counts_present
    )


def counted_members(
    members: Collection[str],
    recused: Mapping[str, Interest],
    matter: Matter,
    rules: Rules,
) -> frozenset[str]:
    """Return who of the members in office counts for the quorum's base."""
    return frozenset(
        member
        for member in members
        if member not in recused
        or incompatibility(recused[member], matter, rules).in_base
    )
