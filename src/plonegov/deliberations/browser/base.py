"""What the staff's pages share: the way back, what is wrong, the history, a record's
state as a tag."""

from functools import cached_property
from plone import api
from plonegov.core.ops.texts import in_language
from plonegov.core.ops.texts import text_of
from plonegov.core.records.events import entries
from plonegov.core.theme.page import Page
from plonegov.core.theme.page import ShowsFaults
from plonegov.core.theme.people import Names
from plonegov.deliberations import _
from plonegov.deliberations.api.store import deliberations
from plonegov.deliberations.browser.events import history_row
from plonegov.deliberations.browser.labels import ITEM_STATES
from plonegov.deliberations.browser.labels import MEETING_STATES
from plonegov.deliberations.browser.labels import TAGS
from plonegov.deliberations.browser.titles import Titles
from plonegov.deliberations.interfaces import USE_SITTINGS
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


TODAY = _("deliberations_today", default="Deliberations")


class DeskPage(Titles, ShowsFaults, Page):
    """Base of the staff's pages; ``labels`` names the fields that may be wrong."""

    #: Macros: ``style``, ``errors``, ``error`` (of a field), ``history``.
    parts = ViewPageTemplateFile("templates/parts.pt")
    labels: dict[str, Message] = {}

    def __call__(self) -> str:
        self.private()
        return self.index()

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        if not self.may(USE_SITTINGS, deliberations()):
            return []  # a clerk who was asked for an advice
        return [{"title": self.say(TODAY), "url": f"{self.desk_url}/today"}]

    @cached_property
    def desk_url(self) -> str:
        """The address of the town's deliberations."""
        return deliberations().absolute_url()

    def may(self, permission: str, obj: Any = None) -> bool:
        """Say whether who looks has a permission, on the record or on something else."""
        found = self.context if obj is None else obj
        return bool(api.user.has_permission(permission, obj=found))

    @property
    def errors(self) -> list[dict[str, Any]]:
        """What is wrong, each with its field and the id of its element."""
        return [
            {
                "label": self.labels.get(fault.field, ""),
                "text": text_of(
                    fault.code, in_language(fault.context, self.language())
                ),
                "target": fault.field,
            }
            for fault in self.faults
        ]

    @cached_property
    def names(self) -> Names:
        """Names of people, by account."""
        return Names()

    def history(self) -> list[dict[str, Any]]:
        """Return what happened with the record, the latest first."""
        rows = reversed(entries(self.context))
        return [history_row(entry, self, self.names) for entry in rows]

    def item_state(self, state: str) -> dict[str, Any]:
        """Return title and tag of a state of an item."""
        return {"title": ITEM_STATES[state], "tag": TAGS.get(state, "neutral")}

    def meeting_state(self, state: str) -> dict[str, Any]:
        """Return title and tag of a state of a meeting."""
        return {"title": MEETING_STATES[state], "tag": TAGS.get(state, "neutral")}
