"""``add-item`` and ``edit-item``: the texts and facts of an item."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.municipality.roles import own_services
from plonegov.core.theme.editor import WithEditor
from plonegov.core.theme.page import PostsToItself
from plonegov.deliberations import _
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api.bodies import all_bodies
from plonegov.deliberations.api.bodies import get as get_body
from plonegov.deliberations.api.html import clean_html
from plonegov.deliberations.api.html import raw_of
from plonegov.deliberations.api.recurring import templates
from plonegov.deliberations.browser.base import DeskPage
from plonegov.deliberations.browser.items import ItemList
from plonegov.deliberations.browser.labels import MATTERS
from plonegov.deliberations.browser.labels import PRIVACIES
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.domain.categories import category_ids
from plonegov.deliberations.domain.itemvalues import KEYS
from plonegov.deliberations.domain.refusals import ItemChanged
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


class ItemForm(WithEditor, PostsToItself, DeskPage):
    """A form with an item's values."""

    index = ViewPageTemplateFile("templates/item_form.pt")
    labels = {
        "title": _("item_title", default="Title"),
        "category": _("item_category", default="Category"),
        "privacy": _("item_privacy", default="Session"),
        "matter": _("item_matter", default="Matter"),
        "motivation": _("item_motivation", default="Motivation"),
        "decision": _("item_decision", default="Decision"),
        "amount": _("item_amount", default="Amount"),
        "wish": _("item_wish", default="Wished meeting"),
    }

    done = _("item_saved", default="Saved.")

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        listing = {
            "title": self.say(ItemList.title),
            "url": f"{self.desk_url}/all-items",
        }
        return [*super().page_breadcrumbs(), listing]

    @property
    def body(self) -> Body:
        """The body that the item is for."""
        raise NotImplementedError

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        raise NotImplementedError

    @property
    def categories(self) -> list[dict[str, Any]]:
        known = self.body.categories or category_ids()
        return self._options(
            "category", {name: self.category_titles[name] for name in known}
        )

    @property
    def privacies(self) -> list[dict[str, Any]]:
        return self._options("privacy", PRIVACIES)

    @property
    def matters(self) -> list[dict[str, Any]]:
        return self._options("matter", MATTERS)

    @property
    def wishes(self) -> list[dict[str, Any]]:
        """The coming meetings of the body."""
        rows = meetings.taking_items(self.body)
        days = {row["key"]: self.day(date.fromordinal(row["day"])) for row in rows}
        return self._options("wish", days)

    def _options(self, name: str, titles: Mapping[str, Any]) -> list[dict[str, Any]]:
        chosen = self.value(name)
        return [
            {"value": value, "title": title, "chosen": value == chosen}
            for value, title in titles.items()
        ]


class EditItem(ItemForm):
    """Other texts and facts of an item that exists."""

    page_title = _("page_edit_item", default="Change the item")

    def __call__(self) -> str:
        if self.request.method != "POST":
            items.require_open(self.context)
        return super().__call__()

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        item = self.context
        here = {"title": item.title, "url": item.absolute_url()}
        return [*super().page_breadcrumbs(), here]

    @property
    def body(self) -> Body:
        return get_body(self.context.body)

    @property
    def back_url(self) -> str:
        return self.context.absolute_url()

    @property
    def seen(self) -> int:
        """The serial of what is shown. Who was told of a colleague's change has seen
        that, so that saving once more is a decision."""
        return self.context.serial

    def value(self, name: str) -> str:
        return self.value_of(name, getattr(self.context, name))

    def save(self, form: Mapping[str, Any]) -> str:
        values = {name: form[name] for name in KEYS if name in form}
        seen = str(form.get("seen", ""))
        items.edit(self.context, values, seen=int(seen) if seen.isdecimal() else None)
        return self.context.absolute_url()

    @property
    def theirs(self) -> list[dict[str, Any]]:
        """The texts that a colleague saved meanwhile, where they differ from one's own."""
        if not any(fault.code == ItemChanged.code for fault in self.faults):
            return []
        return [
            {"label": label, "html": getattr(self.context, name)}
            for name, label in self.labels.items()
            if name in ("title", "motivation", "decision")
            and getattr(self.context, name) != self.typed.get(name)
        ]


class AddItem(ItemForm):
    """A new item: its body and service come first, a template may begin it."""

    page_title = _("page_add_item", default="New item")
    seen = None
    theirs: list[dict[str, Any]] = []

    def __call__(self) -> str:
        if not own_services("Drafter"):
            raise ActionNotAllowed()
        return super().__call__()

    @property
    def back_url(self) -> str:
        return f"{self.desk_url}/today"

    @cached_property
    def body(self) -> Body:
        wanted = self.request.form.get("body") or all_bodies()[0].getId()
        return get_body(str(wanted))

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """The bodies that one may write for; each is an address of this page."""
        here = self.body.getId()
        return [
            {
                "title": title,
                "url": f"{self.desk_url}/add-item?body={name}",
                "current": name == here,
            }
            for name, title in self.body_titles.items()
        ]

    @property
    def services(self) -> list[dict[str, Any]]:
        """The services that one drafts for."""
        titles = {name: self.service_titles[name] for name in own_services("Drafter")}
        return self._options("service", titles)

    @cached_property
    def template(self):
        """The template that was chosen, or None."""
        wanted = self.request.form.get("template")
        found = [one for one in self.templates_of_body if one.getId() == wanted]
        return found[0] if found else None

    @cached_property
    def templates_of_body(self) -> list:
        return [each for each in templates(self.body.getId()) if not each.recurring]

    @property
    def templates(self) -> list[dict[str, Any]]:
        """The templates of the body; each is an address of this page."""
        base = f"{self.desk_url}/add-item?body={self.body.getId()}&template="
        return [
            {
                "title": one.title,
                "url": f"{base}{one.getId()}",
                "current": one is self.template,
            }
            for one in self.templates_of_body
        ]

    def value(self, name: str) -> str:
        return self.value_of(name, self._begun(name))

    def _begun(self, name: str) -> str:
        """Return what a field begins with."""
        found = self.template
        if name in ("motivation", "decision"):
            return clean_html(raw_of(getattr(found, name))) if found else ""
        if found is not None and name in ("title", "category"):
            return getattr(found, name)
        return {"privacy": "open", "matter": "ordinary"}.get(name, "")

    def save(self, form: Mapping[str, Any]) -> str:
        values = {name: form[name] for name in KEYS if name in form}
        service = str(form.get("service") or own_services("Drafter")[0])
        made = items.draft(self.body.getId(), service, values)
        return made.absolute_url()
