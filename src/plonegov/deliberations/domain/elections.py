"""Who is elected: rounds of secret ballots on names.

CDLD L1122-28: absolute majority, then a run-off between twice as many names as seats.
CGCT L2121-21 and L2122-7: two rounds by absolute majority, a third one by plurality.
With equal votes the eldest is elected.
"""

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from plonegov.deliberations.domain.ballots import check_number
from plonegov.deliberations.domain.cases import Case
from plonegov.deliberations.domain.cases import electorate
from plonegov.deliberations.domain.cases import quorum_of
from plonegov.deliberations.domain.errors import CandidateNotListed
from plonegov.deliberations.domain.errors import TooManyVotes
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.quorum import more_than
from plonegov.deliberations.domain.ruleset import ElectionRule
from plonegov.deliberations.domain.ruleset import only
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.trace import Line
from plonegov.deliberations.domain.trace import line


HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Round:
    """What was counted in a round.

    ``number`` begins with 1; ``seats`` are still to be filled. ``candidates`` are those
    who stand, from the eldest to the youngest (lists: by their mean age); ``votes`` by
    candidate. A paper names up to as many as there are seats; ``papers`` are the valid
    ones.
    """

    number: int
    seats: int
    candidates: tuple[str, ...]
    votes: Mapping[str, int]
    papers: int
    blank: int = 0
    void: int = 0

    def __post_init__(self) -> None:
        if min(self.papers, self.blank, self.void, 0, *self.votes.values()) < 0:
            raise ValueError("There are no fewer votes than none.")

    def votes_of(self, candidate: str) -> int:
        """Return how many votes a candidate has."""
        return self.votes.get(candidate, 0)


@dataclass(frozen=True)
class Standings:
    """What came out of a round.

    ``verdict``: ``elected``, ``next_round``, ``rejected`` (seats stay empty) or
    ``no_quorum``. ``run_off``: who may stand in the next round; empty: whoever wants.
    ``needed``: votes for an absolute majority, 0 when plurality is enough.
    """

    verdict: Verdict
    elected: tuple[str, ...]
    seats_left: int
    run_off: tuple[str, ...]
    needed: int
    trace: tuple[Line, ...]


def count(found: Round, case: Case, rules: Rules) -> Standings:
    """Return what comes out of a round.

    :param rules: those of the day of the sitting (``RuleSet.on``).
    :raises CandidateNotListed: somebody has votes who does not stand.
    :raises TooManyVotes: there are more papers than members who may vote and valid
        proxies, or more names than the papers can hold.
    :raises NoRuleInForce: the law says nothing on such an election on that day.
    """
    rule = _rule(case.matter, rules)
    there = quorum_of(case, rules)
    if not there.holds:
        return Standings(Verdict.NO_QUORUM, (), found.seats, (), 0, there.trace)
    check_number(found.papers + found.blank + found.void, electorate(case, rules))
    _check_round(found)
    absolute = found.number <= rule.absolute_rounds
    needed = more_than(HALF, found.papers) if absolute else 0
    ranking = sorted(found.candidates, key=lambda one: -found.votes_of(one))
    able = [one for one in ranking if found.votes_of(one) >= max(needed, 1)]
    elected = able[: found.seats]
    left = found.seats - len(elected)
    others = [one for one in ranking if one not in elected] if absolute and left else []
    places = rule.run_off * left if found.number == rule.absolute_rounds else 0
    trace = (
        *there.trace,
        _counted(found, needed, len(elected), rule),
        *_by_age(able, found.seats, found, rule),
        *_further(others, places, left, rule),
        *_by_age(others, places, found, rule),
    )
    unfinished = Verdict.NEXT_ROUND if absolute else Verdict.REJECTED
    return Standings(
        verdict=unfinished if left else Verdict.ELECTED,
        elected=tuple(elected),
        seats_left=left,
        run_off=tuple(others[:places]),
        needed=needed,
        trace=trace,
    )


def unopposed(
    candidates: Collection[str], seats: int, matter: Matter, rules: Rules
) -> Line | None:
    """Return why as many candidates as seats are appointed at once, None if there must
    be a vote (CGCT L2121-21).

    :raises NoRuleInForce: the law says nothing on such an election on that day.
    """
    rule = _rule(matter, rules)
    if not rule.unopposed or len(set(candidates)) != seats:
        return None
    return line("unopposed", rule.law, seats=seats)


def _rule(matter: Matter, rules: Rules) -> ElectionRule:
    return only([row for row in rules.election if matter in row.matters], "election")


def _check_round(found: Round) -> None:
    strangers = set(found.votes) - set(found.candidates)
    if strangers:
        raise CandidateNotListed(candidate=min(strangers))
    most, named = max(found.votes.values(), default=0), sum(found.votes.values())
    allowed = found.papers * found.seats
    if most > found.papers or named > allowed:
        raise TooManyVotes(votes=named, allowed=allowed)


def _counted(found: Round, needed: int, elected: int, rule: ElectionRule) -> Line:
    return line(
        "round_absolute" if needed else "round_relative",
        rule.law,
        number=found.number,
        papers=found.papers,
        needed=needed,
        elected=elected,
        seats=found.seats,
    )


def _further(
    others: Sequence[str], places: int, left: int, rule: ElectionRule
) -> tuple[Line, ...]:
    """Say what comes next when seats are left after a round by absolute majority."""
    if not others:
        return ()
    sentence = "run_off" if places else "further_round"
    return (line(sentence, rule.law, places=min(places, len(others)), seats=left),)


def _by_age(
    ranking: Sequence[str], places: int, found: Round, rule: ElectionRule
) -> tuple[Line, ...]:
    """Say that age decided, if the last one in has as many votes as the first one out."""
    if not 0 < places < len(ranking):
        return ()
    last, first_out = ranking[places - 1], ranking[places]
    if found.votes_of(last) != found.votes_of(first_out):
        return ()
    return (line("eldest_first", rule.law, votes=found.votes_of(last)),)
