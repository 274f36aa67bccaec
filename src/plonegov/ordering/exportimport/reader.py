"""The counter's part of a municipality, read back as people changed it."""

from collections.abc import Collection
from plonegov.core.municipality.differences import Difference
from plonegov.core.municipality.differences import NOTHING
from plonegov.core.municipality.differences import State
from plonegov.core.municipality.differences import three_way
from plonegov.core.municipality.facts import current
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.interfaces import IMunicipalityReader
from plonegov.core.municipality.model import DocumentChoice
from plonegov.core.municipality.model import Municipality
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.api.queue import RUNNING
from plonegov.ordering.content.document import OrderableDocument
from plonegov.ordering.content.document import QUESTIONS
from plonegov.ordering.domain.catalogue import document_ids
from plonegov.ordering.domain.catalogue import entry
from plonegov.ordering.exportimport.documents import choice_of
from plonegov.ordering.exportimport.documents import CHOICES
from plonegov.ordering.exportimport.documents import digests
from plonegov.ordering.exportimport.documents import documents_of
from plonegov.ordering.exportimport.documents import is_changed
from plonegov.ordering.exportimport.documents import now_of
from plonegov.ordering.exportimport.documents import release
from plonegov.ordering.exportimport.documents import wanted_of
from plonegov.ordering.interfaces import ICounterContainer
from typing import Any
from zope.interface import implementer


@implementer(IMunicipalityReader)
class CounterReader:
    """See ``IMunicipalityReader``."""

    def current(self, portal, facts: dict[str, Any]) -> dict[str, Any]:
        """Return facts with the documents as people changed, withdrew or added them."""
        counter = _counter(portal)
        if counter is None or not facts:
            return facts
        held = {document.getId(): document for document in documents_of(counter)}
        known = document_ids(facts["country"])
        chosen = []
        for choice in facts.get("documents", ()):
            document = held.pop(choice["id"], None)
            if document is None:
                chosen.append(choice)
            elif not (document.retired and is_changed(document, "retired")):
                chosen.append(choice | _changes(document, facts["country"]))
        for document_id, document in held.items():
            if document_id in known and not document.applied and not document.retired:
                now = now_of(document)
                added = {name: now[name] for name in CHOICES}
                chosen.append({"id": document_id} | added)
        return facts | {"documents": chosen} if chosen else facts

    def differences(self, portal, municipality: Municipality) -> list[Difference]:
        """Return what differs in the documents, beside what a profile says of them."""
        counter = _counter(portal)
        held = {item.getId(): item for item in documents_of(counter or portal)}
        found = []
        for choice in municipality.documents:
            document = held.pop(choice.id, None)
            if document is None:
                key = f"documents.{choice.id}"
                found.append(Difference(key, State.NEW, choice.id, NOTHING, NOTHING))
            else:
                found += _differences(document, choice, municipality.country)
        for document_id, document in held.items():
            if document.applied and not document.retired:
                state = State.KEPT if is_changed(document, "retired") else State.GONE
                values = (NOTHING, document_id, document_id)
                found.append(Difference(f"documents.{document_id}", state, *values))
        return found

    def release(self, portal, keys: Collection[str]) -> None:
        """Count what people changed in documents as untouched."""
        counter = _counter(portal)
        for key in keys:
            kind, _, rest = key.partition(".")
            document_id, _, name = rest.partition(".")
            if kind != "documents" or counter is None or document_id not in counter:
                continue
            document = counter[document_id]
            if name == QUESTIONS and QUESTIONS in document:
                release(document[QUESTIONS], tuple(document[QUESTIONS].applied))
            else:
                names = (name,) if name else ("retired", *CHOICES)
                release(document, names)

    def obstacles(
        self, portal, municipality: Municipality
    ) -> list[tuple[str, str, str]]:
        """Return the services that can't go yet: orders are open, or documents theirs."""
        counter = _counter(portal)
        if counter is None or not settings().municipality_id:
            return []
        wanted = {service.id for service in municipality.services}
        gone = [item.id for item in current().services if item.id not in wanted]
        found = []
        for service in gone:
            query = {"state": list(RUNNING), "service": [service]}
            orders = counter.records.query(counter, query, "due", False, 0, 1).total
            chosen = [choice.id for choice in municipality.documents]
            documents = [
                document.getId()
                for document in documents_of(counter)
                if document.service == service
                and document.getId() in chosen
                and is_changed(document, "service")
            ]
            found += _in_use(service, orders, documents)
        return found


def _counter(portal):
    found = portal.get(COUNTER_ID)
    return found if ICounterContainer.providedBy(found) else None


def _changes(document: OrderableDocument, country: str) -> dict[str, Any]:
    known = document.getId() in document_ids(country)
    return choice_of(document, entry(country, document.getId()) if known else None)


def _differences(
    document: OrderableDocument, choice: DocumentChoice, country: str
) -> list[Difference]:
    """Return a document's differences; whether it is retired is said by the profile."""
    found, prefix = entry(country, choice.id), f"documents.{choice.id}."
    now, wanted = now_of(document), wanted_of(found, choice)
    names = [name for name in wanted if name in now and name != "retired"]
    sides = [
        {name: side[name] for name in names if name in side}
        for side in (wanted, now, document.applied)
    ]
    return [*three_way(*sides, prefix), *three_way(*digests(document, found), prefix)]


def _in_use(
    service: str, orders: int, documents: list[str]
) -> list[tuple[str, str, str]]:
    problems = []
    if orders:
        found = f"no service {service!r}, which has {orders} open orders"
        allowed = (
            f"{service} too, until these orders are handed over, rejected or withdrawn"
        )
        problems.append(("services", found, allowed))
    if documents:
        found = f"no service {service!r}, which people made responsible for documents"
        allowed = f"{service} too, until {', '.join(documents)} have another service"
        problems.append(("services", found, allowed))
    return problems
