"""Who may order what about whom, and what the chosen way of delivery needs: one table.

Sources: a minor is represented by a parent or guardian (BE: Civil Code art. 372 and
405; FR: Code civil art. 388-1-1 and 408); a lawyer appears for the client without
showing a proxy (BE: Judicial Code art. 440; FR: Code de procédure civile art. 417) and
a notary acts by the office; whether a relation counts at all for a document, with which
proof and from when on, is data of its catalogue entry, which names its own sources
(``domain.verdicts``).
"""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from plonegov.core.errors import Fault
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.municipality.model import Address
from plonegov.core.typed.reader import iso_date
from plonegov.ordering.domain.identity import may_come
from plonegov.ordering.domain.model import Attachment
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.domain.model import EntitlementRule
from plonegov.ordering.domain.model import MANDATE
from plonegov.ordering.domain.model import OrderRequest
from plonegov.ordering.domain.model import Outcome
from plonegov.ordering.domain.model import Person
from plonegov.ordering.domain.model import Relation
from plonegov.ordering.domain.model import Subject
from plonegov.ordering.domain.people import is_minor
from plonegov.ordering.domain.pool import told
from plonegov.ordering.domain.verdicts import Facts
from plonegov.ordering.domain.verdicts import possible
from plonegov.ordering.domain.verdicts import verdict
from typing import Any

import re


#: Who may order about a living minor: the representatives, and everybody where the
#: document is open to everybody.
FOR_MINORS = (Relation.SELF, Relation.PARENT, Relation.GUARDIAN, Relation.OTHER)

#: The act is as old as its subject.
BIRTH_DATE = "subject.birth_date"

#: The question for the form of an act.
FORM = "form"

YEAR = re.compile(r"\d{4}", re.ASCII)

#: Applicants who need not be found in the register and have no link of their own to
#: prove: they act by their office, or the document is open to everybody.
UNRELATED = (Relation.LAWYER, Relation.NOTARY, Relation.OTHER)

#: AssuranceLevel levels that the town reaches by mail.
BY_MAIL = (AssuranceLevel.EMAIL, AssuranceLevel.ACCOUNT)


@dataclass(frozen=True)
class Draft:
    """A request as far as it could be read; what was wrong is None."""

    terms: DocumentTerms
    today: date
    relation: Relation | None
    applicant: Person
    subject: Subject
    copies: int | None
    delivery: Delivery | None
    attachments: tuple[Attachment, ...] = ()
    reached: AssuranceLevel = AssuranceLevel.NONE
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def minor(self) -> bool:
        """The subject is a living minor, by what was said or by the birth date."""
        young = is_minor(self.subject.birth_date, self.today)
        return (self.subject.minor or young) and not self.subject.deceased

    @property
    def same_number(self) -> bool:
        """Applicant and subject have one national number."""
        number = self.applicant.national_number
        return bool(number) and number == self.subject.national_number

    @property
    def needs_mandate(self) -> bool:
        """The law asks this relation for a mandate."""
        rule = (
            verdict(self.terms.entitlement, facts_of(self)) if self.relation else None
        )
        return rule is not None and MANDATE in rule.proofs


@dataclass(frozen=True)
class Rule:
    """A rule over several values: where its fault is shown, and when it is broken.

    It waits until the values of ``after`` could be read.
    """

    field: str
    code: str
    broken: Callable[[Draft], bool]
    context: Callable[[Draft], dict[str, Any]] = lambda draft: {}
    after: tuple[str, ...] = ()


RULES = (
    Rule(
        "relation",
        "relation_not_entitled",
        lambda d: d.relation is not None and d.relation not in d.terms.named,
    ),
    Rule(
        "relation",
        "minor_needs_representative",
        lambda d: d.minor and d.relation not in (None, *FOR_MINORS),
    ),
    Rule(
        "relation",
        "heir_of_deceased_only",
        lambda d: d.relation is Relation.HEIR and not d.subject.deceased,
        after=("subject.deceased",),
    ),
    Rule(
        "relation",
        "subject_is_applicant",
        lambda d: d.relation not in (None, Relation.SELF) and d.same_number,
    ),
    Rule(
        "applicant.birth_date",
        "applicant_is_minor",
        lambda d: is_minor(d.applicant.birth_date, d.today),
    ),
    Rule(
        "applicant.email",
        "email_required",
        lambda d: d.terms.identity in BY_MAIL and not d.applicant.email,
    ),
    Rule(
        "subject.deceased",
        "deceased_not_allowed",
        lambda d: d.subject.deceased and not d.terms.deceased_allowed,
    ),
    Rule(
        "subject.minor",
        "minor_by_birth_date",
        lambda d: (
            d.subject.minor
            and d.subject.birth_date is not None
            and not is_minor(d.subject.birth_date, d.today)
        ),
    ),
    Rule(
        "copies",
        "copies_out_of_range",
        lambda d: d.copies is not None and not 1 <= d.copies <= d.terms.max_copies,
        lambda d: {"most": d.terms.max_copies},
    ),
    Rule(
        "delivery",
        "delivery_not_offered",
        lambda d: d.delivery is not None and d.delivery not in d.terms.delivery_prices,
        lambda d: {"allowed": ", ".join(d.terms.delivery_prices)},
    ),
    Rule(
        "delivery",
        "delivery_needs_identity",
        lambda d: (
            d.delivery is not None
            and not may_come(d.delivery, d.terms.identity, d.reached)
        ),
    ),
    Rule(
        "delivery",
        "address_missing",
        lambda d: d.delivery is Delivery.POST and d.applicant.address == Address(),
        after=("applicant.address",),
    ),
    Rule(
        "delivery",
        "email_missing",
        lambda d: d.delivery is Delivery.EMAIL and not d.applicant.email,
        after=("applicant.email",),
    ),
    Rule(
        "attachments",
        "mandate_missing",
        lambda d: (
            d.needs_mandate
            and not any(file.question == MANDATE for file in d.attachments)
        ),
        after=("attachments",),
    ),
)


def facts_of(draft: Draft) -> Facts:
    """Return what is known of who asks, about whom, and of which act."""
    subject, form = draft.subject, draft.answers.get(FORM)
    known = bool(subject.birth_date or subject.minor or subject.deceased)
    return Facts(
        relation=draft.relation,
        today=draft.today,
        drawn_up=_drawn_up(draft),
        minor=draft.minor if known else None,
        form=form if isinstance(form, str) else "",
    )


def refusals(draft: Draft, strict: bool) -> list[Fault]:
    """Return the fault of a request that the law refuses, at what decided it.

    Each step knows more: the relation alone, then the person, then the answers.

    :param strict: nothing more will be known, so the strictest rule counts.
    """
    rules = draft.terms.entitlement
    if draft.relation is None or draft.relation not in draft.terms.named:
        return []
    facts = facts_of(draft)
    by_birth = draft.terms.act_date == BIRTH_DATE
    person = replace(facts, form="", drawn_up=facts.drawn_up if by_birth else None)
    steps = (
        ("relation", "relation_refused", Facts(facts.relation, facts.today)),
        ("relation", "person_refused", person),
    )
    for place, code, known in steps:
        found = possible(rules, known)
        if all(rule.outcome is Outcome.REFUSED for rule in found):
            return [_refusal(draft, place, code, found[-1])]
    last = verdict(rules, facts)
    if strict and last is not None and last.outcome is Outcome.REFUSED:
        return [_refusal(draft, _deciding(draft, facts), "act_refused", last)]
    return []


def decided(request: OrderRequest, terms: DocumentTerms, today: date) -> dict[str, Any]:
    """Return what the law said to a request, with its texts; its order keeps this."""
    draft = Draft(
        terms=terms,
        today=today,
        relation=request.relation,
        applicant=request.applicant,
        subject=request.subject,
        copies=request.copies,
        delivery=request.delivery,
        answers=request.answers,
    )
    rule = verdict(terms.entitlement, facts_of(draft))
    return {"relation": str(request.relation), **told(rule, terms.country)}


def _refusal(draft: Draft, place: str, code: str, rule: EntitlementRule) -> Fault:
    said = told(rule, draft.terms.country)
    context = {"reason": said["reason"]["text"], "law": said["law"]["title"]}
    return Fault(place, code, context)


def _deciding(draft: Draft, facts: Facts) -> str:
    """Return the answer by which the law refuses."""
    other_form = possible(draft.terms.entitlement, replace(facts, form=""))
    if facts.form and any(rule.outcome is not Outcome.REFUSED for rule in other_form):
        return f"answers.{FORM}"
    source = draft.terms.act_date
    return f"answers.{source}" if source not in ("", BIRTH_DATE) else "relation"


def _drawn_up(draft: Draft) -> date | None:
    """Return the day of the act; of a year that was answered alone, its last day."""
    source = draft.terms.act_date
    if source == BIRTH_DATE:
        return draft.subject.birth_date
    answer = draft.answers.get(source, "") if source else ""
    if not isinstance(answer, str):
        return None
    if YEAR.fullmatch(answer):
        return date(int(answer), 12, 31) if int(answer) else None
    try:
        return iso_date(answer)
    except InvalidValue:
        return None
