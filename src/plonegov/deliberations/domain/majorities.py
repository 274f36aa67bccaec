"""Whether the votes in favour are enough, and what equal votes mean.

CDLD L1122-26 (council) and L1123-22 (college); CGCT L2121-20, and L1612-12 for accounts,
which hold unless a majority votes against them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from plonegov.deliberations.domain.ballots import Ballot
from plonegov.deliberations.domain.ballots import Counts
from plonegov.deliberations.domain.ballots import SecretBallot
from plonegov.deliberations.domain.cases import Case
from plonegov.deliberations.domain.model import Choice
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import TieRule
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.quorum import more_than
from plonegov.deliberations.domain.ruleset import about
from plonegov.deliberations.domain.ruleset import Majority
from plonegov.deliberations.domain.ruleset import only
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.ruleset import Tie
from plonegov.deliberations.domain.trace import Line
from plonegov.deliberations.domain.trace import line


HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Standing:
    """How a vote stands: its verdict (``tied``: equal votes, not yet judged), the least
    number of votes in favour that would carry it, and why."""

    verdict: Verdict
    needed: int
    trace: tuple[Line, ...]


def majority(counts: Counts, matter: Matter, rules: Rules) -> Standing:
    """Return how a vote stands before any casting vote.

    :raises NoRuleInForce: the law says nothing on that day.
    """
    row = only(about(rules.majority, matter), "majority")
    if row.unless_against:
        return _unless_against(counts, row)
    needed = more_than(row.more_than, counts.cast)
    if not counts.cast:
        return Standing(Verdict.REJECTED, needed, (line("no_vote_cast", row.law),))
    if counts.in_favour == counts.against and row.more_than == HALF:
        return Standing(Verdict.TIED, needed, ())
    carried = counts.in_favour >= needed
    return Standing(
        Verdict.CARRIED if carried else Verdict.REJECTED,
        needed,
        (_counted("majority_reached" if carried else "majority_missing", counts, row),),
    )


def tie(ballot: Ballot, case: Case, rules: Rules) -> tuple[Verdict, Line]:
    """Return what equal votes mean.

    In a secret ballot nobody knows how the president voted, so that his or her vote
    can't decide; neither can that of a president who did not vote for or against.

    :raises NoRuleInForce: the law says nothing on that day.
    """
    row = only(rules.tie, "tie")
    undecided = Verdict.TIED if row.then is TieRule.ADJOURNED else Verdict.REJECTED
    ground = _ground(row, case)
    if ground is None:
        return undecided, line(f"tie_{row.then}", row.law)
    if isinstance(ballot, SecretBallot):
        return undecided, line(f"tie_secret_{undecided}", row.law)
    choice = ballot.choice_of(case.president)
    found = DECIDED.get(choice, undecided)
    said = choice if choice in DECIDED else f"silent_{undecided}"
    return found, line(f"tie_{ground}_{said}", row.law)


#: What a president's vote decides.
DECIDED: Mapping[Choice | None, Verdict] = {
    Choice.FOR: Verdict.CARRIED,
    Choice.AGAINST: Verdict.REJECTED,
}


def _ground(row: Tie, case: Case) -> str | None:
    """Return on which ground the president decides, None if he or she does not."""
    ties = case.earlier_ties + 1
    grounds = {
        "president": row.then is TieRule.PRESIDENT,
        "urgent": row.president_if_urgent and case.urgent,
        "repeated": row.president_at_tie is not None and ties >= row.president_at_tie,
    }
    return next((ground for ground, holds in grounds.items() if holds), None)


def _unless_against(counts: Counts, row: Majority) -> Standing:
    most = int(row.more_than * counts.cast)
    refused = counts.against > most
    sentence = "refused_by_majority" if refused else "not_refused"
    return Standing(
        Verdict.REJECTED if refused else Verdict.CARRIED,
        counts.cast - most,
        (_counted(sentence, counts, row),),
    )


def _counted(sentence: str, counts: Counts, row: Majority) -> Line:
    needed = more_than(row.more_than, counts.cast)
    return line(
        sentence,
        row.law,
        in_favour=counts.in_favour,
        against=counts.against,
        cast=counts.cast,
        needed=needed,
    )
