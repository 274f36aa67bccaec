"""The bodies' part of a municipality, read back as people changed it."""

from collections.abc import Collection
from collections.abc import Mapping
from plonegov.core.municipality.differences import Difference
from plonegov.core.municipality.differences import NOTHING
from plonegov.core.municipality.differences import State
from plonegov.core.municipality.differences import three_way
from plonegov.core.municipality.facts import current
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.interfaces import IMunicipalityReader
from plonegov.core.municipality.model import Municipality
from plonegov.deliberations.api.store import DELIBERATIONS_ID
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.exportimport.bodies import ATTRIBUTES
from plonegov.deliberations.exportimport.bodies import bodies_of
from plonegov.deliberations.exportimport.bodies import choice_of
from plonegov.deliberations.exportimport.bodies import now_of
from plonegov.deliberations.exportimport.bodies import release
from plonegov.deliberations.exportimport.bodies import said
from plonegov.deliberations.exportimport.bodies import wanted_of
from plonegov.deliberations.interfaces import IDeliberationsContainer
from typing import Any
from zope.interface import implementer


#: States of an item that its service still works on, or the body has not decided.
OPEN = tuple(str(state) for state in ItemState if state not in ENDS)


@implementer(IMunicipalityReader)
class BodiesReader:
    """See ``IMunicipalityReader``."""

    def current(self, portal, facts: dict[str, Any]) -> dict[str, Any]:
        """Return facts with the bodies as people changed them."""
        container = _container(portal)
        if container is None or not facts:
            return facts
        held = {body.getId(): body for body in bodies_of(container)}
        chosen = [
            item | choice_of(held[item["id"]], facts["legal_language"])
            if item["id"] in held
            else item
            for item in facts.get("bodies", ())
        ]
        return facts | {"bodies": chosen} if chosen else facts

    def differences(self, portal, municipality: Municipality) -> list[Difference]:
        """Return what differs in the bodies; one that no profile names stays as it is.

        Nothing does where deliberations are not installed: the facts name no add-ons.
        """
        if "plonegov.Deliberations" not in portal.portal_types:
            return []
        container = _container(portal)
        held = {body.getId(): body for body in bodies_of(container or portal)}
        language, found = municipality.legal_language, []
        for choice in municipality.bodies:
            body, key = held.get(choice.id), f"bodies.{choice.id}"
            if body is None:
                found.append(Difference(key, State.NEW, choice.id, NOTHING, NOTHING))
                continue
            sides = [wanted_of(choice), now_of(body, language), body.applied]
            found += three_way(*map(_flat, sides), f"{key}.")
        return found

    def release(self, portal, keys: Collection[str]) -> None:
        """Count what people changed in bodies as untouched."""
        container = _container(portal)
        for key in keys:
            kind, _, rest = key.partition(".")
            body_id, _, name = rest.partition(".")
            if kind != "bodies" or container is None or body_id not in container:
                continue
            names = (name.partition(".")[0],) if name else tuple(ATTRIBUTES)
            known = [each for each in names if each in ATTRIBUTES]
            release(container[body_id], known, current().legal_language)

    def obstacles(
        self, portal, municipality: Municipality
    ) -> list[tuple[str, str, str]]:
        """Return the services that can't go yet: their items wait for a decision."""
        container = _container(portal)
        if container is None or not settings().municipality_id:
            return []
        wanted = {service.id for service in municipality.services}
        gone = [item.id for item in current().services if item.id not in wanted]
        found = []
        for service in gone:
            query = {"kind": "item", "service": service, "state": list(OPEN)}
            items = container.records.count(container, query)
            if items:
                said = f"no service {service!r}, which has {items} undecided items"
                allowed = f"{service} too, until these items are decided or withdrawn"
                found.append(("services", said, allowed))
        return found


def _container(portal):
    found = portal.get(DELIBERATIONS_ID)
    return found if IDeliberationsContainer.providedBy(found) else None


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body's attributes by the profile's keys, its title by language."""
    found = said(values)
    titles = found.pop("title", {})
    return {f"title.{language}": text for language, text in titles.items()} | found
