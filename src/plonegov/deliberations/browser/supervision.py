"""``supervision``: the decisions to be sent to the authority, and those that wait there.

Both lists come from metadata alone; no item is woken.
"""

from datetime import date
from plonegov.core.api import town_today
from plonegov.deliberations import _
from plonegov.deliberations.api import store
from plonegov.deliberations.api import supervision
from plonegov.deliberations.browser.base import DeskPage
from plonegov.deliberations.domain.supervising import Stage
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


TITLE = _("supervision_title", default="Supervision")

#: The lists, each with its heading, its column of days, and what an empty one says.
LISTS: tuple[tuple[Stage, Message, Message, Message], ...] = (
    (
        Stage.TO_SEND,
        _("supervision_to_send", default="To send"),
        _("supervision_send_by", default="To send by"),
        _(
            "supervision_none_to_send",
            default="Nothing is to be sent. A decision comes here when its page says that "
            "it is supervised.",
        ),
    ),
    (
        Stage.AWAITING,
        _("supervision_awaiting", default="Awaiting an answer"),
        _("supervision_due", default="Answer due by"),
        _("supervision_none_awaiting", default="No answer is awaited."),
    ),
)


class SupervisionList(DeskPage):
    """What the secretary must send, and whose answer is awaited."""

    page_title = TITLE
    index = ViewPageTemplateFile("templates/supervision.pt")

    def lists(self) -> list[dict[str, Any]]:
        """Return both lists, what is due first on top."""
        years = self._years()
        return [
            {
                "id": str(stage),
                "title": title,
                "column": column,
                "empty": empty,
                "rows": [
                    self._row(row, years)
                    for row in sorted(supervision.at(stage), key=_urgent_first)
                ],
            }
            for stage, title, column, empty in LISTS
        ]

    def _years(self) -> dict[str, date]:
        """Return the days of all meetings, by key."""
        return {
            row["key"]: date.fromordinal(row["day"])
            for row in store.rows({"kind": "meeting"}).rows
        }

    def _row(self, row: dict[str, Any], days: dict[str, date]) -> dict[str, Any]:
        due = date.fromordinal(row["due"]) if row["due"] else None
        decided = days.get(row["meeting"])
        return {
            "title": row["title"],
            "url": f"{self.desk_url}/{row['key']}/item-supervision",
            "body": self.body_titles.get(row["body"], row["body"]),
            "number": f"{decided.year}/{row['registered']}" if decided else "",
            "decided": self.day(decided) if decided else "",
            "due": self.day(due) if due else "",
            "late": due is not None and due < town_today(),
        }


def _urgent_first(row: dict[str, Any]) -> tuple[bool, int]:
    return (not row["due"], row["due"])
