"""What is known of an item, as its page shows it: facts, links, votes."""

from babel.numbers import format_currency
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from plonegov.core.api import municipality
from plonegov.deliberations import _
from plonegov.deliberations.api import store
from plonegov.deliberations.api.sending import made_by
from plonegov.deliberations.api.sending import POSTPONED
from plonegov.deliberations.api.sending import REPLACED
from plonegov.deliberations.api.sending import SENT
from plonegov.deliberations.browser.base import DeskPage
from plonegov.deliberations.browser.labels import COUNTS
from plonegov.deliberations.browser.labels import ITEM_STATES
from plonegov.deliberations.browser.labels import MATTERS
from plonegov.deliberations.browser.labels import PRIVACIES
from plonegov.deliberations.browser.labels import VERDICTS
from plonegov.deliberations.content.item import Item
from typing import Any
from zope.i18nmessageid import Message


#: What an item is that this one was made from, and those made from it, by why they were.
_FROM, _INTO = (
    _("item_origin", default="Comes from"),
    _("item_copies", default="Went on as"),
)
ORIGINS: dict[str, Message] = {
    SENT: _FROM,
    POSTPONED: _FROM,
    REPLACED: _("item_replaces", default="Changes or replaces"),
}
COPIES: dict[str, Message] = {
    SENT: _INTO,
    POSTPONED: _INTO,
    REPLACED: _("item_replaced_by", default="Changed or replaced by"),
}


class KnownOfItem(DeskPage):
    """Part of an item's page: what is known of it."""

    @property
    def body(self) -> str:
        return self.body_titles.get(self.context.body, self.context.body)

    @property
    def service(self) -> str:
        return self.service_titles.get(self.context.service, self.context.service)

    @property
    def facts(self) -> list[dict[str, Any]]:
        """Label, text, address and the link's id of what is known of the item."""
        item = self.context
        rows = [
            (_("item_body", default="Body"), self.body, ""),
            (_("item_service", default="Service"), self.service, ""),
            (
                _("item_proposer", default="Begun by"),
                self.names[item.proposer],
                "",
            ),
            (
                _("item_category", default="Category"),
                self.category_titles.get(item.category, ""),
                "",
            ),
            (_("item_matter", default="Matter"), MATTERS[item.matter], ""),
            (_("item_privacy", default="Session"), PRIVACIES[item.privacy], ""),
            (_("item_amount", default="Amount"), self._amount(), ""),
            *self._placed(),
            *self._linked(),
        ]
        return [
            {"label": label, "text": text, "url": url, "id": link_id(url)}
            for label, text, url in rows
            if text
        ]

    def _amount(self) -> str:
        if not self.context.amount:
            return ""
        amount = Decimal(self.context.amount)
        return format_currency(amount, municipality().currency, locale=self.language())

    def _placed(self) -> list[tuple[Any, str, str]]:
        item = self.context
        rows = []
        if item.meeting or item.wish:
            key = item.meeting or item.wish
            label = (
                _("item_meeting", default="Meeting")
                if item.meeting
                else _("item_wish", default="Wished meeting")
            )
            row = store.deliberations().records.row(key)
            day = self.day(date.fromordinal(row["day"])) if row else ""
            rows.append((label, day, f"{self.desk_url}/{key}"))
        if item.number:
            rows.append((_("item_number", default="Item number"), str(item.number), ""))
        if item.registered:
            year, number = item.registered
            label = _("item_registered", default="Number in the register")
            rows.append((label, f"{year}/{number}", ""))
        return rows

    def _linked(self) -> list[tuple[Any, str, str]]:
        """Return the item that this one was made from, and those made from it."""
        item = self.context
        before, after = self._read((item.origin,)), self._read(item.copies)
        return [
            *(self._link(ORIGINS[made_by(item)], found) for found in before),
            *(self._link(COPIES[made_by(found)], found) for found in after),
        ]

    def _read(self, uids: Iterable[str]) -> list[Item]:
        """Return the items of some UIDs that who looks reads."""
        container = store.deliberations()
        known = map(container.records.get_by_uid, filter(None, uids))
        found = [each.__of__(container) for each in known if each is not None]
        return [each for each in found if self.may("View", each)]

    def _link(self, label: Message, item: Item) -> tuple[Any, str, str]:
        """Return the body, the number and the state of an item, with its address."""
        number = "{}/{}".format(*item.registered) if item.registered else ""
        state = self.say(ITEM_STATES[item.state])
        told = (self.body_titles.get(item.body, ""), number, state)
        return (label, ", ".join(filter(None, told)), item.absolute_url())

    @property
    def changed_since_draft(self) -> bool:
        """Whether the texts differ from those on the fixed agenda."""
        item = self.context
        return any(text != getattr(item, name) for name, text in item.drafted.items())

    @property
    def ballots(self) -> list[dict[str, Any]]:
        """The votes on the item: label, how they ended, what was counted, and why."""
        return [self._ballot(row) for row in self.context.ballots.rows]

    def _ballot(self, row: dict[str, Any]) -> dict[str, Any]:
        result, language = row["result"], self.language()
        return {
            "label": row["label"],
            "verdict": VERDICTS.get(result["verdict"], result["verdict"]),
            "counts": [
                {"title": COUNTS[name], "number": number}
                for name, number in result["counts"].items()
                if number and name in COUNTS
            ],
            "trace": [
                {
                    "text": line["text"][language],
                    "law": line["law"] and line["law"]["title"][language],
                    "url": line["law"] and line["law"]["url"],
                }
                for line in result["trace"]
            ],
        }


def link_id(url: str) -> str:
    """Return the id of the link to a record on an item's page; "" without an address."""
    return f"to-{url.rpartition('/')[2]}" if url else ""
