"""What is counted in a vote, and who may have voted.

An open ballot says how each member voted. A secret one holds counts only: it has no
place for a name, so that nothing can be stored that the law wants forgotten.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from plonegov.deliberations.domain.errors import MemberNotEntitled
from plonegov.deliberations.domain.errors import MemberVotesTwice
from plonegov.deliberations.domain.errors import TooManyVotes
from plonegov.deliberations.domain.model import Choice
from plonegov.deliberations.domain.model import Mode


@dataclass(frozen=True)
class Counts:
    """How many votes there are of each kind.

    :raises ValueError: there are less than none of one.
    """

    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    blank: int = 0
    void: int = 0

    def __post_init__(self) -> None:
        if min(self.in_favour, self.against, self.abstained, self.blank, self.void) < 0:
            raise ValueError("There are no fewer votes than none.")

    @property
    def cast(self) -> int:
        """The votes for and against; abstentions, blank and void papers are not cast
        (CDLD L1122-26; CGCT L2121-20)."""
        return self.in_favour + self.against

    @property
    def total(self) -> int:
        """All who voted, in whatever way."""
        return self.cast + self.abstained + self.blank + self.void


@dataclass(frozen=True)
class Vote:
    """How a member voted, or whoever holds his or her proxy."""

    member: str
    choice: Choice


@dataclass(frozen=True)
class OpenBallot:
    """A vote by show of hands or, ``named``, by calling each name."""

    votes: tuple[Vote, ...]
    named: bool = False

    @property
    def mode(self) -> Mode:
        """How the vote was taken."""
        return Mode.NAMED if self.named else Mode.SHOW_OF_HANDS

    @property
    def counts(self) -> Counts:
        """How many votes there are of each kind."""
        found = Counter(vote.choice for vote in self.votes)
        return Counts(*(found[choice] for choice in Choice))

    def choice_of(self, member: str) -> Choice | None:
        """Return how a member voted, None if he or she did not."""
        found = (vote.choice for vote in self.votes if vote.member == member)
        return next(found, None)

    def names(self, choice: Choice) -> tuple[str, ...]:
        """Return who voted so, sorted."""
        return tuple(sorted(one.member for one in self.votes if one.choice is choice))


@dataclass(frozen=True)
class SecretBallot:
    """A vote by papers: how many of each kind were counted."""

    counts: Counts

    @property
    def mode(self) -> Mode:
        """How the vote was taken."""
        return Mode.SECRET


Ballot = OpenBallot | SecretBallot


@dataclass(frozen=True)
class Electorate:
    """Who may vote on an item: members who are ``present``, and those whom they
    represent (giver, holder). ``recused`` and ``members`` tell why somebody may not."""

    present: frozenset[str]
    represented: Mapping[str, str] = field(default_factory=dict)
    recused: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()

    @property
    def voters(self) -> frozenset[str]:
        """Those in whose name a vote may be counted."""
        return self.present | set(self.represented)

    @property
    def size(self) -> int:
        """The most votes that there can be."""
        return len(self.voters)

    def check(self, member: str) -> None:
        """Refuse a vote of somebody who has none.

        :raises MemberNotEntitled: ``reason`` is ``recused``, ``absent`` or
            ``no_member``.
        """
        if member in self.voters:
            return
        reason = "absent" if member in self.members else "no_member"
        raise MemberNotEntitled(
            member=member, reason="recused" if member in self.recused else reason
        )


def all_in_favour(
    electorate: Electorate,
    exceptions: Mapping[str, Choice] | None = None,
    *,
    named: bool = False,
) -> OpenBallot:
    """Return an open ballot in which all who may vote are in favour, except some.

    :param exceptions: how others voted, by member.
    :raises MemberNotEntitled: one of them may not vote.
    """
    others = exceptions or {}
    for member in sorted(others):
        electorate.check(member)
    votes = (
        Vote(member, others.get(member, Choice.FOR))
        for member in sorted(electorate.voters)
    )
    return OpenBallot(tuple(votes), named)


def check_ballot(ballot: Ballot, electorate: Electorate) -> None:
    """Refuse a ballot with a vote that nobody may have cast.

    :raises MemberVotesTwice: there are two votes of one member.
    :raises MemberNotEntitled: a member is absent or barred, or is none.
    :raises TooManyVotes: there are more votes than members who may vote and valid
        proxies.
    """
    if isinstance(ballot, OpenBallot):
        seen: set[str] = set()
        for vote in ballot.votes:
            if vote.member in seen:
                raise MemberVotesTwice(member=vote.member)
            electorate.check(vote.member)
            seen.add(vote.member)
    check_number(ballot.counts.total, electorate)


def check_number(votes: int, electorate: Electorate) -> None:
    """Refuse more votes than there can be.

    :raises TooManyVotes: with ``votes`` and ``allowed``.
    """
    if votes > electorate.size:
        raise TooManyVotes(votes=votes, allowed=electorate.size)
