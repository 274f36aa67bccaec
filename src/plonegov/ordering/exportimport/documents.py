"""A town's documents as its profile wants them, and as people changed them since."""

from Acquisition import aq_base
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from plonegov.core.municipality import renewal
from plonegov.core.municipality.model import DocumentChoice
from plonegov.ordering.content.document import OrderableDocument
from plonegov.ordering.content.document import plain
from plonegov.ordering.content.document import QUESTIONS
from plonegov.ordering.content.document import typed
from plonegov.ordering.content.questionform import QuestionForm
from plonegov.ordering.domain.catalogue import CatalogueEntry
from plonegov.ordering.domain.catalogue import FOLDER
from plonegov.ordering.domain.catalogue import values
from typing import Any


PORTAL_TYPE = "plonegov.OrderableDocument"
#: What a profile may say of a document beside its id.
CHOICES = ("service", "price", "delivery_prices", "delay_days")

#: What a form stores None for, and the catalogue says empty.
EMPTY: dict[str, Any] = {
    "statement": {},
    "free_titles": {},
    "free_url": "",
}

Item = OrderableDocument | QuestionForm


def documents_of(counter) -> Iterator[OrderableDocument]:
    """Yield all documents of a counter, retired ones too."""
    for item in counter.objectValues():
        if getattr(item, "portal_type", "") == PORTAL_TYPE:
            yield item


def wanted_of(entry: CatalogueEntry, choice: DocumentChoice) -> dict[str, Any]:
    """Return what a document's attributes should be, as JSON types."""
    return values(entry, choice) | {"retired": False}


def wanted_questions(entry: CatalogueEntry) -> dict[str, Any]:
    """Return what the attributes of a document's question form should be; the words
    and questions of the town's editors are no part of the catalogue."""
    return {
        "edition": {},
        "fields_model": entry.questions,
        "actions_model": (FOLDER / "actions.xml").read_text(encoding="utf-8"),
    }


def now_of(item: Item) -> dict[str, Any]:
    """Return what the attributes of a document or question form are, as JSON types."""
    if isinstance(item, OrderableDocument):
        now = plain(item) | {"retired": bool(item.retired)}
        return {
            name: EMPTY.get(name) if value is None else value
            for name, value in now.items()
        }
    names = ("edition", "fields_model", "actions_model")
    return {name: getattr(aq_base(item), name, None) for name in names}


def is_changed(item: Item, name: str) -> bool:
    """Tell whether people changed an attribute since the last apply."""
    return name in item.applied and now_of(item)[name] != item.applied[name]


def renew(item: Item, wanted: dict[str, Any]) -> bool:
    """Bring wanted values where the item still has what was applied last; return
    whether anything was written."""
    return renewal.renew(item, wanted, now_of(item), typed)


def release(item: Item, names: tuple[str, ...]) -> None:
    """Count what people changed in attributes as untouched."""
    now = now_of(item)
    changed = {name: now[name] for name in names if is_changed(item, name)}
    if changed:
        item.applied = item.applied | changed


def digests(document: OrderableDocument, entry: CatalogueEntry) -> list[dict[str, str]]:
    """Return the digest of a document's questions: as wanted, as they are, as they
    were applied last."""
    form = document.get(QUESTIONS)
    if form is None:
        return [{"questions": _digest(wanted_questions(entry))}, {}, {}]
    sides = (wanted_questions(entry), now_of(form), form.applied)
    return [{"questions": _digest(side)} for side in sides]


def choice_of(document: OrderableDocument, entry: CatalogueEntry | None) -> dict:
    """Return the part of a profile that says what people changed in a document.

    :param entry: what the catalogue says; of the ways of delivery, only the prices
        that are others are returned.
    """
    now = now_of(document)
    found = {name: now[name] for name in CHOICES if is_changed(document, name)}
    if "delivery_prices" in found and entry is not None:
        usual = {str(way): price for way, price in entry.delivery_prices.items()}
        found["delivery_prices"] = {
            way: price
            for way, price in found["delivery_prices"].items()
            if usual.get(way) != Decimal(price)
        }
    # A way of delivery that people took away can't be said in a profile.
    return {name: value for name, value in found.items() if value != {}}


def _digest(values: dict[str, Any]) -> str:
    return sha256(repr(sorted(values.items())).encode()).hexdigest()[:12]
