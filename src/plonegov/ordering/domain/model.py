"""What an order and a document that can be ordered are, as plain frozen values."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.municipality.model import Address
from plonegov.core.municipality.model import MEGABYTE
from typing import Any


class State(StrEnum):
    """The states of an order; the workflow definition is the truth."""

    SUBMITTED = "submitted"
    IN_PROGRESS = "in_progress"
    AWAITING_CITIZEN = "awaiting_citizen"
    READY = "ready"
    DELIVERED = "delivered"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Transition(StrEnum):
    """The transitions of an order; the workflow definition is the truth."""

    START = "start"
    ASK = "ask"
    ANSWER = "answer"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    MAKE_READY = "make_ready"
    HAND_OVER = "hand_over"
    REOPEN = "reopen"


class Relation(StrEnum):
    """What the applicant is to the subject; ``other`` is for documents that are open
    to everybody, whose entries ask for no link."""

    SELF = "self"
    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    GUARDIAN = "guardian"
    HEIR = "heir"
    LAWYER = "lawyer"
    NOTARY = "notary"
    MANDATARY = "mandatary"
    OTHER = "other"


class Delivery(StrEnum):
    """How the document reaches the applicant."""

    POST = "post"
    COUNTER = "counter"
    EMAIL = "email"
    DOWNLOAD = "download"


class Channel(StrEnum):
    """How an order came in: the counter's form, REST, the desk or a paper."""

    WEB = "web"
    REST = "rest"
    DESK = "desk"
    PAPER = "paper"


class Kind(StrEnum):
    """A certificate that the town draws up, or an act that comes out of a civil
    status register (federal in Belgium, the town's own in France) and that the clerk
    attaches unchanged."""

    CERTIFICATE = "certificate"
    ATTACHED = "attached"


class FindingType(StrEnum):
    """The type of a finding: text, date, number or a table of rows."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    ROWS = "rows"


@dataclass(frozen=True)
class Finding:
    """What the clerk confirms against the register and the certificate states.

    ``question`` is the id of the citizen's question shown beside it (empty: none),
    ``columns`` the titles of a table's columns (only for ``rows``).
    """

    id: str
    type: FindingType
    title: Mapping[str, str]
    question: str = ""
    required: bool = True
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class Outcome(StrEnum):
    """What the law says to somebody who asks, from best to worst."""

    ALLOWED = "allowed"
    PROOF_NEEDED = "proof_needed"
    REFUSED = "refused"


@dataclass(frozen=True)
class EntitlementRule:
    """What the law says to some relations about a document, and from when on.

    The first rule that applies counts, so that conditions stand before what holds
    without them: ``forms`` of the act that was asked for (empty: every form),
    ``minor`` the subject is a living minor or is none (None: no matter),
    ``min_age`` whole years since the act was drawn up, counted from the end of its
    year with ``from_year_end`` (a register is closed then), ``acts_from`` the first
    day on which it was drawn up. ``proofs`` are ids of which one is enough, ``reason``
    and ``law`` ids too: their texts are pooled by country (``domain.pool``).
    """

    relations: tuple[Relation, ...]
    outcome: Outcome
    reason: str
    law: str
    valid_from: date
    valid_until: date | None = None
    proofs: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    minor: bool | None = None
    min_age: int = 0
    from_year_end: bool = False
    acts_from: date | None = None

    @property
    def conditional(self) -> bool:
        """Whether it may not apply to somebody of its relations."""
        return bool(self.forms or self.min_age or self.acts_from) or (
            self.minor is not None
        )


#: The proof that is a mandate: it must come with the request.
MANDATE = "mandate"


@dataclass(frozen=True)
class FileLimits:
    """What the files of a request may take: ``largest`` is of one file, ``left`` of
    all of them together before the town's storage is full (None: not bounded), in
    bytes."""

    largest: int = 10 * MEGABYTE
    left: int | None = None


@dataclass(frozen=True)
class DocumentTerms:
    """The terms on which the town issues a document.

    ``price`` is per copy, ``delivery_prices`` are added once per order, both in
    ``currency`` (ISO 4217); ``delay_days`` are working days; ``validity_months`` 0
    means unlimited; ``retention_days`` count from the end of the order. ``country``
    (ISO 3166-1 alpha-2) is the town's: identity numbers are its own. ``entitlement``
    are the rules in force that day; ``act_date`` is where the request says when the
    act was drawn up (``subject.birth_date`` or the id of a question; empty: nowhere).
    ``subject_deceased``: it is about a person who has died, nobody is asked for that.
    ``files`` are the town's limits, not the document's.
    """

    id: str
    kind: Kind
    title: Mapping[str, str]
    identity: AssuranceLevel
    price: Decimal
    delivery_prices: Mapping[Delivery, Decimal]
    currency: str
    delay_days: int
    service: str
    findings: tuple[Finding, ...] = ()
    max_copies: int = 10
    deceased_allowed: bool = False
    validity_months: int = 0
    retention_days: int = 365
    country: str = "BE"
    entitlement: tuple[EntitlementRule, ...] = ()
    act_date: str = ""
    subject_deceased: bool = False
    files: FileLimits = FileLimits()

    @property
    def named(self) -> tuple[Relation, ...]:
        """The relations on which the law says something, refusals too."""
        return self._relations(self.entitlement)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The relations in which the document can be ordered in some case."""
        return self._relations(
            rule for rule in self.entitlement if rule.outcome is not Outcome.REFUSED
        )

    @property
    def mandate_for(self) -> tuple[Relation, ...]:
        """The relations that need a mandate in some case."""
        return self._relations(
            rule for rule in self.entitlement if MANDATE in rule.proofs
        )

    @staticmethod
    def _relations(rules: Iterable[EntitlementRule]) -> tuple[Relation, ...]:
        found = {relation for rule in rules for relation in rule.relations}
        return tuple(relation for relation in Relation if relation in found)


@dataclass(frozen=True)
class Person:
    """Applicant or subject; an unknown value is empty or None."""

    first_name: str = ""
    last_name: str = ""
    birth_date: date | None = None
    national_number: str = ""
    email: str = ""
    phone: str = ""
    address: Address = field(default_factory=Address)


@dataclass(frozen=True)
class Subject(Person):
    """Whom the document is about."""

    deceased: bool = False
    minor: bool = False


@dataclass(frozen=True)
class Attachment:
    """A file of the citizen's; ``question`` says what it answers: ``mandate`` for a
    proxy, ``identity`` for a copy of an identity document, ``proof`` for any other
    document that supports the request."""

    question: str
    filename: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class OrderRequest:
    """A checked request for a document; the verb ``place`` stores it.

    ``subject`` is the applicant when ``relation`` is self. ``answers`` are checked
    apart, against the document's form.
    """

    document: str
    language: str
    relation: Relation
    applicant: Person
    subject: Subject
    copies: int
    delivery: Delivery
    answers: Mapping[str, Any] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
