"""Who may vote on an item now, how, and whether it may be decided: for who enters it."""

from dataclasses import dataclass
from plonegov.core.api import now
from plonegov.deliberations.api import law
from plonegov.deliberations.api import store
from plonegov.deliberations.api.cases import case_of
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.ballots import Electorate
from plonegov.deliberations.domain.cases import Case
from plonegov.deliberations.domain.cases import electorate
from plonegov.deliberations.domain.cases import quorum_of
from plonegov.deliberations.domain.modes import Requests
from plonegov.deliberations.domain.modes import required
from plonegov.deliberations.domain.modes import Requirement
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.trace import Finding


@dataclass(frozen=True)
class Room:
    """How things stand with an item at a moment of the sitting.

    ``voters`` may vote; ``quorum`` says whether it may be decided; ``wanted`` how the law
    wants the vote taken before any member asks for something else.
    """

    case: Case
    voters: Electorate
    quorum: Finding
    wanted: Requirement
    rules: Rules

    @property
    def waivable(self) -> bool:
        """Whether a unanimous body may do without the secrecy that the law wants."""
        return any(
            row.waivable and self.case.matter in row.matters
            for row in self.rules.secrecy
        )

    @property
    def urgency_counts(self) -> bool:
        """Whether the president's vote decides a tie in an urgent matter."""
        return any(row.president_if_urgent for row in self.rules.tie)


def room_of(item: Item) -> Room:
    """Return how things stand with an item now.

    :raises RecordNotFound: it stands on no agenda.
    :raises NoRuleInForce: the law of the body says nothing on that day.
    """
    meeting = store.meeting(item.meeting)
    rules = law.rules_of(meeting)
    case = case_of(item, meeting, now())
    voters = electorate(case, rules)
    wanted = required(case.matter, len(voters.present), Requests(), rules)
    return Room(case, voters, quorum_of(case, rules), wanted, rules)
