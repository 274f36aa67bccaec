"""How a vote must be taken: in secret, by name, or as the president sees fit.

CDLD L1122-27; CGCT L2121-21 and L2122-7. A request for secrecy goes before one for a
vote by name, since more members must make it.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from plonegov.deliberations.domain.ballots import Ballot
from plonegov.deliberations.domain.ballots import SecretBallot
from plonegov.deliberations.domain.errors import BallotMustBeNamed
from plonegov.deliberations.domain.errors import BallotMustBePublic
from plonegov.deliberations.domain.errors import BallotMustBeSecret
from plonegov.deliberations.domain.model import Choice
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.model import Names
from plonegov.deliberations.domain.ruleset import NamedBallot
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.ruleset import Secrecy
from plonegov.deliberations.domain.trace import Line
from plonegov.deliberations.domain.trace import line


@dataclass(frozen=True)
class Requests:
    """How many members asked for a secret ballot and for a vote by name; ``waived``:
    the body decided unanimously to do without secrecy where the law lets it."""

    secret: int = 0
    named: int = 0
    waived: bool = False


@dataclass(frozen=True)
class Requirement:
    """How a vote must be taken, and why; ``mode`` None: by show of hands or by name."""

    mode: Mode | None
    trace: tuple[Line, ...]


def required(
    matter: Matter, present: int, requests: Requests, rules: Rules
) -> Requirement:
    """Return how a vote must be taken.

    :param present: the number of members who take part in the item.
    """
    waived: tuple[Line, ...] = ()
    for row in rules.secrecy:
        if matter in row.matters:
            if not (row.waivable and requests.waived):
                return Requirement(Mode.SECRET, (line("secret_by_law", row.law),))
            waived = (line("secret_waived", row.law),)
    for mode, asked, rows in (
        (Mode.SECRET, requests.secret, rules.secrecy),
        (Mode.NAMED, requests.named, rules.named_ballot),
    ):
        reason = _asked(f"{mode}_asked", asked, present, rows)
        if reason:
            return Requirement(mode, (*waived, reason))
    return Requirement(None, waived)


def check_mode(mode: Mode, requirement: Requirement) -> None:
    """Refuse a ballot that was not taken as it must be.

    :raises BallotMustBeSecret: in public, though the law or enough members want secrecy.
    :raises BallotMustBeNamed: by show of hands, though enough members want names.
    :raises BallotMustBePublic: in secret, without a ground.
    """
    if requirement.mode is Mode.SECRET and mode is not Mode.SECRET:
        raise BallotMustBeSecret()
    if requirement.mode is not Mode.SECRET and mode is Mode.SECRET:
        raise BallotMustBePublic()
    if requirement.mode is Mode.NAMED and mode is not Mode.NAMED:
        raise BallotMustBeNamed()


def names_to_record(ballot: Ballot, rules: Rules) -> Mapping[Choice, tuple[str, ...]]:
    """Return whose names the minutes give, by how they voted; none of a secret ballot.

    CDLD L1122-27 and the councils' rules of procedure: who voted against or abstained.
    CGCT L2121-15: in a vote by name, everybody.
    """
    row = next(iter(rules.named_ballot), None)
    if row is None or isinstance(ballot, SecretBallot):
        return {}
    if not (ballot.named or row.always):
        return {}
    told = Choice if row.names is Names.ALL else (Choice.AGAINST, Choice.ABSTAIN)
    return {choice: ballot.names(choice) for choice in told if ballot.names(choice)}


def _asked(
    sentence: str,
    asked: int,
    present: int,
    rows: Sequence[Secrecy | NamedBallot],
) -> Line | None:
    """Return why a request counts, None if too few members made it."""
    for row in rows:
        if row.asked_by is None:
            continue
        needed = max(1, at_least(row.asked_by, present))
        if asked >= needed:
            return line(sentence, row.law, asked=asked, present=present, needed=needed)
    return None


def at_least(share: Fraction, whole: int) -> int:
    """Return the least whole number that is no less than a share of a whole."""
    return ceil(share * whole)
