"""What members ask for while an item is dealt with: that the public leaves, that parts of
a budget are voted on separately, that a councillor ends a tie of the college."""

from functools import cached_property
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.deliberations import _
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import elections
from plonegov.deliberations.api import law
from plonegov.deliberations.api import separate
from plonegov.deliberations.api import sessions
from plonegov.deliberations.browser.posting import Form
from plonegov.deliberations.browser.sittingbase import ItemPage
from plonegov.deliberations.domain.cases import calls_in
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.formalities import budget_rule
from plonegov.deliberations.domain.model import Asker
from plonegov.deliberations.domain.model import Matter
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


LABELS: dict[str, Message] = {
    "session_reason": _("session_reason", default="Why the public leaves"),
    "session_in_favour": _("session_in_favour", default="Votes in favour"),
    "session_asked_by": _("session_asked_by", default="Members who ask for it"),
    "part": _("separate_part", default="Part of the budget"),
    "separate_in_favour": _("session_in_favour", default="Votes in favour"),
    "separate_against": _("separate_against", default="Votes against"),
    "councillor": _("called_councillor", default="Councillor who is called in"),
}


class AsksOnItem(ItemPage):
    """Part of the page of a vote: what members may ask for."""

    #: Macros: ``session``, ``separate``, ``called``.
    ask_parts = ViewPageTemplateFile("templates/itemvote_asks.pt")
    asks = {
        "close_session": "close_session",
        "separate": "ask_separate",
        "call_in": "call_in",
    }

    def close_session(self, form: Form, about: str) -> str:
        """Keep the members' decision that the public leaves for this item."""
        reason = str(form.get("session_reason", ""))
        if not reason.strip():
            raise InvalidInput([Fault("session_reason", "required")])
        sessions.close(
            self.context,
            reason,
            in_favour=number(form, "session_in_favour"),
            asked_by=number(form, "session_asked_by"),
            president_asks=bool(form.get("president_asks")),
            persons=bool(form.get("persons")),
        )
        return f"{self.page_url}#vote-heading"

    def call_in(self, form: Form, about: str) -> str:
        """Note that a councillor is called in whose vote ends the tie."""
        member = str(form.get("councillor", ""))
        if not member:
            raise InvalidInput([Fault("councillor", "required")])
        attendance.call_in(self.meeting, self.context, member)
        return f"{self.page_url}#vote-heading"

    def ask_separate(self, form: Form, about: str) -> str:
        """Note that a separate vote on a part was asked for."""
        separate.ask(
            self.context,
            str(form.get("part", "")),
            member=str(form.get("member", "")),
            in_favour=number(form, "separate_in_favour"),
            against=number(form, "separate_against"),
        )
        return f"{self.page_url}#separate-heading"

    @cached_property
    def is_closed(self) -> bool:
        """Whether the sitting goes on without the public."""
        return sessions.is_closed(self.meeting)

    @property
    def councillors(self) -> list[dict[str, str]]:
        """Return whom a college may call in because of equal votes on the item; nobody
        where the law knows no such thing (CDLD L1123-22)."""
        if not (self.room.case.tied and calls_in(self.room.rules)):
            return []
        return [
            {"uid": one.UID(), "name": one.title}
            for one in attendance.callable_in(self.meeting)
            if one.UID() not in self.room.case.called
        ]

    @property
    def elects(self) -> bool:
        """Whether somebody is elected on the item, in rounds."""
        return elections.applies(self.context)

    @cached_property
    def asker(self) -> str:
        """Who may ask for separate votes on parts (``domain.model.Asker``), "": nobody."""
        rules = law.rules_of(self.meeting)
        try:
            return str(budget_rule(Matter(self.context.matter), rules).asker)
        except NoRuleInForce:
            return ""

    @property
    def any_member_asks(self) -> bool:
        return self.asker == Asker.MEMBER

    def parts_asked(self) -> list[dict[str, Any]]:
        """Return the parts on which a separate vote was asked for, and whether it was
        held."""
        missing = separate.missing(self.context)
        return [
            {"part": part, "held": part not in missing}
            for part in separate.asked_of(self.context)
        ]


def number(form: Form, name: str) -> int:
    """Return a whole number that was typed; nothing typed is none.

    :raises InvalidInput: it is no whole number.
    """
    text = str(form.get(name, "")).strip()
    if text and not text.isdecimal():
        raise InvalidInput([Fault(name, "whole_number_expected")])
    return int(text or 0)
