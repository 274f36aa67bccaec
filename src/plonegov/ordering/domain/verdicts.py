"""Who may order what about whom, by the law in force that day.

The law itself is data: the ``[[entitlement]]`` tables of each catalogue entry, with
their sources. What is not known yet, such as the date of an act, is taken neither for
the person nor against: every rule that may apply is possible, and the strictest of
them is the verdict.
"""

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from plonegov.ordering.domain.model import EntitlementRule
from plonegov.ordering.domain.model import Outcome
from plonegov.ordering.domain.model import Relation


@dataclass(frozen=True)
class Facts:
    """What is known of a request: None or empty is not known.

    ``drawn_up`` is the day of the act, the last possible one where only the year is
    known; ``minor``: the subject is a living minor; ``form`` of the act.
    """

    relation: Relation
    today: date
    drawn_up: date | None = None
    minor: bool | None = None
    form: str = ""


def possible(
    rules: Iterable[EntitlementRule], facts: Facts
) -> tuple[EntitlementRule, ...]:
    """Return the rules that may apply, up to the first that surely does."""
    found = []
    for rule in rules:
        applies = _applies(rule, facts)
        if applies is not False:
            found.append(rule)
        if applies:
            break
    return tuple(found)


def verdict(rules: Iterable[EntitlementRule], facts: Facts) -> EntitlementRule | None:
    """Return the strictest rule that may apply; None: the law names no such relation."""
    return max(possible(rules, facts), key=_severity, default=None)


def needs_acceptance(relation: str, outcome: str) -> bool:
    """Return whether a clerk must accept a proof of the relation before anything leaves.

    Who asks for himself or herself is identified; a document that is open to everybody
    hangs on no link.
    """
    if relation == Relation.SELF:
        return False
    return relation != Relation.OTHER or outcome != Outcome.ALLOWED


def _severity(rule: EntitlementRule) -> int:
    return list(Outcome).index(rule.outcome)


def _old_enough(rule: EntitlementRule, facts: Facts) -> bool | None:
    if not rule.min_age:
        return True
    if facts.drawn_up is None:
        return None
    start, today = facts.drawn_up, facts.today
    month, day = (12, 31) if rule.from_year_end else (start.month, start.day)
    return (start.year + rule.min_age, month, day) < (
        today.year,
        today.month,
        today.day,
    )


def _recent_enough(rule: EntitlementRule, facts: Facts) -> bool | None:
    if rule.acts_from is None:
        return True
    return None if facts.drawn_up is None else facts.drawn_up >= rule.acts_from


def _right_form(rule: EntitlementRule, facts: Facts) -> bool | None:
    if not rule.forms:
        return True
    return facts.form in rule.forms if facts.form else None


def _right_age(rule: EntitlementRule, facts: Facts) -> bool | None:
    if rule.minor is None:
        return True
    return None if facts.minor is None else facts.minor == rule.minor


#: What each rule asks: yes, no, or not known.
CONDITIONS: tuple[Callable[[EntitlementRule, Facts], bool | None], ...] = (
    lambda rule, facts: facts.relation in rule.relations,
    _right_form,
    _right_age,
    _old_enough,
    _recent_enough,
)


def _applies(rule: EntitlementRule, facts: Facts) -> bool | None:
    answers = [condition(rule, facts) for condition in CONDITIONS]
    if False in answers:
        return False
    return None if None in answers else True
