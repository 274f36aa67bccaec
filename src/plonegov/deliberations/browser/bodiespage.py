"""``bodies``: the town's bodies with their members, the functions, the templates."""

from babel.dates import format_date
from datetime import date
from functools import cached_property
from plonegov.core.api import town_today
from plonegov.deliberations import _
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import reading
from plonegov.deliberations.api import recurring
from plonegov.deliberations.api.store import deliberations
from plonegov.deliberations.browser.base import DeskPage
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.content.function import Function
from plonegov.deliberations.content.mandate import Mandate
from plonegov.deliberations.vocabularies.choices import CAPACITIES
from plonegov.deliberations.vocabularies.choices import OFFICES
from Products.Five import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


BODIES = _("page_bodies", default="Bodies and members")

#: What the tables of a body's mandates are called for who hears the page.
TABLES = {
    "now": _("bodies_members_of", default="Members of: ${body}"),
    "coming": _("bodies_coming_of", default="Members to come of: ${body}"),
    "ended": _("bodies_ended_of", default="Mandates that ended in: ${body}"),
}


class Bodies(DeskPage):
    """Who sits in the town's bodies and who holds its offices, today and before."""

    page_title = BODIES
    index = ViewPageTemplateFile("templates/bodies.pt")
    functions_now = _("functions_now", default="Functions in force")
    functions_coming = _("functions_coming", default="Functions to come")
    functions_ended = _("functions_ended", default="Functions that ended")
    body_parts = ViewPageTemplateFile("templates/bodies_parts.pt")

    @cached_property
    def manages(self) -> bool:
        """Whether who looks at the page changes it."""
        return reading.may_manage()

    @cached_property
    def today(self) -> date:
        """The day that it is in the town."""
        return town_today()

    def bodies(self) -> list[dict[str, Any]]:
        """Return the bodies with their members and templates."""
        return [self._body(body) for body in bodies.all_bodies()]

    def _body(self, body: Body) -> dict[str, Any]:
        held = [one for one in body.objectValues() if isinstance(one, Mandate)]
        rows = {"now": [], "coming": [], "ended": []}
        for mandate in sorted(held, key=lambda one: (one.rank, one.title)):
            rows[self._part(mandate)].append(self._mandate(mandate))
        title = self.body_titles[body.getId()]
        return {
            "id": body.getId(),
            "title": title,
            "labels": {
                part: self.say(Message(label, mapping={"body": title}))
                for part, label in TABLES.items()
            },
            "url": body.absolute_url(),
            "members": rows["now"],
            "coming": rows["coming"],
            "ended": rows["ended"],
            "templates": [
                {
                    "title": template.title,
                    "edit": f"{template.absolute_url()}/edit-template",
                    "category": self.category_titles.get(template.category, ""),
                    "recurring": template.recurring,
                }
                for template in recurring.templates(body.getId())
            ],
        }

    def _mandate(self, mandate: Mandate) -> dict[str, Any]:
        return {
            "id": mandate.UID(),
            "name": mandate.title,
            "edit": f"{mandate.absolute_url()}/edit-mandate",
            "role": mandate.role,
            "group": mandate.group,
            "rank": mandate.rank,
            "email": mandate.email,
            **self._period(mandate),
        }

    def functions(self) -> dict[str, list[dict[str, Any]]]:
        """Return the functions: those in force, those to come, those that ended."""
        held = deliberations().objectValues()
        rows: dict[str, list[dict[str, Any]]] = {"now": [], "coming": [], "ended": []}
        found = [one for one in held if isinstance(one, Function)]
        for one in sorted(found, key=lambda one: list(OFFICES).index(one.office)):
            rows[self._part(one)].append(
                {
                    "id": one.UID(),
                    "name": one.title,
                    "edit": f"{one.absolute_url()}/edit-function",
                    "office": OFFICES[one.office],
                    "capacity": CAPACITIES[one.capacity],
                    "delegation": one.delegation,
                    **self._period(one),
                }
            )
        return rows

    def _part(self, held: Mandate | Function) -> str:
        if bodies.in_force(held, self.today):
            return "now"
        return "coming" if held.first_day > self.today else "ended"

    def _period(self, held: Mandate | Function) -> dict[str, str]:
        last = held.last_day
        return {
            "first": self._short(held.first_day),
            "last": self._short(last) if last else "",
        }

    def _short(self, day: date) -> str:
        return format_date(day, "medium", locale=self.language())


class GoToBodies(BrowserView):
    """A body, mandate, function or template is shown on the page of all of them."""

    def __call__(self) -> str:
        url = f"{deliberations().absolute_url()}/bodies#{anchor_of(self.context)}"
        return self.request.response.redirect(url)


def anchor_of(content: Any) -> str:
    """Return where on the page a body, mandate, function or template stands."""
    if isinstance(content, Mandate | Function):
        return f"person-{content.UID()}"
    if isinstance(content, Body):
        return f"body-{content.getId()}"
    return f"templates-{content.aq_parent.getId()}"
