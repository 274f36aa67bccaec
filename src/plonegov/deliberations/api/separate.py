"""Parts of a budget on which a separate vote was asked for.

CDLD, article L1122-26: any member may ask it for articles of the budget and
the accounts; CGCT, article L2312-2: the council decides that it votes by article. The
vote on the whole comes after the votes on these parts.
"""

from plonegov.core.api import now
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.typed.reader import Reader
from plonegov.deliberations.api import cases
from plonegov.deliberations.api import law
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.ballots import check_number
from plonegov.deliberations.domain.ballots import Electorate
from plonegov.deliberations.domain.cases import electorate
from plonegov.deliberations.domain.formalities import budget_rule
from plonegov.deliberations.domain.formalities import check_whole
from plonegov.deliberations.domain.model import Asker
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.refusals import WholeVoted
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.trace import Line


def ask(
    item: Item, part: str, *, member: str = "", in_favour: int = 0, against: int = 0
) -> bool:
    """Note that a separate vote on a part was asked for; return whether it is due.

    :param part: as the budget calls it; a vote on it has it as its ``label``.
    :param member: who asks, where any member may.
    :param in_favour: and ``against``: the votes, where the body decides.
    :raises ActionNotAllowed: for the secretary only.
    :raises MeetingNotSitting: the item's meeting does not sit, or the item is decided.
    :raises WholeVoted: the whole was voted on already.
    :raises InvalidInput: the part has no name, or one that is too long.
    :raises NoRuleInForce: the matter is voted on like any other.
    :raises MemberNotEntitled: who asks takes no part in the item.
    :raises TooManyVotes: there are more votes than members who may vote.
    """
    meeting = cases.sitting_of(item)
    rules = law.rules_of(meeting)
    rule, name = budget_rule(Matter(item.matter), rules), _name(part)
    if any(row["whole"] for row in item.ballots.rows):
        raise WholeVoted()
    voters = electorate(cases.case_of(item, meeting, now()), rules)
    due = _asked(rule.asker, voters, member, in_favour, against)
    if due and name not in asked_of(item):
        row = {"part": name, "member": member, "at": now().isoformat()}
        item.ballots.asked = (*item.ballots.asked, row)
    touch(item, "separate_vote_asked", part=name, carried=due)
    return due


def asked_of(item: Item) -> list[str]:
    """Return the parts whose separate vote was asked for, in the order of asking."""
    return [row["part"] for row in item.ballots.asked]


def missing(item: Item) -> list[str]:
    """Return the parts on which nothing was decided yet."""
    voted = _voted(item)
    return [part for part in asked_of(item) if part not in voted]


def why_whole(item: Item, rules: Rules) -> tuple[Line, ...]:
    """Return why the whole of an item may be voted on; nothing where no part was asked.

    :raises PartsNotVoted: parts come first; ``parts`` names them.
    """
    asked = asked_of(item)
    if not asked:
        return ()
    return (check_whole(asked, _voted(item), Matter(item.matter), rules),)


def _voted(item: Item) -> set[str]:
    """Return the labels of the votes that decided something."""
    rows = item.ballots.rows
    return {row["label"] for row in rows if row["carried"] is not None}


def _asked(
    asker: Asker, voters: Electorate, member: str, in_favour: int, against: int
) -> bool:
    if asker is Asker.MEMBER:
        voters.check(member)
        return True
    check_number(in_favour + against, voters)
    return in_favour > against


def _name(part: str) -> str:
    faults: list[Fault] = []
    name = Reader({"part": part}, ("part",), faults).text("part", required=True)
    if faults:
        raise InvalidInput(faults)
    return name
