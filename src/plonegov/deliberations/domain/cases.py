"""The facts of an item when it is voted on."""

from dataclasses import dataclass
from dataclasses import field
from plonegov.deliberations.domain.attendance import Presence
from plonegov.deliberations.domain.ballots import Electorate
from plonegov.deliberations.domain.errors import MemberNotEntitled
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import TieRule
from plonegov.deliberations.domain.modes import Requests
from plonegov.deliberations.domain.proxies import Proxy
from plonegov.deliberations.domain.proxies import represented
from plonegov.deliberations.domain.quorum import quorum
from plonegov.deliberations.domain.ruleset import only
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.trace import Finding


@dataclass(frozen=True)
class Case:
    """What must be known of an item to say what a vote on it means.

    ``members``: those in office; ``president``: who presides over this item; ``call``
    and ``repeated``: see ``quorum``; ``requests``: how the vote was asked to be taken.
    For a college: ``urgent``, recognised by a majority before the discussion;
    ``earlier_ties``: in how many earlier sittings the votes on this matter were equal;
    ``tied``: they were equal in this one or an earlier one; ``called``: councillors whom
    it then called in (CDLD L1123-22), who vote but are no members.
    """

    members: frozenset[str]
    presence: Presence
    president: str = ""
    matter: Matter = Matter.ORDINARY
    proxies: frozenset[Proxy] = frozenset()
    call: int = 1
    repeated: bool = False
    requests: Requests = field(default_factory=Requests)
    urgent: bool = False
    earlier_ties: int = 0
    tied: bool = False
    called: frozenset[str] = frozenset()


def quorum_of(case: Case, rules: Rules) -> Finding:
    """Return whether an item may be decided (``quorum``)."""
    return quorum(
        case.members,
        case.presence,
        rules,
        matter=case.matter,
        call=case.call,
        repeated=case.repeated,
    )


def calls_in(rules: Rules) -> bool:
    """Say whether a body calls in a councillor whose vote ends a tie: a college does,
    where its tie is no rejection (CDLD L1123-22).

    :raises NoRuleInForce: the law says nothing on that day.
    """
    return only(rules.tie, "tie").then is TieRule.ADJOURNED


def electorate(case: Case, rules: Rules) -> Electorate:
    """Return who may vote on an item.

    :raises MemberNotEntitled: a councillor is called in where no tie of a college is a
        ground for it.
    :raises NoRuleInForce: the law says nothing on that day.
    """
    if case.called and not (case.tied and calls_in(rules)):
        raise MemberNotEntitled(member=min(case.called), reason="no_member")
    members = case.members | case.called
    return Electorate(
        present=(case.presence.took_part & members) | case.called,
        represented=represented(case.proxies, members, case.presence, rules),
        recused=frozenset(case.presence.recused),
        members=members,
    )
