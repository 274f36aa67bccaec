"""The law that holds for a body on the day of a meeting."""

from datetime import date
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.municipality.calendar import WorkingDays
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import store
from plonegov.deliberations.content.annex import Annex
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain import convocation
from plonegov.deliberations.domain.convocation import Call
from plonegov.deliberations.domain.convocation import call_until
from plonegov.deliberations.domain.convocation import check_call
from plonegov.deliberations.domain.convocation import needs_call
from plonegov.deliberations.domain.publishing import plain_text
from plonegov.deliberations.domain.rulereading import rule_set
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.trace import Line


def day_of(meeting: Meeting) -> date:
    """Return the day of a meeting in the town's time."""
    return meeting.starts.date()


def rules_of(meeting: Meeting) -> Rules:
    """Return the rules that hold for a meeting: those of its day.

    :raises RuleSetUnknown: the suite has no rule set of the body's.
    """
    return rule_set(bodies.get(meeting.body).rules).on(day_of(meeting))


def check_convocation(meeting: Meeting) -> tuple[Line, ...]:
    """Return why the members of a meeting may be called today.

    A recorded urgency shortens the delay as far as the law lets it, no further.
    The town's own documents name the call and recite the law, so that they are there.

    :raises RuleBroken: named after the broken rule.
    """
    call = Call(
        sent=now().astimezone(meeting.starts.tzinfo).date(),
        sitting=day_of(meeting),
        number=meeting.call,
        urgent=bool(meeting.urgency),
        failed=_failed(meeting),
        fixed_day=meeting.fixed_day,
        names_call=True,
        recites_law=True,
        without_note=_without_note(meeting),
    )
    return check_call(call, rules_of(meeting), calendar())


def convene_until(
    body: Body, day: date, *, number: int = 1, fixed_day: bool = False
) -> date | None:
    """Return the last day to call the members of a body to a meeting without urgency;
    None: the law asks for no delay, since the body meets on that day anyway.

    :raises NoRuleInForce: the law knows no such call on that day.
    """
    rules = rule_set(body.rules).on(day)
    if not needs_call(rules, number=number, fixed_day=fixed_day):
        return None
    return call_until(day, rules, number=number, calendar=calendar())


def earliest_day(body: Body, sent: date) -> date:
    """Return the first day on which a body may sit that is called on a day, without
    urgency.

    :raises NoRuleInForce: the law knows no such call on that day.
    """
    return convocation.earliest_day(sent, rule_set(body.rules).on(sent), calendar())


def calendar() -> WorkingDays:
    """Return the town's working days."""
    town = municipality()
    return WorkingDays(town.country, town.holiday_region or None, town.closing_days)


def _without_note(meeting: Meeting) -> tuple[str, ...]:
    """Return the titles of the items that come with neither text nor annex."""
    items = (store.item(row.key) for row in meeting.agenda.rows if row.is_item)
    return tuple(
        item.title
        for item in items
        if not any(map(plain_text, (item.motivation, item.decision)))
        and not any(isinstance(part, Annex) for part in item.parts.values())
    )


def _failed(meeting: Meeting) -> date | None:
    """Return the day of the sitting that lacked its quorum, if this is called anew."""
    container = meeting.aq_parent
    earlier = container.records.get(meeting.call_of) if meeting.call_of else None
    return earlier.starts.date() if earlier is not None else None
