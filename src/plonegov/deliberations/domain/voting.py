"""What a clerk enters of a vote, read into a ballot."""

from collections.abc import Mapping
from dataclasses import dataclass
from plonegov.core.errors import Fault
from plonegov.core.typed.reader import Reader
from plonegov.core.typed.text import clean_line
from plonegov.deliberations.domain.ballots import all_in_favour
from plonegov.deliberations.domain.ballots import Ballot
from plonegov.deliberations.domain.ballots import Counts
from plonegov.deliberations.domain.ballots import Electorate
from plonegov.deliberations.domain.ballots import SecretBallot
from plonegov.deliberations.domain.model import Choice
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.modes import Requests
from typing import Any


COUNTS = ("in_favour", "against", "abstained", "blank", "void")
KEYS = (
    "mode",
    "exceptions",
    "counts",
    "label",
    "secret_asked",
    "named_asked",
    "waived",
    "urgent",
)
#: More papers than any body has members.
MOST = 1000


@dataclass(frozen=True)
class Entered:
    """A vote as it was entered.

    ``exceptions`` are the members who did not vote in favour of an open vote, ``counts``
    the papers of a secret one, which knows no member. ``label``: of a vote on a part
    (empty: on the whole).
    """

    mode: Mode
    exceptions: Mapping[str, Choice]
    counts: Counts
    label: str
    requests: Requests
    urgent: bool

    def ballot(self, electorate: Electorate) -> Ballot:
        """Return the ballot.

        :raises MemberNotEntitled: who is named may not vote.
        """
        if self.mode is Mode.SECRET:
            return SecretBallot(self.counts)
        named = self.mode is Mode.NAMED
        return all_in_favour(electorate, self.exceptions, named=named)


def read_vote(given: Mapping[str, Any], faults: list[Fault]) -> Entered | None:
    """Return a vote as it was entered; None when something is wrong with it.

    :param given: ``mode``; ``exceptions`` (member to choice) of an open vote, or
        ``counts`` of a secret one; ``label`` of a vote on a part; ``secret_asked`` and
        ``named_asked`` (how many asked), ``waived``, ``urgent``.
    :param faults: gets what is wrong.
    """
    before = len(faults)
    reader = Reader(given, KEYS, faults)
    mode = reader.choice("mode", Mode)
    exceptions = _exceptions(reader)
    counts = _counts(reader)
    if mode is Mode.SECRET and exceptions:
        reader.fault("exceptions", "secret_names_nobody")
    requests = Requests(
        secret=reader.whole("secret_asked", 0) or 0,
        named=reader.whole("named_asked", 0) or 0,
        waived=reader.flag("waived"),
    )
    label, urgent = reader.text("label", clean_line), reader.flag("urgent")
    if len(faults) > before or mode is None:
        return None
    return Entered(Mode(mode), exceptions, counts, label, requests, urgent)


def _exceptions(reader: Reader) -> dict[str, Choice]:
    """Return who voted otherwise; papers are of a secret vote only."""
    found, open_choices = {}, (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)
    given = reader.data.get("exceptions") or {}
    if not isinstance(given, Mapping):
        reader.fault("exceptions", "object_expected")
        return {}
    for member, choice in given.items():
        if choice not in open_choices:
            reader.fault(
                "exceptions", "unknown_choice", allowed=", ".join(open_choices)
            )
        else:
            found[str(member)] = Choice(choice)
    return found


def _counts(reader: Reader) -> Counts:
    inner = reader.inner("counts", COUNTS)
    numbers = []
    for name in COUNTS:
        number = inner.whole(name, 0) or 0
        if not 0 <= number <= MOST:
            inner.fault(name, "number_too_large", most=MOST)
            number = 0
        numbers.append(number)
    return Counts(*numbers)
