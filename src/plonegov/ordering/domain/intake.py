"""Checks a request for a document: what ``POST @orders`` and the form both send."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import fields
from dataclasses import replace
from datetime import date
from enum import StrEnum
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.languages import LANGUAGES
from plonegov.core.typed.reader import Reader
from plonegov.ordering.domain.answers import read_answers
from plonegov.ordering.domain.attachments import read_attachments
from plonegov.ordering.domain.entitlement import Draft
from plonegov.ordering.domain.entitlement import refusals
from plonegov.ordering.domain.entitlement import RULES
from plonegov.ordering.domain.entitlement import UNRELATED
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.domain.model import OrderRequest
from plonegov.ordering.domain.model import Person
from plonegov.ordering.domain.model import Relation
from plonegov.ordering.domain.model import Subject
from plonegov.ordering.domain.people import PERSON_KEYS
from plonegov.ordering.domain.people import read_applicant
from plonegov.ordering.domain.people import read_subject
from plonegov.ordering.domain.people import SUBJECT_KEYS
from typing import Any


#: Keys of a request, in the order in which faults are shown.
KEYS = (
    "document",
    "language",
    "relation",
    "applicant",
    "subject",
    "copies",
    "delivery",
    "answers",
    "attachments",
)

Language = StrEnum("Language", list(LANGUAGES))


def examine(
    payload: Mapping[str, Any],
    terms: DocumentTerms,
    today: date,
    only: Collection[str] | None = None,
    reached: AssuranceLevel = AssuranceLevel.NONE,
) -> OrderRequest | None:
    """Return the checked request, or None when only a part was checked.

    :param payload: the JSON body of ``POST @orders``, texts as typed.
    :param today: the day in the town.
    :param only: prefixes of the fields to check (``applicant``, ``delivery``); a rule
        over several values counts where its fault is shown.
    :param reached: how sure the town is of the applicant.
    :raises InvalidInput: every wrong value, by its dotted path.
    """
    faults: list[Fault] = []
    reader = Reader(payload, KEYS, faults)
    language = _language_and_document(reader, terms)
    answers = read_answers(payload.get("answers"), faults)
    read = _draft(reader, terms, today)
    draft = replace(read, answers=answers, reached=reached)
    last = only is None or "answers" in only
    shown = _shown(faults + _broken(draft, faults, last), only)
    if shown:
        raise InvalidInput(shown)
    if only is not None:
        return None
    return OrderRequest(
        document=terms.id,
        language=language,
        relation=draft.relation,
        applicant=draft.applicant,
        subject=draft.subject,
        copies=draft.copies,
        delivery=draft.delivery,
        answers=answers,
        attachments=draft.attachments,
    )


def _broken(draft: Draft, faults: list[Fault], last: bool) -> list[Fault]:
    """Return the faults over several values, and what the law refuses.

    :param last: no later answer can mend what the law says.
    """
    broken = [
        Fault(rule.field, rule.code, rule.context(draft))
        for rule in RULES
        if not _any_below(faults, rule.after) and rule.broken(draft)
    ]
    unread = _any_below(faults, ("subject", "answers"))
    return broken + refusals(draft, strict=last and not unread)


def _language_and_document(reader: Reader, terms: DocumentTerms) -> str:
    document = reader.text("document")
    if document and document != terms.id:
        reader.fault("document", "document_differs")
    return str(reader.choice("language", Language) or "")


def _draft(reader: Reader, terms: DocumentTerms, today: date) -> Draft:
    relation = reader.choice("relation", Relation)
    applicant = read_applicant(
        reader.inner("applicant", PERSON_KEYS),
        today,
        terms.country,
        needs_birth_date=relation not in UNRELATED,
    )
    subject_reader = reader.inner("subject", SUBJECT_KEYS)
    if relation is Relation.SELF or relation is None:
        subject = _subject_of_self(reader, subject_reader, applicant)
    else:
        subject = read_subject(
            subject_reader, today, terms.country, terms.subject_deceased
        )
    return Draft(
        terms=terms,
        today=today,
        relation=relation,
        applicant=applicant,
        subject=subject,
        copies=reader.whole("copies", default=1),
        delivery=reader.choice("delivery", Delivery),
        attachments=read_attachments(
            reader.data.get("attachments"), terms.files, reader.faults
        ),
    )


def _subject_of_self(reader: Reader, subject: Reader, applicant: Person) -> Subject:
    """Return the applicant as subject; a subject that says otherwise is a fault."""
    given = reader.data.get("applicant")
    same = given if isinstance(given, Mapping) else {}
    for key in SUBJECT_KEYS:
        value = subject.data.get(key)
        if value is not False and subject.has(key) and value != same.get(key):
            subject.fault(key, "subject_differs")
    return Subject(
        **{item.name: getattr(applicant, item.name) for item in fields(Person)}
    )


def _shown(faults: list[Fault], only: Collection[str] | None) -> list[Fault]:
    """Return the faults asked for, in the order of the form, one for each field."""
    first: dict[str, Fault] = {}
    for fault in faults:
        if only is None or _any_below([fault], only):
            first.setdefault(fault.field, fault)
    return sorted(first.values(), key=lambda fault: _rank(fault.field))


def _any_below(faults: Iterable[Fault], prefixes: Iterable[str]) -> bool:
    """Return whether any fault is at one of the fields or below it."""
    below = tuple(f"{prefix}." for prefix in prefixes)
    return any(f"{fault.field}.".startswith(below) for fault in faults)


def _rank(field: str) -> int:
    head = field.partition(".")[0]
    return KEYS.index(head) if head in KEYS else len(KEYS)
