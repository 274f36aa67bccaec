"""What is known of an item, as its page shows it: facts, links, votes."""

from babel.numbers import format_currency
from datetime import date
from decimal import Decimal
from plonegov.core.api import municipality
from plonegov.deliberations import _
from plonegov.deliberations.api import store
from plonegov.deliberations.browser.base import DeskPage
from plonegov.deliberations.browser.labels import COUNTS
from plonegov.deliberations.browser.labels import MATTERS
from plonegov.deliberations.browser.labels import PRIVACIES
from plonegov.deliberations.browser.labels import VERDICTS
from typing import Any


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
        """Label, text and address of what is known of the item."""
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
            {"label": label, "text": text, "url": url}
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
        item, records = self.context, store.deliberations().records
        rows = []
        for label, uids in (
            (_("item_origin", default="Comes from"), (item.origin,)),
            (_("item_copies", default="Went on as"), item.copies),
        ):
            for uid in filter(None, uids):
                found = records.get_by_uid(uid)
                if found is not None and self.may("View", found.__of__(item.aq_parent)):
                    body = self.body_titles.get(found.body, "")
                    rows.append((label, body, f"{self.desk_url}/{found.getId()}"))
        return rows

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
