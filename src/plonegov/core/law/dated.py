"""Law changes: a rule holds from a day and, once it is replaced, until a day."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol
from typing import TypeVar


class Dated(Protocol):
    """What holds from ``valid_from`` to ``valid_until``, both included; None: still."""

    @property
    def valid_from(self) -> date:
        """The first day."""

    @property
    def valid_until(self) -> date | None:
        """The last day, if it is known."""


Rule = TypeVar("Rule", bound=Dated)


def in_force(rules: Iterable[Rule], day: date) -> tuple[Rule, ...]:
    """Return the rules that hold on a day, in their order."""
    return tuple(
        rule
        for rule in rules
        if rule.valid_from <= day
        and (rule.valid_until is None or day <= rule.valid_until)
    )
