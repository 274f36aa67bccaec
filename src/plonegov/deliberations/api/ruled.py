"""Advices that a rule of law asks for: the finance director's above its threshold."""

from decimal import Decimal
from plonegov.core.api import town_today
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import parts
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.formalities import advice_needed
from plonegov.deliberations.domain.formalities import advice_until
from plonegov.deliberations.domain.rulereading import rule_set


#: The id of the rule, as an advice keeps it.
FINANCE = "finance"


def ask(item: Item) -> None:
    """Ask for the advices that the rules in force today want for an item.

    The finance director's is asked from the service that the town's profile names for
    the body, unless it was asked already; without one nothing can be asked.
    """
    body = bodies.get(item.body)
    if not (item.amount and body.finance_service):
        return
    today = town_today()
    rules = rule_set(body.rules).on(today)
    if advice_needed(Decimal(item.amount), rules) is None:
        return
    if body.finance_service in parts.asked(item):
        return
    due = advice_until(today, rules, law.calendar()).day
    parts.put(item, body.finance_service, by_rule=FINANCE, due=due)
