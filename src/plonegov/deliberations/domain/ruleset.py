"""The rules of law on meetings as typed rows, each dated and with its law.

A row's field says one thing that a law may change. Counts of days are calendar days
unless a field says otherwise; a share is of the members present unless it says so.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from plonegov.core.law.dated import in_force
from plonegov.core.law.laws import Law
from plonegov.core.law.laws import Texts
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.model import Asker
from plonegov.deliberations.domain.model import BodyKind
from plonegov.deliberations.domain.model import Control
from plonegov.deliberations.domain.model import Document
from plonegov.deliberations.domain.model import Interest
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Names
from plonegov.deliberations.domain.model import Part
from plonegov.deliberations.domain.model import Publication
from plonegov.deliberations.domain.model import Role
from plonegov.deliberations.domain.model import TieRule
from plonegov.deliberations.domain.model import UrgencyOf
from typing import TypeVar


Matters = tuple[Matter, ...]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What every row has: the id of its law, and the days on which it holds."""

    law: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Convocation(Rule):
    """How long before a sitting its members are called.

    ``call`` is 1, or 2 and 3 after sittings that lacked their quorum. ``working``:
    working days. ``urgent_days``: what is left in urgent cases (None: urgency changes
    nothing). ``fixed_days``: sittings on the fixed days need no call. ``names_call``:
    the call says that it is the second or third; ``recites_law``: and quotes the law.
    ``notes``: every item comes with a note or a draft.
    """

    call: int
    clear_days: int
    working: bool = False
    urgent_days: int | None = None
    fixed_days: bool = False
    names_call: bool = False
    recites_law: bool = False
    notes: bool = False


@dataclass(frozen=True, kw_only=True)
class Quorum(Rule):
    """Which share of the members in office must be exceeded by those present in person
    when an item is opened, and ``at_vote``, too; from the call ``waived_call`` on, items
    that stood on the earlier agendas need none."""

    more_than: Fraction
    at_vote: bool = False
    waived_call: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProxyRule(Rule):
    """Whether a member may vote for another one, for how many others, and for how many
    sittings in a row; ``illness_lifts`` that limit."""

    allowed: bool
    per_holder: int = 0
    sittings: int = 0
    illness_lifts: bool = False


@dataclass(frozen=True, kw_only=True)
class Secrecy(Rule):
    """Which matters are decided in secret, or which share of those present may ask for
    it on any matter; ``waivable``: a unanimous body may vote in public."""

    matters: Matters = ()
    asked_by: Fraction | None = None
    waivable: bool = False


@dataclass(frozen=True, kw_only=True)
class NamedBallot(Rule):
    """Which share of those present may ask for a vote by name, and whose names its
    minutes give; ``always``: those of any public vote, too."""

    asked_by: Fraction
    names: Names
    always: bool = False


@dataclass(frozen=True, kw_only=True)
class Majority(Rule):
    """Which share of the votes cast must be exceeded by those in favour;
    ``unless_against``: the proposal holds unless those against exceed it."""

    more_than: Fraction
    matters: Matters = ()
    unless_against: bool = False


@dataclass(frozen=True, kw_only=True)
class Tie(Rule):
    """What equal votes mean; ``president_if_urgent`` and ``president_at_tie`` (the
    number of the tie on the same matter): when the president decides after all."""

    then: TieRule
    president_if_urgent: bool = False
    president_at_tie: int | None = None


@dataclass(frozen=True, kw_only=True)
class ElectionRule(Rule):
    """How people are elected: ``absolute_rounds`` rounds by absolute majority, then one
    by plurality, between ``run_off`` times as many names as seats (0: whoever stands).
    With equal votes the eldest is elected. ``unopposed``: as many candidates as seats
    need no vote."""

    matters: Matters
    absolute_rounds: int
    run_off: int = 0
    unopposed: bool = False


@dataclass(frozen=True, kw_only=True)
class BudgetRule(Rule):
    """By what a budget's parts are voted separately, and who may ask for it."""

    matters: Matters
    part: Part
    asker: Asker


@dataclass(frozen=True, kw_only=True)
class Urgency(Rule):
    """Who recognises an urgency: of an item, ``at_least`` a share of those present (None:
    it needs no recognition); of a call, the body itself, like any proposal. ``named``:
    the names of those who do go into the minutes."""

    of: UrgencyOf
    at_least: Fraction | None = None
    named: bool = False


@dataclass(frozen=True, kw_only=True)
class Remote(Rule):
    """Whether a body may sit at a distance, in ordinary and in extraordinary times, and
    for which matters never."""

    ordinary: bool
    extraordinary: bool
    refused: Matters = ()


@dataclass(frozen=True, kw_only=True)
class Incompatibility(Rule):
    """What an interest bars from. ``degree``: up to which degree of kinship relatives'
    interests count (0: the law names none). ``may_stay`` in the room; ``counts_present``
    and ``in_base``: for the quorum."""

    interest: Interest
    may_stay: bool
    counts_present: bool
    in_base: bool
    matters: Matters = ()
    degree: int = 0


@dataclass(frozen=True, kw_only=True)
class ClosedSession(Rule):
    """When the public is kept out: ``always``, for ``matters``, or as decided by
    ``at_least`` or ``more_than`` a share of those present (and ``represented``), once
    ``asked_members`` of them want it (0: no request is needed), for all matters except
    ``never``. ``after_public``: only after the public part, but for ``first``."""

    always: bool = False
    matters: Matters = ()
    at_least: Fraction | None = None
    more_than: Fraction | None = None
    represented: bool = False
    asked_members: int = 0
    never: Matters = ()
    after_public: bool = False
    first: Matters = ()


@dataclass(frozen=True, kw_only=True)
class LateItem(Rule):
    """Until when a councillor adds an item; ``note``: only with one;
    ``college_members``: whether they may, too."""

    clear_days: int
    note: bool
    college_members: bool


@dataclass(frozen=True, kw_only=True)
class Publicity(Rule):
    """When something is published: ``clear_days`` before the sitting, or at most
    ``days_after``; ``binding_day``: which day after its publication it binds from."""

    what: Publication
    clear_days: int | None = None
    days_after: int | None = None
    binding_day: int | None = None


@dataclass(frozen=True, kw_only=True)
class FinanceAdvice(Rule):
    """From which amount on the finance director advises, and within how many working
    days; ``extended_days`` more on request, ``urgent_days`` in all when urgent."""

    threshold: Decimal
    working_days: int
    extended_days: int
    urgent_days: int


@dataclass(frozen=True, kw_only=True)
class Supervision(Rule):
    """Within how many days an act goes to the state (None: no limit); ``suspends``: it
    has no effect before."""

    control: Control
    suspends: bool
    days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Signature(Rule):
    """Who signs a document, in order; ``delegable``: with the delegation stated."""

    document: Document
    signers: tuple[Role, ...]
    delegable: bool = False


@dataclass(frozen=True)
class Rules:
    """Rows by subject, under the names that they have in the files."""

    set_id: str = ""
    day: date | None = None
    convocation: tuple[Convocation, ...] = ()
    quorum: tuple[Quorum, ...] = ()
    proxy: tuple[ProxyRule, ...] = ()
    secrecy: tuple[Secrecy, ...] = ()
    named_ballot: tuple[NamedBallot, ...] = ()
    majority: tuple[Majority, ...] = ()
    tie: tuple[Tie, ...] = ()
    election: tuple[ElectionRule, ...] = ()
    budget: tuple[BudgetRule, ...] = ()
    urgency: tuple[Urgency, ...] = ()
    remote: tuple[Remote, ...] = ()
    incompatibility: tuple[Incompatibility, ...] = ()
    closed_session: tuple[ClosedSession, ...] = ()
    late_item: tuple[LateItem, ...] = ()
    publicity: tuple[Publicity, ...] = ()
    finance_advice: tuple[FinanceAdvice, ...] = ()
    supervision: tuple[Supervision, ...] = ()
    signature: tuple[Signature, ...] = ()


#: The subjects of rules, in the order of the files.
SUBJECTS = tuple(field.name for field in fields(Rules))[2:]


@dataclass(frozen=True)
class RuleSet:
    """The law for one kind of body; ``rules`` of all times."""

    id: str
    country: str
    body: BodyKind
    titles: Texts
    laws: Mapping[str, Law]
    rules: Rules

    def on(self, day: date) -> Rules:
        """Return the rules that hold on a day, that of the sitting."""
        rows = {name: in_force(getattr(self.rules, name), day) for name in SUBJECTS}
        return Rules(set_id=self.id, day=day, **rows)


Row = TypeVar("Row", bound=Rule)


def only(rows: Sequence[Row], subject: str) -> Row:
    """Return the first row on a subject.

    :raises NoRuleInForce: there is none.
    """
    if not rows:
        raise NoRuleInForce(subject=subject)
    return rows[0]


def about(rows: Sequence[Row], matter: Matter) -> tuple[Row, ...]:
    """Return the rows on a matter, or else those that hold whatever the matter."""
    named = tuple(row for row in rows if matter in row.matters)
    return named or tuple(row for row in rows if not row.matters)
