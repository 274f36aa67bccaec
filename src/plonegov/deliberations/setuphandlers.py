"""Brings the town's bodies in line with its profile."""

from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plonegov.core.api import municipality
from plonegov.core.municipality.interfaces import IMunicipalityApplier
from plonegov.core.municipality.interfaces import IMunicipalityChecker
from plonegov.core.municipality.model import BodyChoice
from plonegov.core.municipality.model import Municipality
from plonegov.deliberations import _
from plonegov.deliberations.api.publishing import DECISIONS_ID
from plonegov.deliberations.api.store import DELIBERATIONS_ID
from plonegov.deliberations.domain.choices import problems
from plonegov.deliberations.domain.refusals import DeliberationsIdTaken
from plonegov.deliberations.exportimport.bodies import renew
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message
from zope.interface import implementer


#: Who reads of bodies, mandates, functions and templates; meetings and items have
#: their workflows.
READERS = (
    "Councillor",
    "Drafter",
    "Manager",
    "Reviewer",
    "Secretary",
    "Site Administrator",
)
NOT_SEARCHED = "plone.types_not_searched"


def uninstall(tool) -> None:
    """Post handler: leave no type of ours in Plone's search settings."""
    kept = api.portal.get_registry_record(NOT_SEARCHED)
    own = ("Deliberations", "Decisions", "Body", "Mandate", "Function", "ItemTemplate")
    names = {f"plonegov.{name}" for name in own}
    kept = tuple(name for name in kept if name not in names)
    api.portal.set_registry_record(NOT_SEARCHED, kept)


def apply_decisions(portal) -> None:
    """Make the place where the public reads of the town's bodies, if it is missing.

    :raises DeliberationsIdTaken: something else stands at its address.
    """
    found = portal.get(DECISIONS_ID)
    if found is None:
        title = _("decisions_title", default="Decisions")
        _add(portal, "plonegov.Decisions", DECISIONS_ID, title)
    elif found.portal_type != "plonegov.Decisions":
        raise DeliberationsIdTaken(id=DECISIONS_ID)


def apply_bodies(portal) -> None:
    """Create or update the town's bodies, by id.

    What people changed is kept: a value is renewed only while the site still has the
    one that was applied last. Nothing is deleted, and nothing is written when nothing
    differs.

    :raises DeliberationsIdTaken: something else stands at their address.
    """
    town = municipality()
    container = portal.get(DELIBERATIONS_ID)
    if container is None:
        title = _("deliberations_title", default="Deliberations")
        container = _add(portal, "plonegov.Deliberations", DELIBERATIONS_ID, title)
        _close(container)
    elif container.portal_type != "plonegov.Deliberations":
        raise DeliberationsIdTaken(id=DELIBERATIONS_ID)
    for choice in town.bodies:
        _apply_body(container, choice, town)


@implementer(IMunicipalityApplier)
class BodiesApplier:
    """The bodies' part when a municipality is applied."""

    order = 100

    def apply(self, portal, municipality: Municipality) -> None:
        """Apply the bodies where deliberations are installed."""
        if "plonegov.Deliberations" in portal.portal_types:
            apply_bodies(portal)
            apply_decisions(portal)


@implementer(IMunicipalityChecker)
class BodiesChecker:
    """Checks the bodies that a profile names."""

    def problems(self, municipality: Municipality) -> list[tuple[str, Any, str]]:
        """Return what is wrong with the profile's bodies."""
        return problems(municipality)


def _add(portal, kind: str, content_id: str, title: Message):
    language = municipality().legal_language
    told = translate(title, target_language=language)
    made = createContent(kind, id=content_id, title=told)
    return addContentToContainer(portal, made, checkConstraints=False)


def _close(container) -> None:
    """Let nobody read of the people of the bodies but who works for or sits in them:
    mandates hold addresses and accounts."""
    for permission in ("View", "Access contents information"):
        container.manage_permission(permission, READERS, acquire=False)
    container.reindexObjectSecurity()


def _apply_body(container, choice: BodyChoice, town: Municipality) -> None:
    body = container.get(choice.id)
    if body is None:
        body = createContent("plonegov.Body", id=choice.id)
        body = addContentToContainer(container, body, checkConstraints=False)
    if renew(body, choice, town.legal_language):
        body.reindexObject()
