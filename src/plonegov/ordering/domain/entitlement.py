"""Who may order what about whom, and what the chosen way of delivery needs: one table.

Sources: a minor is represented by a parent or guardian (BE: Civil Code art. 372 and
405; FR: Code civil art. 388-1-1 and 408); a lawyer appears for the client without
showing a proxy (BE: Judicial Code art. 440; FR: Code de procédure civile art. 417) and
a notary acts by the office, so that only a mandatary attaches a mandate; whether a
relation counts at all for a document is data of its catalogue entry, which names its
own sources.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from plonegov.core.municipality.model import Address
from plonegov.ordering.domain.identity import may_come
from plonegov.ordering.domain.model import Attachment
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.domain.model import Identity
from plonegov.ordering.domain.model import Person
from plonegov.ordering.domain.model import Relation
from plonegov.ordering.domain.model import Subject
from plonegov.ordering.domain.people import is_minor
from typing import Any


REPRESENTATIVES = (Relation.PARENT, Relation.GUARDIAN)

#: Applicants who need not be found in the register and have no link of their own to
#: prove: they act by their office, or the document is open to everybody.
UNRELATED = (Relation.LAWYER, Relation.NOTARY, Relation.OTHER)

#: Identity levels that the town reaches by mail.
BY_MAIL = (Identity.EMAIL, Identity.ACCOUNT)


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
    reached: Identity = Identity.NONE

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
        lambda d: d.relation is not None and d.relation not in d.terms.relations,
    ),
    Rule(
        "relation",
        "minor_needs_representative",
        lambda d: d.minor and d.relation not in (None, Relation.SELF, *REPRESENTATIVES),
    ),
    Rule(
        "relation",
        "relation_for_minor_only",
        lambda d: d.relation in d.terms.minor_only and not d.minor,
        after=("subject.birth_date", "subject.minor", "subject.deceased"),
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
            d.relation in d.terms.mandate_for
            and not any(file.question == "mandate" for file in d.attachments)
        ),
        after=("attachments",),
    ),
)
