"""What is decided although it is not on the agenda, or was called for too late.

CDLD L1122-24: at least two thirds of those present declare the urgency of an item, and
their names go into the minutes. CGCT L2121-11 and -12: the council decides whether a
call was urgent when the sitting opens; what is not on the agenda waits.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from plonegov.deliberations.domain.ballots import Electorate
from plonegov.deliberations.domain.errors import ItemNotListed
from plonegov.deliberations.domain.model import UrgencyOf
from plonegov.deliberations.domain.modes import at_least
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.ruleset import Urgency
from plonegov.deliberations.domain.trace import Finding
from plonegov.deliberations.domain.trace import Line
from plonegov.deliberations.domain.trace import line


class Judged(StrEnum):
    """What a body finds of the urgency of its call; of what was not urgent it puts off
    what it wants to."""

    URGENT = "urgent"
    NOT_URGENT = "not_urgent"


@dataclass(frozen=True)
class Urgent:
    """Whether an unlisted item may be discussed, and whose names the minutes give."""

    finding: Finding
    names: tuple[str, ...]


def item_urgency(
    in_favour: Collection[str], voters: Electorate, rules: Rules
) -> Urgent:
    """Return whether the urgency of an item that is not on the agenda is declared.

    Only who is present declares it, nobody by proxy.

    :raises MemberNotEntitled: somebody in favour is not there.
    :raises ItemNotListed: the law knows no urgent items.
    """
    row = _row(UrgencyOf.ITEM, rules)
    if row is None:
        raise ItemNotListed()
    present = Electorate(voters.present, {}, voters.recused, voters.members)
    for member in sorted(in_favour):
        present.check(member)
    if row.at_least is None:
        return Urgent(Finding(True, 0, 0, (line("item_free", row.law),)), ())
    count = len(set(in_favour))
    needed = max(1, at_least(row.at_least, present.size))
    holds = count >= needed
    said = line(
        "urgency_declared" if holds else "urgency_refused",
        row.law,
        in_favour=count,
        present=present.size,
        needed=needed,
        share=row.at_least,
    )
    names = tuple(sorted(set(in_favour))) if row.named else ()
    return Urgent(Finding(holds, count, needed, (said,)), names)


def call_urgency(rules: Rules) -> Line | None:
    """Return why the body itself decides, when the sitting opens, whether a call was
    urgent; None where the law leaves it to who calls."""
    row = _row(UrgencyOf.CALL, rules)
    return line("call_judged", row.law) if row else None


def _row(of: UrgencyOf, rules: Rules) -> Urgency | None:
    return next((row for row in rules.urgency if row.of is of), None)
