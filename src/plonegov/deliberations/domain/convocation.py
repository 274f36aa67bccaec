"""How long before a sitting its members are called, and a councillor adds an item.

CDLD L1122-13, -17 and -24, L1123-21; CGCT L2121-10 to -12 and -17. A clear day is one
that lies between: neither the day of the call nor that of the sitting counts.
"""

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from plonegov.deliberations.domain.errors import CallTooEarly
from plonegov.deliberations.domain.errors import ConvocationIncomplete
from plonegov.deliberations.domain.errors import ConvocationTooLate
from plonegov.deliberations.domain.errors import LateItemNotAllowed
from plonegov.deliberations.domain.errors import LateItemTooLate
from plonegov.deliberations.domain.errors import NotesMissing
from plonegov.deliberations.domain.ruleset import Convocation
from plonegov.deliberations.domain.ruleset import only
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.trace import Line
from plonegov.deliberations.domain.trace import line
from typing import Protocol


DAY = timedelta(days=1)


class WorkingCalendar(Protocol):
    """The town's working days (``core.municipality.calendar.WorkingDays``)."""

    def add(self, day: date, count: int) -> date:
        """Return the day that is ``count`` working days after ``day``."""

    def between(self, first: date, last: date) -> int:
        """Return how many working days come after ``first``, up to and with ``last``."""


@dataclass(frozen=True)
class Call:
    """A call to a sitting.

    ``sent`` is the day on which it reaches the members at home or electronically.
    ``number`` is 1, or 2 and 3 for a sitting after one that lacked its quorum on the day
    ``failed``. ``fixed_day``: the body meets on that day anyway. The last three say what
    stands in it, which call it is and the text of the law, and the titles of the items
    that come without a note or draft.
    """

    sent: date
    sitting: date
    number: int = 1
    urgent: bool = False
    failed: date | None = None
    fixed_day: bool = False
    names_call: bool = False
    recites_law: bool = False
    without_note: tuple[str, ...] = ()


def clear_days(first: date, last: date, calendar: WorkingCalendar | None = None) -> int:
    """Return how many days lie between two days; none when they touch.

    :param calendar: to count working days only.
    """
    if last <= first:
        return 0
    return calendar.between(first, last - DAY) if calendar else (last - first).days - 1


def latest_day(
    sitting: date, count: int, calendar: WorkingCalendar | None = None
) -> date:
    """Return the last day with so many clear days before a sitting.

    :param calendar: to count working days only.
    """
    day = sitting - DAY * (count + 1)
    while clear_days(day, sitting, calendar) < count:
        day -= DAY
    return day


def check_call(
    call: Call, rules: Rules, calendar: WorkingCalendar | None = None
) -> tuple[Line, ...]:
    """Return why a call is in time.

    :param calendar: for rules that count working days.
    :raises CallTooEarly: a further call precedes the sitting that lacked its quorum.
    :raises ConvocationIncomplete: ``missing`` is ``failed`` (no such sitting is known),
        ``names_call`` or ``recites_law``.
    :raises NotesMissing: the law wants a note or draft with each of the ``items``.
    :raises ConvocationTooLate: with ``given`` and ``needed`` clear days, and the
        ``latest`` day.
    :raises NoRuleInForce: the law knows no such call on that day.
    """
    rows = [row for row in rules.convocation if row.call == call.number]
    rule = only(rows, "convocation")
    _check_content(call, rule)
    if rule.fixed_days and call.fixed_day:
        return (line("fixed_day", rule.law),)
    used = calendar if rule.working else None
    urgent = call.urgent and rule.urgent_days is not None
    needed = rule.urgent_days if urgent else rule.clear_days
    given = clear_days(call.sent, call.sitting, used)
    if call.sent > call.sitting or given < needed:
        latest = latest_day(call.sitting, needed, used)
        raise ConvocationTooLate(given=given, needed=needed, latest=latest.isoformat())
    sentence = "called_urgently" if urgent else "called_in_time"
    return (line(sentence, rule.law, given=given, needed=needed, number=call.number),)


def call_until(
    sitting: date,
    rules: Rules,
    *,
    number: int = 1,
    calendar: WorkingCalendar | None = None,
) -> date:
    """Return the last day for a call that is not urgent.

    :raises NoRuleInForce: the law knows no such call on that day.
    """
    rule = only([row for row in rules.convocation if row.call == number], "convocation")
    return latest_day(sitting, rule.clear_days, calendar if rule.working else None)


def needs_call(rules: Rules, *, number: int = 1, fixed_day: bool = False) -> bool:
    """Say whether the law asks for a call so many days before: not where a body meets
    on its fixed days (CDLD L1123-21).

    :raises NoRuleInForce: the law knows no such call on that day.
    """
    rule = only([row for row in rules.convocation if row.call == number], "convocation")
    return not (rule.fixed_days and fixed_day)


def earliest_day(
    sent: date, rules: Rules, calendar: WorkingCalendar | None = None
) -> date:
    """Return the first day on which a body may sit that is called on a day, without
    urgency.

    :raises NoRuleInForce: the law knows no such call on that day.
    """
    day = sent + DAY
    while call_until(day, rules, calendar=calendar) < sent:
        day += DAY
    return day


def late_item_until(sitting: date, rules: Rules) -> date:
    """Return the last day on which a councillor may add an item to the agenda.

    :raises NoRuleInForce: the law gives councillors no such right.
    """
    return latest_day(sitting, only(rules.late_item, "late_item").clear_days)


def check_late_item(
    received: date, sitting: date, rules: Rules, *, note: bool, college_member: bool
) -> tuple[Line, ...]:
    """Return why a councillor may add an item to the agenda.

    :param note: it comes with a note or a document that explains it.
    :raises LateItemNotAllowed: ``reason`` is ``college_member`` or ``note``.
    :raises LateItemTooLate: with the ``latest`` day.
    :raises NoRuleInForce: the law gives councillors no such right.
    """
    rule = only(rules.late_item, "late_item")
    if college_member and not rule.college_members:
        raise LateItemNotAllowed(reason="college_member")
    if rule.note and not note:
        raise LateItemNotAllowed(reason="note")
    latest = late_item_until(sitting, rules)
    if received > latest:
        raise LateItemTooLate(latest=latest.isoformat())
    given = clear_days(received, sitting)
    return (line("item_in_time", rule.law, given=given, needed=rule.clear_days),)


def _check_content(call: Call, rule: Convocation) -> None:
    further = call.number > 1
    missing = {
        "failed": further and call.failed is None,
        "names_call": rule.names_call and not call.names_call,
        "recites_law": rule.recites_law and not call.recites_law,
    }
    for name, is_missing in missing.items():
        if is_missing:
            raise ConvocationIncomplete(missing=name)
    if rule.notes and call.without_note:
        raise NotesMissing(items=", ".join(call.without_note))
    if call.failed is not None and further and call.sent < call.failed:
        raise CallTooEarly(failed=call.failed.isoformat())
