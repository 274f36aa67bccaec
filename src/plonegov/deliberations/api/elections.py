"""Elections of candidates: rounds entered by the secretary, counted by the law."""

from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import replace
from plonegov.core.api import now
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.deliberations.api import cases
from plonegov.deliberations.api import distance
from plonegov.deliberations.api import law
from plonegov.deliberations.api import store
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.ballots import Counts
from plonegov.deliberations.domain.cases import Case
from plonegov.deliberations.domain.cases import electorate
from plonegov.deliberations.domain.cases import quorum_of
from plonegov.deliberations.domain.electing import EnteredRound
from plonegov.deliberations.domain.electing import read_round
from plonegov.deliberations.domain.electing import round_of
from plonegov.deliberations.domain.electing import round_row
from plonegov.deliberations.domain.electing import Standing
from plonegov.deliberations.domain.electing import standing
from plonegov.deliberations.domain.elections import count
from plonegov.deliberations.domain.elections import Round
from plonegov.deliberations.domain.elections import Standings
from plonegov.deliberations.domain.elections import unopposed
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.modes import check_mode
from plonegov.deliberations.domain.modes import Requests
from plonegov.deliberations.domain.modes import required
from plonegov.deliberations.domain.quorum import check_quorum
from plonegov.deliberations.domain.refusals import ElectionOver
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.trace import Finding
from plonegov.deliberations.domain.trace import told
from typing import Any


def hold(item: Item, given: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a round of an election on an item, with its result and why; return the row.

    A row is one of ``api.votes`` with ``election``: see ``domain.electing.round_row``.
    Where the law wants no vote on as many candidates as seats, they are elected at once.

    :param given: see ``domain.electing.read_round``.
    :raises ActionNotAllowed: for the secretary only.
    :raises MeetingNotSitting: the item's meeting does not sit, or the item is decided.
    :raises ElectionOver: there is no further round.
    :raises InvalidInput: what was entered can't be read.
    :raises NoRuleInForce: nobody is elected on this matter.
    :raises RuleBroken: the round is not lawful; nothing is kept.
    """
    meeting, moment, before = cases.sitting_of(item), now(), standing_of(item)
    distance.check(meeting, item.matter)
    if before.over:
        raise ElectionOver()
    entered, held = _read(given, before)
    rules = law.rules_of(meeting)
    requests = Requests(waived=entered.waived)
    case = cases.case_of(item, meeting, moment, requests)
    there = quorum_of(case, rules)
    check_quorum(there)
    found, alone = _count(held, entered, case, rules, there)
    row = {
        "at": moment.isoformat(),
        "label": "",
        "whole": True,
        "mode": str(entered.mode),
        "votes": {},
        "carried": _carried(before, found),
        "quorum": True,
        "election": round_row(held, found, unopposed=alone),
        "result": _result(held, found, rules),
    }
    item.ballots.add(row)
    touch(item, "round_held", number=held.number, verdict=str(found.verdict))
    return row


def applies(item: Item) -> bool:
    """Say whether people are elected on an item, by the rules of its meeting's day."""
    if not item.meeting:
        return False
    rules = law.rules_of(store.meeting(item.meeting))
    return any(item.matter in row.matters for row in rules.election)


def waivable(item: Item) -> bool:
    """Say whether a unanimous body may elect in public on an item."""
    rows = law.rules_of(store.meeting(item.meeting)).secrecy
    return any(row.waivable and item.matter in row.matters for row in rows)


def rounds(item: Item) -> list[dict[str, Any]]:
    """Return the rounds that were held, as ``domain.electing.round_row``."""
    return [row["election"] for row in item.ballots.rows if "election" in row]


def standing_of(item: Item) -> Standing:
    """Return where the election on an item stands."""
    return standing(rounds(item))


def is_open(item: Item) -> bool:
    """Say whether an election on an item has a further round to come."""
    return standing_of(item).open


def elected(item: Item) -> tuple[str, ...]:
    """Return who is elected so far, in the order of the rounds."""
    return standing_of(item).elected


def _read(given: Mapping[str, Any], before: Standing) -> tuple[EnteredRound, Round]:
    faults: list[Fault] = []
    entered = read_round(given, faults)
    held = round_of(entered, before, faults) if entered is not None else None
    if entered is None or held is None:
        raise InvalidInput(faults)
    return entered, held


def _count(
    held: Round, entered: EnteredRound, case: Case, rules: Rules, there: Finding
) -> tuple[Standings, bool]:
    """Return what comes out of a round, and whether it needed no vote.

    :param there: says that there is a quorum.
    """
    alone = unopposed(held.candidates, held.seats, case.matter, rules)
    if alone is not None and held.number == 1:
        trace = (*there.trace, alone)
        return Standings(Verdict.ELECTED, held.candidates, 0, (), 0, trace), True
    requirement = required(
        case.matter, len(electorate(case, rules).present), case.requests, rules
    )
    check_mode(entered.mode, requirement)
    found = count(held, case, rules)
    trace = (*requirement.trace, *found.trace)
    return replace(found, trace=trace), False


def _carried(before: Standing, found: Standings) -> bool | None:
    """Say whether somebody is elected; None while there is a further round."""
    if found.verdict is Verdict.NEXT_ROUND:
        return None
    return bool(before.elected or found.elected)


def _result(held: Round, found: Standings, rules: Rules) -> dict[str, Any]:
    """Return a result with the keys of ``domain.outcome.stored``."""
    counts = Counts(blank=held.blank, void=held.void)
    return {
        "verdict": str(found.verdict),
        "counts": asdict(counts),
        "base": held.papers,
        "needed": found.needed,
        "rules": rules.set_id,
        "day": rules.day and rules.day.isoformat(),
        "trace": told(found.trace),
    }
