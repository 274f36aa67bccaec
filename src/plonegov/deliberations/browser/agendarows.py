"""The agenda as a page shows it: numbers, sessions, why a row stands where it does.

Everything comes from the meeting's list and from metadata; no item is woken.
"""

from collections.abc import Sequence
from plonegov.core.theme.people import Names
from plonegov.deliberations import _
from plonegov.deliberations.api import agenda as api_agenda
from plonegov.deliberations.api import reading
from plonegov.deliberations.api import store
from plonegov.deliberations.browser.labels import ITEM_STATES
from plonegov.deliberations.browser.labels import PRIVACIES
from plonegov.deliberations.browser.labels import TAGS
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import numbers
from plonegov.deliberations.domain.agenda import Row
from plonegov.deliberations.domain.agenda import Why
from plonegov.deliberations.domain.states import ItemState
from typing import Any


class AgendaRows:
    """The rows of a meeting's agenda, for who looks at them."""

    def __init__(self, meeting: Meeting, page: Any, manages: bool) -> None:
        self.meeting, self.page, self.manages = meeting, page, manages
        self.rows: tuple[Row, ...] = meeting.agenda.rows
        query = {"kind": "item", "meeting": meeting.getId()}
        found = store.rows(query).rows if any(row.is_item for row in self.rows) else []
        self.items = {row["key"]: row for row in reading.readable(meeting, found)}
        self.hidden = len(found) - len(self.items)
        self.numbers = numbers(self.rows)
        self.movable = manages and meeting.state in api_agenda.MOVABLE
        self.names: Names = page.names
        self.base = store.deliberations().absolute_url()

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def sessions(self) -> list[dict[str, Any]]:
        """The rows one after the other, by session; a heading goes with what follows.

        Without a closed session the only part has no title.
        """
        parts: list[dict[str, Any]] = []
        waiting: list[dict[str, Any]] = []
        for place, row in enumerate(self.rows):
            if row.is_item and row.key not in self.items:
                continue
            shown = self.row(place, row)
            waiting.append(shown)
            if not row.is_item:
                continue
            privacy = shown["privacy"]
            if not parts or parts[-1]["id"] != privacy:
                title = PRIVACIES[privacy]
                parts.append({"id": privacy, "title": title, "rows": []})
            parts[-1]["rows"] += waiting
            waiting = []
        if waiting:
            parts = parts or [{"id": "open", "title": "", "rows": []}]
            parts[-1]["rows"] += waiting
        if [part["id"] for part in parts] == ["open"]:
            parts[0]["title"] = ""
        return parts

    def row(self, place: int, row: Row) -> dict[str, Any]:
        """Return what is shown of a row at a place (from 0)."""
        shown = {
            "key": row.key,
            "place": place,
            "first": place == 0,
            "last": place == len(self.rows) - 1,
            "up": place - 1,
            "down": place + 1,
            "heading": row.heading,
            "number": self.numbers.get(row.key, 0),
            "title": row.heading,
        }
        if not row.is_item:
            return shown | {"privacy": "", "why": self._why(row, {})}
        item = self.items[row.key]
        state = item["state"]
        return shown | {
            "title": item["title"] or row.key,
            "url": f"{self.base}/{row.key}",
            "privacy": item["privacy"],
            "late": item["late"],
            "state": ITEM_STATES[state],
            "tag": TAGS.get(state, "neutral"),
            "service": self.page.service_titles.get(item["service"], ""),
            "removable": self.manages and state == ItemState.PRESENTED,
            "why": self._why(row, item),
        }

    def _why(self, row: Row, item: dict[str, Any]) -> list[Any]:
        """Return the sentences that say how a row came to its place."""
        if row.why is Why.HEADING:
            return [self._by(_("why_heading", default="A heading."), row.who)]
        names = {
            "session": self.page.say(PRIVACIES[item["privacy"]]),
            "category": self.page.category_titles.get(item["category"], "–"),
            "service": self.page.service_titles.get(item["service"], "–"),
        }
        facts = _(
            "why_facts",
            default="Session: ${session}. Category: ${category}. Service: ${service}.",
            mapping=names,
        )
        if row.why is Why.HAND:
            hand = _("why_hand", default="It was put here by hand.")
            return [self._by(hand, row.who), self.page.say(facts)]
        order = _(
            "why_order",
            default="It stands where the order of the agenda puts it: by session, then "
            "category, then service.",
        )
        return [self.page.say(order), self.page.say(facts)]

    def _by(self, text: Any, who: str) -> str:
        told = self.page.say(text)
        return f"{told} ({self.names[who]})" if who else told

    def as_text(self, keys: Sequence[str]) -> list[dict[str, Any]]:
        """Return a version of the agenda, given as keys: number, title, whether heading."""
        by_key, number, found = {row.key: row for row in self.rows}, 0, []
        for key in keys:
            row = by_key.get(key)
            heading = bool(row and row.heading)
            number += not heading
            item = self.items.get(key, {})
            title = row.heading if heading else item.get("title") or key
            found.append(
                {
                    "key": key,
                    "number": None if heading else number,
                    "title": title,
                }
            )
        return found


def candidates(meeting: Meeting, page: Any) -> list[dict[str, Any]]:
    """Return the validated items of a meeting's body, those that wish for it first."""
    query = {"kind": "item", "body": meeting.body, "state": str(ItemState.VALIDATED)}
    wished = store.rows({**query, "wish": meeting.getId()}).rows
    first = {row["key"] for row in wished}
    others = [row for row in store.rows(query).rows if row["key"] not in first]
    base = store.deliberations().absolute_url()
    return [
        {
            "key": row["key"],
            "title": row["title"] or row["key"],
            "url": f"{base}/{row['key']}",
            "wished": row["key"] in first,
            "privacy": PRIVACIES[row["privacy"]],
            "closed": row["privacy"] == "closed",
            "category": page.category_titles.get(row["category"], ""),
            "service": page.service_titles.get(row["service"], ""),
        }
        for rows in (wished, others)
        for row in sorted(rows, key=lambda row: row["title"].casefold())
    ]
