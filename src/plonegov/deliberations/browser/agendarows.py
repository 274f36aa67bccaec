"""The agenda as a page shows it: numbers, sessions, why a row stands where it does.

Everything comes from the meeting's list and from metadata; no item is woken.
"""

from collections.abc import Sequence
from plonegov.core.theme.people import Names
from plonegov.deliberations import _
from plonegov.deliberations.api import agenda as api_agenda
from plonegov.deliberations.api import reading
from plonegov.deliberations.api import store
from plonegov.deliberations.browser.agendahtml import RowWriter
from plonegov.deliberations.browser.labels import ITEM_STATES
from plonegov.deliberations.browser.labels import PRIVACIES
from plonegov.deliberations.browser.labels import TAGS
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import numbers
from plonegov.deliberations.domain.agenda import Row
from plonegov.deliberations.domain.agenda import Why
from plonegov.deliberations.domain.states import ItemState
from typing import Any
from zope.i18nmessageid import Message


#: Why a row stands where it does.
HEADING = _("why_heading", default="A heading.")
HAND = _("why_hand", default="It was put here by hand.")
ORDER = _(
    "why_order",
    default="It stands where the order of the agenda puts it: by session, then category, "
    "then service.",
)
AFTER = _("why_after_cut_off", default="It came after the time until which items come.")
FACTS = _(
    "why_facts",
    default="Session: ${session}. Category: ${category}. Service: ${service}.",
)


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
        self.after = api_agenda.after_cut_off(meeting)
        self._words: dict[str, str] = {}
        self._told: dict[tuple[str, str, str], str] = {}

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def sessions(self) -> list[dict[str, Any]]:
        """The rows one after the other, by session; a heading goes with what follows,
        and is not shown to who does not read that.

        Without a closed session the only part has no title.
        """
        parts: list[dict[str, Any]] = []
        waiting: list[dict[str, Any]] = []
        for place, row in enumerate(self.rows):
            if row.is_item and row.key not in self.items:
                waiting = []
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
        if waiting and not self.hidden:
            parts = parts or [{"id": "open", "title": "", "rows": []}]
            parts[-1]["rows"] += waiting
        if [part["id"] for part in parts] == ["open"]:
            parts[0]["title"] = ""
        return parts

    def html(self, rows: Sequence[dict[str, Any]]) -> str:
        """Return rows of a session as HTML, with their forms where they may be moved."""
        page = self.page
        action, serial = f"{page.base}/agenda-action", self.meeting.agenda.serial
        writer = RowWriter(page.say, action, page.token, serial)
        return "".join(writer.write(row, self.movable) for row in rows)

    def row(self, place: int, row: Row) -> dict[str, Any]:
        """Return what is shown of a row at a place (from 0)."""
        shown = {
            "key": row.key,
            "place": place,
            "first": place == 0,
            "last": place == len(self.rows) - 1,
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
            "state": self._said(ITEM_STATES[state]),
            "tag": TAGS.get(state, "neutral"),
            "service": self.page.service_titles.get(item["service"], ""),
            "removable": self.manages and state == ItemState.PRESENTED,
            "why": self._why(row, item),
        }

    def _why(self, row: Row, item: dict[str, Any]) -> list[str]:
        """Return the sentences that say how a row came to its place."""
        who = f" ({self.names[row.who]})" if row.who else ""
        if row.why is Why.HEADING:
            return [f"{self._said(HEADING)}{who}"]
        facts = self._facts(item["privacy"], item["category"], item["service"])
        put = f"{self._said(HAND)}{who}" if row.why is Why.HAND else self._said(ORDER)
        after = [self._said(AFTER)] if row.key in self.after else []
        return [put, facts, *after]

    def _facts(self, privacy: str, category: str, service: str) -> str:
        """Return what decides on the place of an item, in words."""
        key = (privacy, category, service)
        if key not in self._told:
            names = {
                "session": self._said(PRIVACIES[privacy]),
                "category": self.page.category_titles.get(category, "–"),
                "service": self.page.service_titles.get(service, "–"),
            }
            self._told[key] = self.page.say(Message(FACTS, mapping=names))
        return self._told[key]

    def _said(self, text: Message) -> str:
        """Return a text in the page's language, translated once."""
        if text not in self._words:
            self._words[text] = self.page.say(text)
        return self._words[text]

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
