"""What comes out of a vote: one function of the ballot, the facts and the law.

It never decides without a quorum, and it takes no ballot that holds a vote too many.
"""

from dataclasses import asdict
from dataclasses import dataclass
from datetime import date
from plonegov.deliberations.domain.ballots import Ballot
from plonegov.deliberations.domain.ballots import check_ballot
from plonegov.deliberations.domain.ballots import Counts
from plonegov.deliberations.domain.ballots import Electorate
from plonegov.deliberations.domain.cases import Case
from plonegov.deliberations.domain.cases import electorate
from plonegov.deliberations.domain.cases import quorum_of
from plonegov.deliberations.domain.majorities import majority
from plonegov.deliberations.domain.majorities import tie
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.modes import check_mode
from plonegov.deliberations.domain.modes import required
from plonegov.deliberations.domain.ruleset import only
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.trace import Line
from plonegov.deliberations.domain.trace import line
from plonegov.deliberations.domain.trace import told
from typing import Any


@dataclass(frozen=True)
class Result:
    """What came out of a vote.

    ``base``: the votes cast; ``needed``: how many of them in favour carry; without a
    quorum nothing is counted. ``rules`` and ``day`` say by which law; ``trace`` why.
    """

    verdict: Verdict
    counts: Counts
    base: int
    needed: int
    trace: tuple[Line, ...]
    rules: str
    day: date | None


def outcome(ballot: Ballot, case: Case, rules: Rules) -> Result:
    """Return what comes out of a vote.

    :param rules: those of the day of the sitting (``RuleSet.on``).
    :raises RuleBroken: the ballot is not lawful: not taken as it must be
        (``check_mode``), or with a vote that nobody may have cast (``check_ballot``).
    :raises NoRuleInForce: the law says nothing on that day.
    """
    there = quorum_of(case, rules)
    if not there.holds:
        return _result(Verdict.NO_QUORUM, Counts(), 0, there.trace, rules)
    voters = electorate(case, rules)
    requirement = required(case.matter, len(voters.present), case.requests, rules)
    check_mode(ballot.mode, requirement)
    check_ballot(ballot, voters)
    counts = ballot.counts
    standing = majority(counts, case.matter, rules)
    verdict, decided = standing.verdict, standing.trace
    if verdict is Verdict.TIED:
        verdict, why = tie(ballot, case, rules)
        decided = (why,)
    trace = (
        *there.trace,
        *_by_proxy(voters, rules),
        *requirement.trace,
        line("votes", **asdict(counts)),
        *decided,
    )
    return _result(verdict, counts, standing.needed, trace, rules)


def stored(result: Result) -> dict[str, Any]:
    """Return a result as JSON types with all its texts; nothing changes it afterwards."""
    return {
        "verdict": str(result.verdict),
        "counts": asdict(result.counts),
        "base": result.base,
        "needed": result.needed,
        "rules": result.rules,
        "day": result.day and result.day.isoformat(),
        "trace": told(result.trace),
    }


def _result(
    verdict: Verdict,
    counts: Counts,
    needed: int,
    trace: tuple[Line, ...],
    rules: Rules,
) -> Result:
    return Result(verdict, counts, counts.cast, needed, trace, rules.set_id, rules.day)


def _by_proxy(voters: Electorate, rules: Rules) -> tuple[Line, ...]:
    if not voters.represented:
        return ()
    law = only(rules.proxy, "proxy").law
    return (line("votes_by_proxy", law, count=len(voters.represented)),)
