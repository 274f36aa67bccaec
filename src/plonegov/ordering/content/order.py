from AccessControl.class_init import InitializeClass
from AccessControl.SecurityInfo import ClassSecurityInfo
from datetime import date
from plone.supermodel import model
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.levels import reaches
from plonegov.core.identity.levels import surest
from plonegov.core.interfaces import IServiceBound
from plonegov.core.records.interfaces import IRecordIndexes
from plonegov.core.records.record import Record
from plonegov.ordering import _
from plonegov.ordering.domain.model import Channel
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.model import Transition
from plonegov.ordering.domain.retention import erasure_day
from plonegov.ordering.domain.rules import OrderFacts
from plonegov.ordering.domain.states import STATES
from plonegov.ordering.domain.verdicts import needs_acceptance
from typing import Any
from zope import schema
from zope.component import adapter
from zope.interface import implementer


#: Added to the day of an order whose clock does not run: it is never overdue.
PAUSED = 1_000_000


#: How orders come in whose mail address was typed by nobody the town has seen.
MAILED = (Channel.WEB, Channel.REST)

#: What of an order is about people, the citizens and the clerks: it is erased when the
#: order's retention is over. What a class attribute says is what is left then.
PERSONAL = (
    "applicant",
    "subject",
    "sealed_numbers",
    "registered_address",
    "owner_id",
    "assigned",
    "relation_proof",
    "relation_basis",
    "identity_document",
    "entitlement",
    "answers",
    "findings",
    "attachments",
    "unsent_files",
    "issued",
    "act",
    "former",
    "event_parts",
    "tries",
)

#: What stays: what was ordered, when, how it came in, went and ended, and figures.
KEPT = (
    "portal_type",
    "document",
    "document_title",
    "kind",
    "service",
    "language",
    "relation",
    "copies",
    "delivery",
    "price",
    "currency",
    "paid",
    "retention_days",
    "channel",
    "identity",
    "identity_asked",
    "confirmed",
    "disowned",
    "reminded",
    "motive_code",
    "closed",
    "anonymised",
    "placed",
    "due",
    "waiting_since",
    "pauses",
    "stopped",
    "ready",
    "days_used",
    "link_number",
    "key_id",
    "schema_digest",
    "findings_confirmed",
    "address_unprotected",
    "seal_code",
    "events",
)


#: A person of whom nothing is known (any more).
NOBODY: dict[str, Any] = {
    "first_name": "",
    "last_name": "",
    "birth_date": "",
    "email": "",
    "phone": "",
    "address": {
        "street": "",
        "number": "",
        "box": "",
        "postal_code": "",
        "locality": "",
        "country": "",
    },
}


class IOrder(model.Schema):
    """An order of a document; its changes go through ``plonegov.ordering.api``."""

    reference = schema.TextLine(title=_("order_reference", default="Reference"))
    document = schema.TextLine(title=_("order_document", default="Document"))
    service = schema.TextLine(title=_("order_service", default="Service"))
    due = schema.Date(title=_("order_due", default="Promised for"))


@implementer(IOrder, IServiceBound)
class Order(Record):
    """An order: who asked what about whom, and what the town did of it.

    ``channel`` is a ``domain.model.Channel``; ``identity`` the surest level that was
    reached for the applicant (``core.identity.levels.AssuranceLevel``), ``identity_asked`` the one
    that the document asks for; ``confirmed`` is when the mailed link was confirmed,
    ``disowned`` that the owner of the mail address did not order; ``closed`` the day on
    which the order ended (None: it runs), ``entitlement`` the verdict of the rules on the relation when it was placed.
    ``relation_proof`` and ``relation_basis`` are what the clerk accepted,
    ``registered_address`` what the register says, ``identity_document`` what was shown
    at the desk. ``schema_digest`` names the form that was answered and what its clerk
    confirms (see ``storage.schemas``). ``seal_code`` is the code of the sealed
    certificate (``core.registers.sealed``). ``unsent_files`` are files of an answer that was
    not sent yet, as in ``attachments``. ``former`` are documents that were replaced, as
    rows of ISO time,
    reason and file; ``tries`` counts wrong birth dates since the last right one;
    ``reminded`` are rows of ISO day and what of; ``motive_code`` names the kind of a
    rejection's reason; ``anonymised`` is the day on which people were taken out.

    ``pauses`` and ``stopped`` are of its clock (``domain.clock.Clock``);
    ``waiting_since`` is the day of the question that the citizen has not answered.
    ``ready`` is the day on which the document was made, ``days_used`` how many working
    days the town used until then.

    ``applicant`` and ``subject`` are plain dicts as in ``POST @orders`` without the
    national number, which stands encrypted in ``sealed_numbers`` (``applicant`` or
    ``subject`` to ``(key id, token)``). ``price`` is a decimal string in
    ``currency``. ``findings`` are what the clerk confirmed, ``answers`` what the
    citizen claimed; no certificate reads ``answers``.

    The class gives no types: its ``__annotations__`` are zope.annotation's.
    """

    portal_type = "plonegov.Order"

    #: Read by our own code only: no address or expression reaches them by name, so
    #: that who may view an order can't fetch its files past the log of reads.
    security = ClassSecurityInfo()
    for _name in (*PERSONAL, "applicant_name", "events"):
        security.declarePrivate(_name)

    document = ""
    document_title = {}
    kind = "certificate"
    service = ""
    language = ""
    relation = "self"
    copies = 1
    delivery = "post"
    price = "0.00"
    currency = "EUR"
    paid = False
    retention_days = 365
    assigned = ""
    owner_id = ""
    channel = "web"
    identity = "none"
    identity_asked = "none"
    confirmed = None
    disowned = False
    entitlement = {}
    relation_proof = ""
    relation_basis = ""
    registered_address = {}
    identity_document = ""
    former = ()
    tries = 0
    reminded = ()
    motive_code = ""
    closed = None
    anonymised = None
    placed = None
    due = None
    waiting_since = None
    pauses = ()
    stopped = None
    ready = None
    days_used = None
    link_number = 1
    key_id = ""
    schema_digest = ""
    applicant = NOBODY
    subject = NOBODY | {"deceased": False, "minor": False}
    sealed_numbers = {}
    answers = {}
    findings = {}
    findings_confirmed = False
    address_unprotected = False
    issued = None
    seal_code = ""
    act = None
    attachments = ()
    unsent_files = ()
    events = ()
    event_parts = {}

    def __init__(self, id=None, **kwargs):
        super().__init__(id)
        for name, value in kwargs.items():
            setattr(self, name, value)

    @property
    def reference(self) -> str:
        return self.getId()

    def Title(self) -> str:
        return self.getId()

    @property
    def applicant_name(self) -> str:
        names = (self.applicant["first_name"], self.applicant["last_name"])
        return " ".join(filter(None, names))

    @property
    def erasure_day(self) -> date | None:
        """The first day on which people are taken out of it, if it is to come."""
        return erasure_day(self.closed, self.retention_days, self.anonymised)

    @property
    def postal_address(self) -> dict[str, str]:
        """Where the document is posted: the register's address, else the typed one."""
        return self.registered_address or self.applicant["address"]

    @property
    def state(self) -> str:
        """The state of the order's workflow, without a look-up of the tool."""
        return self._last("review_state")

    @property
    def last_step(self) -> str:
        """The transition that led to the order's state; empty for a new order."""
        return self._last("action") or ""

    def _last(self, name: str) -> str:
        history = getattr(self, "workflow_history", None) or {}
        rows = history.get("plonegov_order_workflow", ())
        return rows[-1].get(name, "") if rows else ""

    @property
    def waits_for_proof(self) -> bool:
        """Whether a clerk must accept a proof of the relation."""
        return needs_acceptance(self.relation, self.entitlement.get("verdict", ""))

    def facts(self) -> OrderFacts:
        """Return what the rules of its workflow ask of the order."""
        return OrderFacts(
            kind=Kind(self.kind),
            state=State(self.state),
            findings_confirmed=self.findings_confirmed,
            relation_accepted=not self.waits_for_proof or bool(self.relation_proof),
            address_unprotected=self.address_unprotected,
            issued=self.issued is not None,
            act_attached=self.act is not None,
            delivery=Delivery(self.delivery),
            sure=reaches(self.level, AssuranceLevel(self.identity_asked)),
            registered_address=bool(self.registered_address),
            identity_document=bool(self.identity_document),
            over=self.anonymised is not None,
        )

    @property
    def level(self) -> AssuranceLevel:
        """How sure the town is of the applicant by now."""
        mailed = AssuranceLevel.EMAIL if self.confirmed else AssuranceLevel.NONE
        return surest(AssuranceLevel(self.identity), mailed)

    @property
    def unconfirmed(self) -> bool:
        """Whether the mail address still has to be confirmed."""
        mailed = self.channel in MAILED and bool(self.applicant["email"])
        return mailed and self.level is AssuranceLevel.NONE


InitializeClass(Order)


def urgency(order: Order) -> int:
    """Return what the queue sorts by: the promised day, and after all of these the
    orders whose clock does not run."""
    paused = not STATES[State(order.state)].clock_runs
    return order.due.toordinal() + PAUSED * paused


def attention(order: Order) -> str:
    """Return what of an order a clerk should notice: ``answered`` until its next step,
    ``unconfirmed`` until its mailed link was followed, or nothing."""
    state = order.state
    if state == State.IN_PROGRESS and order.last_step == Transition.ANSWER:
        return "answered"
    if state == State.SUBMITTED and order.unconfirmed:
        return "unconfirmed"
    return ""


def stand(service: str, state: str, assigned: str) -> str:
    """Return in one text whose order it is, how far it is, and whether a clerk has it:
    the queue's numbers are the sizes of these."""
    return f"{service}:{state}:{'taken' if assigned else 'free'}"


@implementer(IRecordIndexes)
@adapter(IOrder)
class OrderIndexes:
    """What the counter's own catalog holds of an order."""

    def __init__(self, order: Order) -> None:
        self.order = order

    def values(self) -> dict[str, Any]:
        order = self.order
        return {
            "reference": order.reference,
            "state": order.state,
            "document": order.document,
            "service": order.service,
            "assigned": order.assigned,
            "stand": stand(order.service, order.state, order.assigned),
            "owner": order.owner_id,
            "schema": order.schema_digest,
            "due": urgency(order),
            "promised": order.due.toordinal(),
            "placed": order.placed.isoformat(timespec="minutes"),
            "name": order.applicant_name,
            "paid": order.paid,
            "channel": order.channel,
            "attention": attention(order),
            "closed": order.closed.toordinal() if order.closed else 0,
            "erases": order.erasure_day.toordinal() if order.erasure_day else 0,
            "ready": order.ready.toordinal() if order.ready else 0,
            "used": -1 if order.days_used is None else order.days_used,
            "motive": order.motive_code,
        }
