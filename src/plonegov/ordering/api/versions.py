"""The version of a form that an order answered, and what changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from plonegov.core.api import now
from plonegov.core.errors import RecordNotFound
from plonegov.ordering.adapters.editions import questions_of
from plonegov.ordering.api.counters import counter
from plonegov.ordering.content.document import OrderableDocument
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.catalogue import finding_from_plain
from plonegov.ordering.domain.catalogue import finding_to_plain
from plonegov.ordering.domain.formchanges import carried
from plonegov.ordering.domain.formchanges import Change
from plonegov.ordering.domain.formchanges import changes
from plonegov.ordering.domain.formchanges import to_ask
from plonegov.ordering.domain.forms import Question
from plonegov.ordering.domain.forms import question_to_plain
from plonegov.ordering.domain.forms import questions_from_plain
from plonegov.ordering.domain.model import Finding
from plonegov.ordering.storage.schemas import digest_of
from typing import Any


@dataclass(frozen=True)
class Version:
    """A form as it was answered: its questions, and what its clerk confirms."""

    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class News:
    """What changed in a form since some content was typed.

    ``content`` is what still holds of it, ``asked`` are the questions to be asked.
    """

    content: dict[str, Any]
    changes: tuple[Change, ...] = ()
    asked: frozenset[str] = frozenset()


def digest(document: OrderableDocument) -> str:
    """Return the digest of a document's present form; nothing is stored."""
    return digest_of(_plain(document))


def keep(document: OrderableDocument) -> str:
    """Store a document's present form where it is not stored yet; return its digest."""
    return counter().schemas.keep(_plain(document), now())


def get(found: str) -> Version | None:
    """Return a stored form by its digest, or None."""
    plain = counter().schemas.get(found)
    if plain is None:
        return None
    return Version(
        questions_from_plain(plain["questions"]),
        tuple(map(finding_from_plain, plain["findings"])),
    )


def of_order(order: Order) -> Version:
    """Return the form that an order answered, whatever became of it since.

    :raises RecordNotFound: the order was not placed by the counter's own verb.
    """
    found = get(order.schema_digest)
    if found is None:
        raise RecordNotFound()
    return found


def news(document: OrderableDocument, content: Mapping[str, Any]) -> News:
    """Return what changed since the answers of a draft's content were given.

    :param content: as in the draft; ``schema`` is the digest of the form that was
        answered.
    """
    answered = content.get("schema", "")
    if not answered or answered == digest(document):
        return News(dict(content))
    former = get(answered)
    old = () if former is None else former.questions
    new = questions_of(document.questions)
    answers, typed = content["answers"], content.get("typed", {})
    kept = carried(answers, old, new)
    still = {
        "answers": kept,
        "typed": {name: typed[name] for name in kept if name in typed},
    }
    return News({**content, **still}, changes(old, new), to_ask(answers, old, new))


def _plain(document: OrderableDocument) -> dict[str, Any]:
    questions = questions_of(document.questions)
    return {
        "questions": [question_to_plain(question) for question in questions],
        "findings": [finding_to_plain(one) for one in document.terms.findings],
    }
