"""How the rules of a transition are written down: conditions on facts, needed texts."""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from plonegov.deliberations.domain.refusals import ReasonMissing
from plonegov.deliberations.domain.refusals import StepRefused
from plonegov.deliberations.domain.refusals import TextTooLong
from typing import Any


#: Longest reason, in characters.
TEXT_LIMIT = 5000


@dataclass(frozen=True)
class Condition:
    """A condition on the facts, and the error without it.

    ``context`` gives the values that the error's message shows.
    """

    holds: Callable[[Any], bool]
    error: type[StepRefused]
    context: Callable[[Any], Mapping[str, Any]] = lambda facts: {}


def check(conditions: Sequence[Condition], facts: Any) -> None:
    """Refuse facts that a condition does not hold for.

    :raises StepRefused: named after the first such condition.
    """
    for condition in conditions:
        if not condition.holds(facts):
            raise condition.error(**condition.context(facts))


def check_reason(data: Mapping[str, Any], needed: bool) -> None:
    """Refuse a reason that is missing where it is needed, or too long.

    :param data: the keyword arguments of a transition; ``reason`` is a text.
    :raises ReasonMissing: it is needed, and empty or no text.
    :raises TextTooLong: it has more than ``TEXT_LIMIT`` characters.
    """
    reason = data.get("reason", "")
    if needed and not (isinstance(reason, str) and reason.strip()):
        raise ReasonMissing()
    if len(str(reason)) > TEXT_LIMIT:
        raise TextTooLong(limit=TEXT_LIMIT)
