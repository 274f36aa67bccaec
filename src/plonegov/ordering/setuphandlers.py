"""Brings the online counter in line with the town's profile."""

from AccessControl.Permissions import delete_objects
from collections.abc import Collection
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plonegov.core.api import municipality
from plonegov.core.municipality.interfaces import IMunicipalityApplier
from plonegov.core.municipality.interfaces import IMunicipalityChecker
from plonegov.core.municipality.model import DocumentChoice
from plonegov.core.municipality.model import Municipality
from plonegov.ordering import _
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.content.document import OrderableDocument
from plonegov.ordering.content.document import QUESTIONS
from plonegov.ordering.domain.catalogue import CatalogueEntry
from plonegov.ordering.domain.catalogue import entry
from plonegov.ordering.domain.choices import problems
from plonegov.ordering.domain.errors import CounterIdTaken
from plonegov.ordering.exportimport.documents import documents_of
from plonegov.ordering.exportimport.documents import PORTAL_TYPE
from plonegov.ordering.exportimport.documents import renew
from plonegov.ordering.exportimport.documents import wanted_of
from plonegov.ordering.exportimport.documents import wanted_questions
from Products.CMFCore.permissions import ModifyPortalContent
from typing import Any
from zope.i18n import translate
from zope.interface import implementer


NOT_SEARCHED = "plone.types_not_searched"


def uninstall(tool) -> None:
    """Post handler: leave no type of ours in Plone's search settings."""
    kept = api.portal.get_registry_record(NOT_SEARCHED)
    kept = tuple(name for name in kept if not name.startswith("plonegov."))
    api.portal.set_registry_record(NOT_SEARCHED, kept)


def apply_counter(portal) -> None:
    """Create or update the counter and the town's documents, by id.

    What people changed is kept: a value is renewed only while the site still has the
    one that was applied last. Nothing is deleted: a document that the town chooses no
    more is retired. Nothing is written when nothing differs.

    :raises DocumentUnknown: the town chose a document that the catalogue has not.
    :raises CounterIdTaken: something else stands at the counter's address.
    """
    town = municipality()
    counter = portal.get(COUNTER_ID)
    if counter is None:
        counter = _add_counter(portal, town)
    elif counter.portal_type != "plonegov.Counter":
        raise CounterIdTaken(id=COUNTER_ID)
    for choice in town.documents:
        _apply_document(counter, entry(town.country, choice.id), choice)
    _retire_others(counter, [choice.id for choice in town.documents])


@implementer(IMunicipalityApplier)
class CounterApplier:
    """The counter's part when a municipality is applied."""

    order = 100

    def apply(self, portal, municipality: Municipality) -> None:
        """Apply the counter where ordering is installed."""
        if "plonegov.Counter" in portal.portal_types:
            apply_counter(portal)


@implementer(IMunicipalityChecker)
class DocumentsChecker:
    """Checks the documents that a profile picks from the catalogue."""

    def problems(self, municipality: Municipality) -> list[tuple[str, Any, str]]:
        """Return what is wrong with the profile's documents."""
        return problems(municipality)


def _add_counter(portal, town: Municipality):
    title = translate(
        _("counter_title", default="Online counter"),
        target_language=town.legal_language,
    )
    counter = createContent("plonegov.Counter", id=COUNTER_ID, title=title)
    return addContentToContainer(portal, counter, checkConstraints=False)


def _apply_document(counter, entry: CatalogueEntry, choice: DocumentChoice) -> None:
    wanted = wanted_of(entry, choice)
    document = counter.get(choice.id)
    if document is None:
        document = createContent(PORTAL_TYPE, id=choice.id)
        renew(document, wanted)
        document = addContentToContainer(counter, document, checkConstraints=False)
        document.manage_permission(delete_objects, ["Manager"], acquire=0)
    elif renew(document, wanted):
        document.reindexObject()
    _apply_questions(document, entry)


def _apply_questions(document: OrderableDocument, entry: CatalogueEntry) -> None:
    wanted = wanted_questions(entry)
    form = document.get(QUESTIONS)
    if form is None:
        form = createContent("plonegov.QuestionForm", id=QUESTIONS, **wanted)
        form.title = document.Title()
        form.applied = wanted
        form = addContentToContainer(document, form, checkConstraints=False)
        for permission in (ModifyPortalContent, delete_objects):
            form.manage_permission(permission, ["Manager"], acquire=0)
        return
    renew(form, wanted)


def _retire_others(counter, chosen: Collection[str]) -> None:
    """Retire what left the profile, unless people brought it back; orders go on."""
    for document in documents_of(counter):
        left = document.applied and document.getId() not in chosen
        if left and renew(document, {"retired": True}):
            document.reindexObject()
