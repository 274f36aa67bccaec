"""Votes on items: entered by the secretary, their result computed and kept for good."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from plonegov.core.api import now
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.deliberations.api import distance
from plonegov.deliberations.api import law
from plonegov.deliberations.api import separate
from plonegov.deliberations.api.cases import case_of
from plonegov.deliberations.api.cases import sitting_of
from plonegov.deliberations.api.items import change
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.ballots import Ballot
from plonegov.deliberations.domain.ballots import OpenBallot
from plonegov.deliberations.domain.cases import electorate
from plonegov.deliberations.domain.cases import quorum_of
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.outcome import outcome
from plonegov.deliberations.domain.outcome import Result
from plonegov.deliberations.domain.outcome import stored
from plonegov.deliberations.domain.quorum import check_quorum
from plonegov.deliberations.domain.refusals import NotOnAgenda
from plonegov.deliberations.domain.refusals import RoundFollowed
from plonegov.deliberations.domain.refusals import SittingWentOn
from plonegov.deliberations.domain.trace import told
from plonegov.deliberations.domain.urgency import item_urgency
from plonegov.deliberations.domain.voting import Entered
from plonegov.deliberations.domain.voting import read_vote
from typing import Any


#: What a verdict says of the proposal; the others decide nothing yet.
CARRIED = {Verdict.CARRIED: True, Verdict.REJECTED: False}


def hold(item: Item, given: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a vote on an item, with its result and why; return the row.

    :param given: see ``domain.voting.read_vote``.
    :raises ActionNotAllowed: for the secretary only.
    :raises MeetingNotSitting: the item's meeting does not sit, or the item is decided.
    :raises InvalidInput: what was entered can't be read.
    :raises RuleBroken: the vote is not lawful, or parts come first; nothing is kept.
    """
    meeting = sitting_of(item)
    distance.check(meeting, item.matter)
    entered = _read(given)
    moment = now()
    case = case_of(item, meeting, moment, entered.requests, entered.urgent)
    rules = law.rules_of(meeting)
    before = () if entered.label else separate.why_whole(item, rules)
    ballot = entered.ballot(electorate(case, rules))
    check_quorum(quorum_of(case, rules))
    result = outcome(ballot, case, rules)
    result = replace(result, trace=(*before, *result.trace))
    row = row_of(ballot, result, moment, entered.label)
    item.ballots.add(row)
    touch(item, "voted", label=entered.label, verdict=str(result.verdict))
    return row


def row_of(
    ballot: Ballot, result: Result, moment: datetime, label: str = ""
) -> dict[str, Any]:
    """Return a vote with its result and why, as it is kept for good.

    :param label: of a vote on a part; empty: it was on the whole.
    """
    return {
        "at": moment.isoformat(),
        "label": label,
        "whole": not label,
        "mode": str(ballot.mode),
        "votes": _votes(ballot),
        "carried": CARRIED.get(result.verdict),
        "quorum": result.verdict is not Verdict.NO_QUORUM,
        "result": stored(result),
    }


def hold_all(
    items: Iterable[Item], given: Mapping[str, Any], transition: str
) -> list[Item]:
    """Keep the same vote on a run of items and decide them all; none, if one may not.

    :param transition: ``accept`` or ``refuse``.
    :raises PlonegovError: what ``hold`` and the transition raise; the ``field`` of its
        context is the key of the item.
    """
    done = []
    for item in items:
        try:
            hold(item, given)
            change(item, transition)
        except PlonegovError as error:
            error.context.setdefault("field", item.getId())
            raise
        done.append(item)
    return done


def check_seen(item: Item, seen: int) -> None:
    """Refuse to go on with an item that changed since one looked at it.

    :param seen: how many entries the item's log had then.
    :raises SittingWentOn: it has others now.
    """
    if len(item.events) != seen:
        raise SittingWentOn()


def take_back(item: Item, place: int) -> None:
    """Take back a vote that was entered wrongly; the log says that there was one.

    :raises MeetingNotSitting: the item's meeting does not sit, or the item is decided.
    :raises NotOnAgenda: there is no such vote.
    :raises RoundFollowed: it is a round of an election, and not the last one.
    """
    sitting_of(item)
    rows = item.ballots.rows
    if not 0 <= place < len(rows):
        raise NotOnAgenda()
    if "election" in rows[place] and any(
        "election" in row for row in rows[place + 1 :]
    ):
        raise RoundFollowed()
    label = rows[place]["label"]
    item.ballots.remove(place)
    touch(item, "vote_taken_back", label=label)


def declare_urgency(item: Item, in_favour: Collection[str], reason: str) -> bool:
    """Keep the vote on the urgency of an item that came after the agenda was fixed.

    :param in_favour: the members who declare it; the law wants their names.
    :param reason: why it can't wait.
    :raises InvalidInput: no reason is given.
    :raises RuleBroken: the law knows no urgent items, or somebody named is not there.
    """
    meeting = sitting_of(item)
    if not reason.strip():
        raise InvalidInput([Fault("reason", "required")])
    rules = law.rules_of(meeting)
    voters = electorate(case_of(item, meeting, now()), rules)
    found = item_urgency(in_favour, voters, rules)
    item.urgency = {
        "carried": found.finding.holds,
        "names": list(found.names),
        "reason": reason.strip(),
        "trace": told(found.finding.trace),
    }
    touch(item, "urgency_voted", carried=found.finding.holds)
    return found.finding.holds


def _read(given: Mapping[str, Any]) -> Entered:
    faults: list[Fault] = []
    entered = read_vote(given, faults)
    if entered is None:
        raise InvalidInput(faults)
    return entered


def _votes(ballot: Ballot) -> dict[str, str]:
    """Return how each member voted; of a secret ballot nobody knows."""
    if not isinstance(ballot, OpenBallot):
        return {}
    return {vote.member: str(vote.choice) for vote in ballot.votes}
