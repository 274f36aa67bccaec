"""Annexes and advices of an item, as its page shows them."""

from functools import cached_property
from plonegov.core.api import municipality
from plonegov.core.api import town_today
from plonegov.deliberations.api import parts
from plonegov.deliberations.browser.base import DeskPage
from plonegov.deliberations.browser.labels import ADVICE_STATES
from plonegov.deliberations.browser.labels import OPINIONS
from plonegov.deliberations.content.advice import Advice
from plonegov.deliberations.content.annex import Annex
from plonegov.deliberations.domain.states import AdviceState
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.interfaces import ASK_FOR_ADVICE
from plonegov.deliberations.interfaces import GIVE_ADVICE
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


class PartsOfItem(DeskPage):
    """Part of an item's page: annexes and advices that who looks may read."""

    annex_parts = ViewPageTemplateFile("templates/item_annexes.pt")
    advice_parts = ViewPageTemplateFile("templates/item_advices.pt")
    opinions = tuple(OPINIONS.items())

    @property
    def annexes(self) -> list[dict[str, Any]]:
        return [self._annex(annex) for annex in parts.annexes(self.context)]

    def _annex(self, annex: Annex) -> dict[str, Any]:
        return {
            "key": annex.getId(),
            "title": annex.title,
            "size": max(1, round(annex.file.getSize() / 1024)),
            "url": f"{self.context.absolute_url()}/item-file?name={annex.getId()}",
            "confidential": annex.confidential,
            "publishable": annex.publishable,
        }

    @property
    def upload_limit(self) -> int:
        """The largest file that may be added, in megabytes."""
        return municipality().limits.upload_megabytes

    @cached_property
    def advices(self) -> list[dict[str, Any]]:
        return [self._advice(advice) for advice in parts.advices(self.context)]

    def _advice(self, advice: Advice) -> dict[str, Any]:
        waits = advice.state == AdviceState.ASKED
        late = bool(waits and advice.due and advice.due < town_today())
        return {
            "key": advice.getId(),
            "service": self.service_titles.get(advice.adviser, advice.adviser),
            "state": ADVICE_STATES[advice.state],
            "waits": waits,
            "late": late,
            "due": self.day(advice.due) if advice.due and waits else "",
            "by_rule": bool(advice.by_rule),
            "confidential": advice.confidential,
            "opinion": OPINIONS.get(advice.opinion, ""),
            "text": advice.text,
            "given": self.moment(advice.given) if advice.given else "",
            "former": [
                {"opinion": OPINIONS.get(opinion, opinion), "text": text}
                for _when, opinion, text in advice.former
            ],
            "gives": waits and self.may(GIVE_ADVICE, advice),
            "asks": advice.state == AdviceState.GIVEN
            and self.context.state not in ENDS
            and self.may(ASK_FOR_ADVICE, advice),
            "calls_off": waits
            and not advice.by_rule
            and self.may(ASK_FOR_ADVICE, advice),
            "open": self.typed.get("part") == advice.getId(),
        }

    @property
    def asks_advice(self) -> bool:
        """Whether who looks asks for advices; nobody does once the item is decided."""
        return self.may(ASK_FOR_ADVICE) and self.context.state not in ENDS

    @property
    def advisers(self) -> list[dict[str, str]]:
        """The services whose advice may still be asked."""
        known = parts.asked(self.context)
        return [
            {"id": name, "title": title}
            for name, title in self.service_titles.items()
            if name not in known
        ]
