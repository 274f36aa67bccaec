"""What belongs to a decision besides its vote: parts of a budget, advice, publication,
control by the state, signatures; with the days until which they are due.

CDLD L1122-26, L1124-40, L1132-3 and -4, L1133-2, L3122-2, L3131-1, L3221-5; CGCT
L2121-15, -23 and -25, L2131-1, L2312-2.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from decimal import Decimal
from plonegov.deliberations.domain.convocation import latest_day
from plonegov.deliberations.domain.convocation import WorkingCalendar
from plonegov.deliberations.domain.errors import PartsNotVoted
from plonegov.deliberations.domain.model import Control
from plonegov.deliberations.domain.model import Document
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Publication
from plonegov.deliberations.domain.ruleset import BudgetRule
from plonegov.deliberations.domain.ruleset import only
from plonegov.deliberations.domain.ruleset import Publicity
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.ruleset import Signature
from plonegov.deliberations.domain.ruleset import Supervision
from plonegov.deliberations.domain.trace import Line
from plonegov.deliberations.domain.trace import line


DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """A day that the law sets, and why; ``day`` None: the law sets no limit."""

    day: date | None
    line: Line


def drafts_online_until(sitting: date, rules: Rules) -> Due | None:
    """Return until when the drafts of public items must be online, None where the law
    does not ask for it."""
    row = _publicity(Publication.DRAFTS, rules)
    if row is None:
        return None
    day = latest_day(sitting, row.clear_days or 0)
    return Due(day, line("drafts_online", row.law, day=day))


def publish_until(what: Publication, decided: date, rules: Rules) -> Due | None:
    """Return until when the list of a sitting or its minutes must be published, None
    where the law does not ask for it.

    :param decided: the day of the sitting, or that on which the minutes were adopted.
    """
    row = _publicity(what, rules)
    if row is None or row.days_after is None:
        return None
    day = decided + DAY * row.days_after
    return Due(day, line(f"{what}_published", row.law, day=day))


def binding_from(posted: date, rules: Rules) -> Due | None:
    """Return from when a regulation binds that says nothing of it itself, None where
    that hangs on more than its publication.

    :param posted: the day of its publication (not counted).
    """
    row = _publicity(Publication.REGULATION, rules)
    if row is None or row.binding_day is None:
        return None
    day = posted + DAY * row.binding_day
    return Due(day, line("regulation_binds", row.law, day=day))


def advice_needed(amount: Decimal, rules: Rules) -> Line | None:
    """Return why the finance director must advise on a decision, None if not.

    :param amount: its financial effect, VAT included, of either sign.
    """
    for row in rules.finance_advice:
        if abs(amount) >= row.threshold:
            return line("advice_needed", row.law, threshold=row.threshold)
    return None


def advice_until(
    received: date,
    rules: Rules,
    calendar: WorkingCalendar,
    *,
    extended: bool = False,
    urgent: bool = False,
) -> Due:
    """Return until when the finance director advises.

    :param received: the day on which the file reached him or her (not counted).
    :param extended: more time was granted on his or her request.
    :raises NoRuleInForce: the law knows no such advice.
    """
    row = only(rules.finance_advice, "finance_advice")
    days = row.urgent_days if urgent else row.working_days
    days += row.extended_days if extended and not urgent else 0
    day = calendar.add(received, days)
    return Due(day, line("advice_due", row.law, day=day, days=days))


def transmit_until(control: Control, decided: date, rules: Rules) -> Due:
    """Return until when an act goes to the state.

    :raises NoRuleInForce: the law knows no such control.
    """
    row = supervision(control, rules)
    if row.days is None:
        return Due(None, line("act_sent", row.law))
    day = decided + DAY * row.days
    return Due(day, line(f"act_sent_for_{control}", row.law, day=day))


def supervision(control: Control, rules: Rules) -> Supervision:
    """Return the rule on a kind of control; ``suspends`` says that an act has no effect
    before it.

    :raises NoRuleInForce: the law knows no such control.
    """
    rows = [row for row in rules.supervision if row.control is control]
    return only(rows, "supervision")


def signature(document: Document, rules: Rules) -> Signature:
    """Return who signs a document, in order.

    :raises NoRuleInForce: the law says nothing of it.
    """
    rows = [row for row in rules.signature if row.document is document]
    return only(rows, "signature")


def budget_rule(matter: Matter, rules: Rules) -> BudgetRule:
    """Return by what a budget's parts are voted separately, and who may ask for it.

    :raises NoRuleInForce: the matter is voted on like any other.
    """
    return only([row for row in rules.budget if matter in row.matters], "budget")


def check_whole(
    asked: Collection[str], voted: Collection[str], matter: Matter, rules: Rules
) -> Line:
    """Return why a budget may be voted on as a whole.

    :param asked: the parts whose separate vote was asked for.
    :param voted: the parts that were voted on separately.
    :raises PartsNotVoted: ``parts`` names those that were not yet, ``missing`` counts
        them.
    :raises NoRuleInForce: the matter is voted on like any other.
    """
    row = budget_rule(matter, rules)
    missing = set(asked) - set(voted)
    if missing:
        raise PartsNotVoted(
            missing=len(missing), part=str(row.part), parts=", ".join(sorted(missing))
        )
    return line("parts_voted", row.law, count=len(set(asked)))


def _publicity(what: Publication, rules: Rules) -> Publicity | None:
    return next((row for row in rules.publicity if row.what is what), None)
