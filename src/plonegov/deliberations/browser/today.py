"""``today``: what is to be done with items, and the next meetings; from indexes alone."""

from datetime import date
from plone import api
from plonegov.core.api import town_today
from plonegov.core.municipality.roles import own_services
from plonegov.deliberations import _
from plonegov.deliberations.api import cleaning
from plonegov.deliberations.api import reading
from plonegov.deliberations.api import supervision
from plonegov.deliberations.api import workload
from plonegov.deliberations.api.store import deliberations
from plonegov.deliberations.browser.base import DeskPage
from plonegov.deliberations.browser.base import TODAY
from plonegov.deliberations.browser.items import PARTS
from plonegov.deliberations.domain.supervising import Stage
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


#: The parts that somebody must act on, in the order of an item's life.
TO_DO = (
    "writing",
    "returned",
    "review",
    "second",
    "advise",
    "accept",
    "place",
    "republish",
)

REFUSED = _("today_refused", default="Annex refused for the public: ${title}")


class Today(DeskPage):
    """The first page of a day with deliberations."""

    index = ViewPageTemplateFile("templates/today.pt")
    page_title = TODAY

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        return []

    def today_in_words(self) -> str:
        return self.day(town_today())

    def to_do(self) -> list[dict[str, Any]]:
        """Return the parts that wait for who looks, each with its number and address."""
        who = workload.asker()
        parts = [part for part in workload.parts_of(who) if part in TO_DO]
        found = [
            {
                "title": PARTS[part],
                "count": number,
                "url": f"{self.desk_url}/all-items?scope={part}",
            }
            for part, number in workload.counts(parts, who).items()
        ]
        return found + (
            [*self._supervised(), *self._refused()] if who.secretary else []
        )

    def _supervised(self) -> list[dict[str, Any]]:
        return [
            {
                "title": title,
                "count": supervision.count(stage),
                "url": f"{self.desk_url}/supervision#{stage}",
            }
            for stage, title in (
                (
                    Stage.TO_SEND,
                    _("today_to_send", default="To send to the authority"),
                ),
                (
                    Stage.AWAITING,
                    _("today_waiting", default="Awaiting the authority's answer"),
                ),
            )
        ]

    def _refused(self) -> list[dict[str, Any]]:
        """Return the items with an annex that can't be cleaned for the public."""
        records = deliberations().records
        rows = filter(None, map(records.row, cleaning.refused_items()))
        return [
            {
                "title": Message(REFUSED, mapping={"title": row["title"]}),
                "count": 1,
                "url": f"{self.desk_url}/{row['key']}/item-public",
            }
            for row in rows
        ]

    def meetings(self) -> list[dict[str, Any]]:
        """Return the next meetings that one may read."""
        return [
            {
                "url": f"{self.desk_url}/{row['key']}",
                "body": self.body_titles.get(row["body"], row["body"]),
                "day": self.day(date.fromordinal(row["day"])),
                "place": row["title"],
                "state": self.meeting_state(row["state"]),
            }
            for row in reading.coming()
        ]

    @property
    def may_draft(self) -> bool:
        return bool(own_services("Drafter"))

    @property
    def may_plan(self) -> bool:
        return bool(api.user.has_permission(MANAGE_MEETINGS, obj=self.context))
