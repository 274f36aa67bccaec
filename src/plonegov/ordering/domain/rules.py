"""The rules that hold at an order's transitions, whoever fires them."""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from plonegov.ordering.domain.errors import ActNotAttached
from plonegov.ordering.domain.errors import AddressProtectionNotChecked
from plonegov.ordering.domain.errors import DocumentNotIssued
from plonegov.ordering.domain.errors import FindingsNotConfirmed
from plonegov.ordering.domain.errors import IdentityDocumentMissing
from plonegov.ordering.domain.errors import IdentityNotReached
from plonegov.ordering.domain.errors import MotiveMissing
from plonegov.ordering.domain.errors import MotiveUnknown
from plonegov.ordering.domain.errors import OrderAnonymised
from plonegov.ordering.domain.errors import QuestionMissing
from plonegov.ordering.domain.errors import ReasonMissing
from plonegov.ordering.domain.errors import RegisteredAddressMissing
from plonegov.ordering.domain.errors import RelationNotChecked
from plonegov.ordering.domain.errors import TextExpected
from plonegov.ordering.domain.errors import TextTooLong
from plonegov.ordering.domain.errors import TransitionRefused
from plonegov.ordering.domain.identity import ELECTRONIC
from plonegov.ordering.domain.identity import IdentityDocument
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.model import Transition
from plonegov.ordering.domain.motives import Motive
from typing import Any


#: Longest text, in characters, that a transition carries.
TEXT_LIMIT = 5000


@dataclass(frozen=True)
class OrderFacts:
    """What the rules must know of an order.

    ``relation_accepted``: a clerk accepted a proof of the relation, or none is needed
    (``domain.verdicts``); ``issued``: our PDF was produced (for an act: the covering
    letter); ``act_attached``: the register's file is there. ``sure``: the applicant
    reached the identity level that the document asks for; ``registered_address``: the
    clerk entered the register's; ``identity_document``: one was shown. ``over``: its
    retention is over, so that people are taken out of it.
    """

    kind: Kind
    state: State
    findings_confirmed: bool = False
    relation_accepted: bool = False
    address_unprotected: bool = False
    issued: bool = False
    act_attached: bool = False
    delivery: Delivery = Delivery.POST
    sure: bool = True
    registered_address: bool = False
    identity_document: bool = False
    over: bool = False


@dataclass(frozen=True)
class Needed:
    """A text that a transition needs, and the error without it."""

    name: str
    error: type[TransitionRefused]


#: The texts that any transition may carry; they are kept in the order's log.
TEXTS = ("text", "motive", "law", "reason", "comment")

#: The texts that each transition needs, by the name of the keyword argument.
NEEDED_TEXTS: Mapping[Transition, tuple[Needed, ...]] = {
    Transition.ASK: (Needed("text", QuestionMissing),),
    Transition.REJECT: (Needed("motive", MotiveMissing), Needed("law", MotiveMissing)),
    Transition.REOPEN: (Needed("reason", ReasonMissing),),
}


@dataclass(frozen=True)
class Condition:
    """A condition on the order for documents of some kinds that come in some ways, and
    the error without it."""

    holds: Callable[[OrderFacts], bool]
    error: type[TransitionRefused]
    kinds: tuple[Kind, ...] = tuple(Kind)
    ways: tuple[Delivery, ...] = tuple(Delivery)


#: A document leaves the office only when all of these hold. An act carries no current
#: address, so that address protection does not stand in its way.
ISSUING = (
    Condition(lambda facts: facts.relation_accepted, RelationNotChecked),
    Condition(
        lambda facts: facts.address_unprotected,
        AddressProtectionNotChecked,
        (Kind.CERTIFICATE,),
    ),
    Condition(
        lambda facts: facts.findings_confirmed,
        FindingsNotConfirmed,
        (Kind.CERTIFICATE,),
    ),
    Condition(lambda facts: facts.issued, DocumentNotIssued, (Kind.CERTIFICATE,)),
    Condition(lambda facts: facts.act_attached, ActNotAttached, (Kind.ATTACHED,)),
)

#: The checks that come before our PDF may be produced.
PRODUCING = tuple(
    condition
    for condition in ISSUING
    if condition.error not in (DocumentNotIssued, ActNotAttached)
)

#: What keeps a document from somebody who only claims to be the applicant.
HANDING_OUT = (
    Condition(
        lambda facts: facts.sure or facts.registered_address,
        RegisteredAddressMissing,
        ways=(Delivery.POST,),
    ),
    Condition(lambda facts: facts.sure, IdentityNotReached, ways=ELECTRONIC),
)

HANDING_OVER = (
    *HANDING_OUT,
    Condition(
        lambda facts: facts.sure or facts.identity_document,
        IdentityDocumentMissing,
        ways=(Delivery.COUNTER,),
    ),
)

CONDITIONS: Mapping[Transition, tuple[Condition, ...]] = {
    Transition.MAKE_READY: (*ISSUING, *HANDING_OUT),
    Transition.HAND_OVER: (*ISSUING, *HANDING_OVER),
}


def check_transition(
    transition: Transition, facts: OrderFacts, data: Mapping[str, Any]
) -> None:
    """Refuse a transition whose rules don't hold.

    :param data: the keyword arguments of the transition (``motive`` and ``law``
        of a rejection, which may have a ``motive_code``, ``text`` of a question,
        ``reason`` of a reopening, ``identity_document`` of a handing over).
    :raises OrderAnonymised: nobody can work on it any more.
    :raises TransitionRefused: a subclass named after the broken rule; its context
        has ``field`` when a text is missing or too long.
    """
    check_whole(facts)
    for needed in NEEDED_TEXTS.get(transition, ()):
        value = data.get(needed.name)
        if not isinstance(value, str) or not value.strip():
            raise needed.error(field=needed.name)
    for name in TEXTS:
        _check_text(name, data.get(name))
    if data.get("identity_document") in list(IdentityDocument):
        facts = replace(facts, identity_document=True)
    if data.get("motive_code") and data["motive_code"] not in tuple(Motive):
        raise MotiveUnknown(field="motive_code")
    _check_conditions(CONDITIONS.get(transition, ()), facts)


def check_whole(facts: OrderFacts) -> None:
    """Refuse to work on an order that no longer tells whom it is about (GDPR art. 5.1.e).

    :raises OrderAnonymised: its personal data are erased.
    """
    if facts.over:
        raise OrderAnonymised()


def check_producing(facts: OrderFacts) -> None:
    """Refuse to produce the PDF before the clerk's checks are done.

    :raises TransitionRefused: a subclass named after the broken rule.
    """
    _check_conditions(PRODUCING, facts)


def _check_text(name: str, value: Any) -> None:
    if not isinstance(value, str | None):
        raise TextExpected(field=name)
    if value and len(value) > TEXT_LIMIT:
        raise TextTooLong(field=name, limit=TEXT_LIMIT)


def _check_conditions(conditions: tuple[Condition, ...], facts: OrderFacts) -> None:
    for condition in conditions:
        concerned = facts.kind in condition.kinds and facts.delivery in condition.ways
        if concerned and not condition.holds(facts):
            raise condition.error()
