"""What an editor does with a document's questions: words, own questions, publishing.

Every verb asks for ``EDIT_QUESTIONS`` on the document. What is changed waits, unseen
by citizens, until it is published; models, actions and addresses are out of reach.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from plone import api
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.records.events import actor
from plonegov.ordering.adapters.editions import catalogue_questions
from plonegov.ordering.adapters.editions import edition_of
from plonegov.ordering.adapters.editions import questions_of
from plonegov.ordering.api import versions
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.queue import RUNNING
from plonegov.ordering.content.document import OrderableDocument
from plonegov.ordering.domain.answers import COUNT_LIMIT
from plonegov.ordering.domain.errors import EditionChanged
from plonegov.ordering.domain.errors import NothingToPublish
from plonegov.ordering.domain.errors import QuestionsFull
from plonegov.ordering.domain.errors import QuestionUnknown
from plonegov.ordering.domain.errors import VersionUnknown
from plonegov.ordering.domain.formchanges import Change
from plonegov.ordering.domain.formchanges import changes
from plonegov.ordering.domain.formreading import read_own
from plonegov.ordering.domain.formreading import read_wording
from plonegov.ordering.domain.forms import AnswerType
from plonegov.ordering.domain.forms import Edition
from plonegov.ordering.domain.forms import edition_from_plain
from plonegov.ordering.domain.forms import edition_to_plain
from plonegov.ordering.domain.forms import OWN
from plonegov.ordering.domain.forms import Question
from plonegov.ordering.interfaces import EDIT_QUESTIONS
from plonegov.ordering.storage.schemas import digest_of
from typing import Any

import secrets


@dataclass(frozen=True)
class Impact:
    """Who answers the present version now: unfinished orders and running ones."""

    drafts: int
    orders: int


def require(document: OrderableDocument) -> None:
    """Refuse who may not edit a document's questions.

    :raises ActionNotAllowed: the person may not.
    """
    if not api.user.has_permission(EDIT_QUESTIONS, obj=document):
        raise ActionNotAllowed()


def draft_of(document: OrderableDocument) -> Edition:
    """Return the edition that is being worked on: pending, else the published one."""
    form = document.questions
    if form.pending is None:
        return edition_of(form)
    return edition_from_plain(form.pending["edition"])


def drafted_questions(document: OrderableDocument) -> tuple[Question, ...]:
    """Return the questions as they will be once what is pending is published."""
    return draft_of(document).of(catalogue_questions(document.questions))


def catalogue_question(document: OrderableDocument, question_id: str) -> Question:
    """Return a question as the catalogue has it.

    :raises QuestionUnknown: the catalogue's form has none with this id.
    """
    for question in catalogue_questions(document.questions):
        if question.id == question_id:
            return question
    raise QuestionUnknown()


def new_question(answer_type: AnswerType) -> Question:
    """Return an own question without words, under a new id."""
    return Question(id=f"{OWN}{secrets.token_hex(4)}", type=answer_type, titles={})


def reword(
    document: OrderableDocument, question_id: str, typed: Mapping[str, Any]
) -> None:
    """Give a catalogue question the town's words; empty ones are the catalogue's.

    :param typed: ``titles`` and ``helps`` by language.
    :raises QuestionUnknown: there is no such question.
    :raises InvalidInput: a text is wrong.
    """
    require(document)
    question = catalogue_question(document, question_id)
    wording = read_wording(typed, municipality().interface_languages, complete=False)
    _work(document, draft_of(document).reword(question, wording))


def write(
    document: OrderableDocument, question: Question, typed: Mapping[str, Any]
) -> None:
    """Add an own question, or change it.

    :param typed: see ``domain.formreading.read_own``.
    :raises InvalidInput: a text or choice is wrong.
    :raises QuestionsFull: citizens are asked too much already.
    """
    require(document)
    languages = municipality().interface_languages
    written = read_own(question, typed, languages, _new_value)
    edition = draft_of(document).put(written)
    if len(edition.of(catalogue_questions(document.questions))) > COUNT_LIMIT:
        raise QuestionsFull(limit=COUNT_LIMIT)
    _work(document, edition)


def remove(document: OrderableDocument, question_id: str) -> None:
    """Remove an own question.

    :raises QuestionNotOwn: it is the catalogue's.
    :raises QuestionUnknown: there is no such question.
    """
    require(document)
    _work(document, draft_of(document).remove(question_id))


def move(document: OrderableDocument, question_id: str, by: int) -> None:
    """Move an own question among the own ones.

    :param by: -1 up, 1 down.
    :raises QuestionNotOwn: it is the catalogue's.
    :raises QuestionUnknown: there is no such question.
    """
    require(document)
    _work(document, draft_of(document).move(question_id, by))


def discard(document: OrderableDocument) -> None:
    """Drop what is pending."""
    require(document)
    document.questions.pending = None


def take_up(document: OrderableDocument, number: int) -> None:
    """Make a former version pending, to be published again.

    :param number: its place in ``versions``, from 0.
    :raises VersionUnknown: there is no such version.
    """
    require(document)
    rows = document.questions.versions
    if not 0 <= number < len(rows):
        raise VersionUnknown()
    _work(document, edition_from_plain(rows[number]["edition"]))


def difference(document: OrderableDocument) -> tuple[Change, ...]:
    """Return what publishing would change for citizens."""
    return changes(questions_of(document.questions), drafted_questions(document))


def pending_digest(document: OrderableDocument) -> str:
    """Return what names the pending version; empty when nothing waits."""
    pending = document.questions.pending
    return "" if pending is None else digest_of(pending["edition"])


def impact(document: OrderableDocument) -> Impact:
    """Return how many people answer, or answered, the present version."""
    store = counter()
    query = {"schema": versions.digest(document), "state": list(RUNNING)}
    return Impact(
        drafts=store.drafts.unfinished(document.getId(), now()),
        orders=store.records.count(store, query),
    )


def publish(document: OrderableDocument, seen: str) -> None:
    """Publish what is pending; the former version is kept for who answers it now.

    :param seen: ``pending_digest`` of the difference that was looked at.
    :raises NothingToPublish: nothing waits.
    :raises EditionChanged: somebody changed it since.
    """
    require(document)
    form = document.questions
    if form.pending is None:
        raise NothingToPublish()
    if pending_digest(document) != seen:
        raise EditionChanged()
    versions.keep(document)
    row = _row(edition_from_plain(form.pending["edition"]))
    first = {"when": "", "who": "", "edition": form.edition}
    form.versions = (*(form.versions or (first,)), row)
    form.edition, form.pending = row["edition"], None
    versions.keep(document)


def _work(document: OrderableDocument, edition: Edition) -> None:
    """Keep an edition as pending; the published one, as it is, waits for nothing."""
    form = document.questions
    same = edition == edition_of(form)
    form.pending = None if same else _row(edition)


def _row(edition: Edition) -> dict[str, Any]:
    moment = now().isoformat(timespec="seconds")
    return {"when": moment, "who": actor(), "edition": edition_to_plain(edition)}


def _new_value() -> str:
    return f"choice_{secrets.token_hex(3)}"
