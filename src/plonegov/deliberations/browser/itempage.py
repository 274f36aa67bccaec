"""``item-page``: all of one item on a page: texts, annexes, advices, votes, what is to
be done next, and what happened."""

from datetime import date
from functools import cached_property
from plonegov.core.records.steps import offered
from plonegov.deliberations import _
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import sending
from plonegov.deliberations.api.bodies import all_bodies
from plonegov.deliberations.api.bodies import get as get_body
from plonegov.deliberations.browser.itemknown import KnownOfItem
from plonegov.deliberations.browser.itemparts import PartsOfItem
from plonegov.deliberations.browser.items import ItemList
from plonegov.deliberations.browser.items import UNTITLED
from plonegov.deliberations.browser.labels import ITEM_STEPS
from plonegov.deliberations.browser.labels import next_step
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.itemrules import REASONS
from plonegov.deliberations.domain.states import actor_of
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import SENT_FROM
from plonegov.deliberations.interfaces import EDIT_ITEM
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
from plonegov.deliberations.interfaces import PUBLISH_ITEMS
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


#: The steps in the order of their buttons; the first one that is offered comes next.
ORDER = (
    "propose",
    "resubmit",
    "review_1",
    "review_2",
    "validate",
    "present",
    "take_off",
    "send_back",
    "return_to_service",
    "withdraw",
)

#: Steps that take an item back: never the one that comes next.
BACK = ("take_off", "send_back", "return_to_service", "withdraw")


class ItemPage(PartsOfItem, KnownOfItem):
    """Everything of one item that who looks at it may read."""

    index = ViewPageTemplateFile("templates/item.pt")
    panel_parts = ViewPageTemplateFile("templates/item_panel.pt")
    labels = {
        "reason": _("item_reason", default="Reason"),
        "meeting": _("item_meeting", default="Meeting"),
        "send-sure": _("item_send_to", default="Send to another body"),
        "annex": _("item_annex", default="File"),
        "adviser": _("item_service", default="Service"),
        "days": _("advice_days", default="Within how many days"),
        "opinion": _("item_opinion", default="Opinion"),
        "text": _("item_advice_text", default="Reasons"),
    }

    @property
    def page_title(self) -> str:
        return self.context.title or self.say(UNTITLED)

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        listing = {
            "title": self.say(ItemList.title),
            "url": f"{self.desk_url}/all-items",
        }
        found = super().page_breadcrumbs()
        return [*found, listing] if found else []

    @property
    def state(self) -> dict[str, Any]:
        return self.item_state(self.context.state)

    @property
    def next_words(self) -> Message:
        """What is to be done next, and by whom."""
        item = self.context
        return next_step(actor_of(item.workflow, item.state), item.state)

    @property
    def review_level(self) -> str:
        """The town's name of the level of review that an item waits for, or ""."""
        levels = get_body(self.context.body).levels
        place = {ItemState.PROPOSED: 0, ItemState.REVIEWED_1: 1}.get(self.context.state)
        if place is None or place >= len(levels):
            return ""
        return self.in_language(levels[place]["titles"])

    # What may be done

    @cached_property
    def offered(self) -> list[str]:
        """The steps that the workflow offers to who looks, in their order."""
        found = offered(self.context)
        return [name for name in ORDER if name in found]

    @property
    def primary(self) -> dict[str, Any] | None:
        """The step that comes next, if there is one."""
        first = self.offered[:1]
        return self.step(first[0]) if first and first[0] not in BACK else None

    @property
    def more(self) -> list[dict[str, Any]]:
        """The other steps."""
        first = self.primary
        done = first["id"] if first else ""
        return [self.step(name) for name in self.offered if name != done]

    def step(self, name: str) -> dict[str, Any]:
        """Return a step as its form shows it."""
        return {
            "id": name,
            "title": ITEM_STEPS[name],
            "reason": name in REASONS,
            "meetings": self.takers if name == "present" else None,
            "open": self.typed.get("step") == name,
        }

    @cached_property
    def takers(self) -> list[dict[str, Any]]:
        """The meetings that the item may be put on; the wished one is chosen."""
        wish = self.value_of("meeting", self.context.wish)
        return [
            {
                "key": row["key"],
                "title": self.day(date.fromordinal(row["day"])),
                "chosen": row["key"] == wish,
            }
            for row in meetings.taking_items(get_body(self.context.body))
        ]

    @property
    def other_bodies(self) -> list[dict[str, str]]:
        """The bodies that the item may be sent on to."""
        item = self.context
        if not self.manages or item.state not in SENT_FROM:
            return []
        names = [body.getId() for body in all_bodies() if body.getId() != item.body]
        return [
            {"id": name, "title": self.body_titles[name]}
            for name in names
            if sending.sent_to(item, name) is None
        ]

    @property
    def renews(self) -> bool:
        """Whether who looks may begin a new decision that changes or replaces this one."""
        return bool(self.context.registered) and sending.may_renew(self.context)

    @cached_property
    def is_renewed(self) -> bool:
        """Whether such a new decision is under way."""
        return sending.renewal(self.context) is not None

    @property
    def edits(self) -> bool:
        """Whether its texts and annexes are still to be changed."""
        return self.sorts_annexes and not self.context.registered

    @cached_property
    def sorts_annexes(self) -> bool:
        """Whether who looks says who reads its annexes."""
        return self.may(EDIT_ITEM)

    @property
    def manages(self) -> bool:
        return self.may(MANAGE_MEETINGS)

    @property
    def publishes(self) -> bool:
        return self.may(PUBLISH_ITEMS) and bool(self.context.meeting)

    @property
    def votes(self) -> bool:
        """Whether its decision is entered now."""
        return self.manages and self.context.state == ItemState.FROZEN


def item_url(item: Item, anchor: str = "top") -> str:
    """Return the address of a place on an item's page."""
    return f"{item.absolute_url()}#{anchor}"
