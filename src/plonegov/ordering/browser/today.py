"""``today``: what must a clerk do, what waits, what is late; from indexes alone."""

from babel.dates import format_date
from plone import api
from plonegov.ordering import _
from plonegov.ordering.api import queue
from plonegov.ordering.api import workload
from plonegov.ordering.browser.base import CitizenPage
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18n import translate


TITLE = _("page_today", default="Today")

#: What the page asks, each with the parts of the queue that answer it.
GROUPS = (
    (
        "do",
        _("today_do", default="To do"),
        {
            "late": _("today_late", default="Mine, promised before today"),
            "due": _("today_due", default="Mine, promised by the next working day"),
            "answered": _("today_answered", default="Answers of citizens"),
            "new": _("today_new", default="New, with nobody yet"),
            "ready": _("today_ready", default="To be posted or handed over"),
        },
    ),
    (
        "wait",
        _("today_wait", default="Waits"),
        {
            "mine": _("today_mine", default="All of mine"),
            "waiting": _("today_waiting", default="For an answer of the citizen"),
            "unconfirmed": _(
                "today_unconfirmed", default="For the citizen to confirm the address"
            ),
        },
    ),
    (
        "late",
        _("today_overdue_heading", default="Late"),
        {
            "headed": _("today_headed", default="In the service that you head"),
            "overdue": _("today_overdue", default="In all your services"),
        },
    ),
)

#: Parts whose orders are late: their number is marked when there is one.
LATE = ("late", "headed", "overdue")


def today_crumb(counter: Any, request: Any) -> dict[str, str]:
    """Return the breadcrumb to the page, on which the clerk's other pages lie."""
    title = translate(TITLE, context=request)
    return {"title": title, "url": f"{counter.absolute_url()}/today"}


class Today(CitizenPage):
    """The first page of a clerk's day."""

    page_title = TITLE
    index = ViewPageTemplateFile("templates/today.pt")

    def __call__(self) -> str:
        self.private()
        self.who = workload.asker(api.user.get_current().getId())
        self.services = queue.own_services()
        return self.index()

    def day_in_words(self) -> str:
        return format_date(self.who.today, "full", locale=self.language())

    def groups(self) -> list[dict[str, Any]]:
        """Return the groups with their numbers; each number leads to its orders."""
        return [
            {"id": name, "title": title, "rows": self.rows(parts)}
            for name, title, parts in GROUPS
        ]

    def rows(self, parts: dict[str, Any]) -> list[dict[str, Any]]:
        shown = [part for part in parts if part != "headed" or self.who.headed]
        found = workload.counts(shown, self.who, self.services)
        return [
            {
                "title": parts[part],
                "count": number,
                "url": f"{self.counter_url}/queue?scope={part}",
                "late": bool(number) and part in LATE,
            }
            for part, number in found.items()
        ]

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        return []
