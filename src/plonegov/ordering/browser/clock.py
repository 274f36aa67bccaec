"""The clock of an order in words, for its citizen and its clerk."""

from babel.dates import format_date
from functools import cached_property
from plone import api
from plonegov.ordering import _
from plonegov.ordering.api.clock import read
from plonegov.ordering.api.clock import Reading
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.states import STATES
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


#: Longest promise that is drawn as a bar of one part a day.
LONGEST_BAR = 20


class ClockPart:
    """What a page shows of an order's clock (macros of ``templates/clock.pt``).

    The page's order is its ``order``, or else its context.
    """

    clock_parts = ViewPageTemplateFile("templates/clock.pt")

    @cached_property
    def clock(self) -> dict[str, Any] | None:
        """Return the clock's words and parts; None where it says nothing (any more)."""
        order = getattr(self, "order", None) or self.context
        reading = read(order)
        text = _words(order, reading)
        if text is None:
            return None
        return {
            "text": text,
            "late": bool(reading.late) and reading.stopped is None,
            "runs": reading.stopped is None,
            "parts": _parts(reading),
        }


def _words(order: Order, reading: Reading) -> Message | None:
    if STATES[State(order.state)].clock_runs:
        return _running(reading)
    if order.state == State.AWAITING_CITIZEN:
        return _(
            "clock_stopped",
            default="The clock has stood still since ${day}: ${used} of ${promised} "
            "working days are used.",
            mapping={
                "day": _day(reading.stopped),
                "used": reading.used,
                "promised": reading.promised,
            },
        )
    if order.days_used is None:
        return None
    if order.days_used == 1:
        return _("clock_made_in_one", default="Made in 1 working day.")
    mapping = {"days": order.days_used}
    return _("clock_made", default="Made in ${days} working days.", mapping=mapping)


def _running(reading: Reading) -> Message | None:
    if reading.late == 1:
        return _("clock_late_one", default="1 working day late.")
    if reading.late:
        return _(
            "clock_late",
            default="${days} working days late.",
            mapping={"days": reading.late},
        )
    if not reading.promised:
        return None
    if not reading.used:
        return _(
            "clock_begins",
            default="The first working day that counts is ${day}.",
            mapping={"day": _day(reading.begins)},
        )
    return _(
        "clock_day",
        default="Working day ${used} of ${promised}.",
        mapping={"used": reading.used, "promised": reading.promised},
    )


def _day(day: Any) -> str:
    return format_date(day, "full", locale=api.portal.get_current_language())


def _parts(reading: Reading) -> list[str]:
    """Return the class of each day's part of the bar; nothing where it would be long."""
    if not 0 < reading.promised <= LONGEST_BAR:
        return []
    used = min(reading.used, reading.promised)
    return ["pg-done"] * used + [""] * (reading.promised - used)
