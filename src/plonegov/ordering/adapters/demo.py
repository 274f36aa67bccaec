"""Fictitious orders of fictitious citizens, in all states, the same every time."""

from datetime import date
from datetime import timedelta
from itertools import cycle
from plone import api
from plonegov.core.api import town_today
from plonegov.core.municipality.interfaces import IDemoData
from plonegov.core.records.events import backdate
from plonegov.ordering.adapters.questions import json_schema
from plonegov.ordering.api import documents
from plonegov.ordering.api import figures
from plonegov.ordering.api import handingout
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import relations
from plonegov.ordering.api.counters import counter
from plonegov.ordering.content.document import OrderableDocument
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.clock import due
from plonegov.ordering.domain.identity import IdentityDocument
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.domain.model import Finding
from plonegov.ordering.domain.model import FindingType
from plonegov.ordering.domain.model import Relation
from plonegov.ordering.domain.model import State
from typing import Any
from zope.interface import implementer


#: First name, birth date and sex-free counter of the twelve citizens; the family
#: name "Exemple" and the street "rue de l'Essai" belong to nobody.
CITIZENS = (
    ("Camille", date(1985, 7, 30)),
    ("Jeanne", date(1952, 3, 8)),
    ("Oscar", date(2001, 11, 17)),
    ("Élodie", date(1994, 1, 25)),
    ("Noé", date(2004, 6, 2)),
    ("Zoë", date(1978, 12, 31)),
    ("Θάλεια", date(1988, 9, 14)),
    ("Jean-Noël", date(1966, 5, 21)),
    ("Aïcha", date(1999, 10, 3)),
    ("D'Arcy", date(1973, 2, 11)),
    ("Lieven", date(1960, 8, 19)),
    ("Inés", date(2000, 4, 6)),
)
FAMILY = "Exemple"

#: The account that works on the orders.
CLERK = "clerk"

#: The answer to a question that takes no text, by the type in its JSON schema.
DEMO_ANSWERS: dict[str, Any] = {"boolean": True, "integer": 1}

#: How a demonstration's papers reach people.
WAYS = (Delivery.POST, Delivery.COUNTER)

#: How many orders end up in each state: 60 in all.
COUNTS = {
    State.SUBMITTED: 12,
    State.IN_PROGRESS: 8,
    State.AWAITING_CITIZEN: 6,
    State.READY: 6,
    State.DELIVERED: 18,
    State.REJECTED: 4,
    State.WITHDRAWN: 3,
    State.EXPIRED: 3,
}
DAYS = 60
#: Days ago of those that wait for the citizen: nothing closes them too soon.
WAITING_DAYS = 14

#: Every how many orders one is about the applicant's child, where that may be.
FOR_A_CHILD = 5
ACT = b"%PDF-1.7\n% Fictitious act of a demonstration, sealed by nobody.\n%%EOF\n"


def national_number(born: date, counter_of_day: int) -> str:
    """Return the Belgian national number of a birth date (97 minus the rest by 97;
    births from 2000 on are computed with a leading 2)."""
    body = f"{born:%y%m%d}{counter_of_day:03}"
    whole = int(f"2{body}" if born.year >= 2000 else body)
    return f"{body}{97 - whole % 97:02}"


@implementer(IDemoData)
class DemoOrders:
    """The sixty orders of a demonstration site."""

    def has_real_data(self, portal: Any) -> bool:
        return "counter" in portal and len(counter().records) > 0

    def create(self, portal: Any, password: str) -> None:
        states = [state for state, count in COUNTS.items() for _each in range(count)]
        citizens = cycle(range(len(CITIZENS)))
        rows = zip(states, citizens, cycle(demonstrable()), strict=False)
        for number, (state, citizen, document) in enumerate(rows):
            order = orders.place(
                _payload(citizen, document, number),
                owner="citizen" if citizen == 0 else "",
            )
            with api.env.adopt_user(username=CLERK):
                _bring_to(order, state)
            _age(order, _days_ago(state, number))
        figures.keep(counter(), figures.compute(counter()))


def demonstrable() -> list[OrderableDocument]:
    """Return the town's documents that people order for themselves, that come on
    paper and that the demonstration's clerk may handle."""
    groups = {group.getId() for group in api.group.get_groups(username=CLERK)}
    return [
        document
        for document in documents.all_documents()
        if Relation.SELF in document.terms.relations
        and not document.terms.delivery_prices.keys().isdisjoint(WAYS)
        and f"service-{document.terms.service}" in groups
    ]


def _days_ago(state: State, number: int) -> int:
    """Return how long ago an order was placed: ended ones longer."""
    if state in (State.SUBMITTED, State.IN_PROGRESS):
        return number * 7 % 9
    if state in (State.AWAITING_CITIZEN, State.READY):
        return 2 + number * 11 % (WAITING_DAYS - 2)
    return 5 + number * 11 % (DAYS - 5)


def _payload(citizen: int, document: OrderableDocument, number: int) -> dict[str, Any]:
    first_name, born = CITIZENS[citizen]
    town, terms = orders.municipality(), document.terms
    belgian = national_number(born, 901 + citizen) if town.country == "BE" else ""
    ways = [way for way in WAYS if way in terms.delivery_prices]
    return {
        "document": terms.id,
        "language": ("fr", "nl", "fr", "en")[number % 4],
        **_about(terms, number),
        "applicant": {
            "first_name": first_name,
            "last_name": FAMILY,
            "birth_date": born.isoformat(),
            "national_number": belgian,
            "email": f"citizen{citizen + 1}@demo.example" if number % 3 else "",
            "phone": "",
            "address": {
                "street": "rue de l'Essai",
                "number": str(citizen + 1),
                "postal_code": town.postal_codes[0],
                "locality": town.localities[0],
                "country": town.country,
            },
        },
        "copies": min(1 + number % 2, terms.max_copies),
        "delivery": str(ways[number % len(ways)]),
        "answers": _answers(document, town.localities[0]),
    }


def _about(terms: DocumentTerms, number: int) -> dict[str, Any]:
    """Return whom an order is about: now and then a parent orders for a child."""
    if number % FOR_A_CHILD or Relation.PARENT not in terms.relations:
        return {"relation": "self"}
    return {
        "relation": "parent",
        "subject": {
            "first_name": "Lou",
            "last_name": FAMILY,
            "birth_date": "2016-04-18",
        },
    }


def _answers(document: OrderableDocument, place: str) -> dict[str, Any]:
    """Return an answer to each question that wants one."""
    questions = json_schema(document)
    return {
        name: _answer(name, questions["properties"][name], place)
        for name in questions["required"]
    }


def _answer(name: str, question: dict[str, Any], place: str) -> Any:
    if question.get("enum"):
        return question["enum"][0]
    if question.get("format") == "date":
        return "2010-09-01"
    if question["type"] in DEMO_ANSWERS:
        return DEMO_ANSWERS[question["type"]]
    return place if name.endswith("_place") else "Démonstration"


def _bring_to(order: Order, state: State) -> None:
    """Work on an order as a clerk would until it is in a state."""
    if state == State.SUBMITTED:
        return
    handling.take(order)
    if state == State.IN_PROGRESS:
        return
    if state in (State.AWAITING_CITIZEN, State.EXPIRED):
        handling.ask(order, "Quel est votre ancien nom ? (démonstration)")
        if state == State.EXPIRED:
            handling.expire(order)
    elif state == State.REJECTED:
        handling.reject(order, "Démonstration : relation non prouvée.", _law(order))
    elif state == State.WITHDRAWN:
        handling.withdraw(order, "Démonstration")
    else:
        _issue(order)
        if state == State.DELIVERED:
            handling.hand_over(order, str(IdentityDocument.IDENTITY_CARD))


def _issue(order: Order) -> None:
    if order.waits_for_proof:
        law = order.entitlement["law"]["title"]
        relations.accept_relation(order, "register", law[order.language])
    handling.confirm_findings(order, _findings(order), address_unprotected=True)
    if order.kind == "attached":
        handling.attach_act(order, "acte-demo.pdf", ACT)
    handling.produce(order)
    if order.delivery == Delivery.POST:
        handingout.register_address(order, order.applicant["address"])
    handling.mark_paid(order)
    handling.make_ready(order)


def _law(order: Order) -> str:
    """Return the legal basis of the order's document, as a reason in law."""
    texts = documents.legal_basis(documents.find(order.document))
    return texts[orders.municipality().legal_language]


def _findings(order: Order) -> dict[str, Any]:
    """Return what the register would say; what may stay empty does."""
    known = _known(order)
    return {
        finding.id: known.get(finding.id) or _sample(finding, known)
        for finding in handling.findings_of(order)
        if finding.required
    }


def _known(order: Order) -> dict[str, Any]:
    person, address = order.subject, order.subject["address"]
    name = f"{person['last_name']} {person['first_name']}"
    return {
        "full_name": name,
        "signatory": name,
        "name": name,
        "birth_date": person["birth_date"],
        "birth_place": address["locality"],
        "address": f"{address['street']} {address['number']}, {address['locality']}",
        "as_of": order.placed.date().isoformat(),
        "relation": "Personne de référence",
        "partner_name": f"{FAMILY} Dominique",
        "nationality": "belge",
        "declared_in": address["locality"],
        "document": "Déclaration sur l'honneur",
        "until": "2019-05-31",
    }


def _sample(finding: Finding, known: dict[str, Any]) -> Any:
    """Return a value for a finding of which nothing better is known."""
    if finding.type == FindingType.ROWS:
        row = {column: known.get(column, "2010-09-01") for column in finding.columns}
        return [row]
    samples = {FindingType.DATE: "2010-09-01", FindingType.NUMBER: 1}
    return samples.get(finding.type, "Démonstration")


def _age(order: Order, days: int) -> None:
    """Move all that happened to an order into the past: it was placed so many days
    ago, and what was made took some working days."""
    today, back = town_today(), timedelta(days=days)
    order.placed -= back
    placed, calendar = town_today(order.placed), orders.working_days(order.service)
    delay = handling.terms_of(order).delay_days
    order.due = due(placed, delay, calendar)
    if order.ready:
        order.ready = min(calendar.add(placed, 1 + days % (delay + 1)), today)
        order.days_used = calendar.between(placed, order.ready)
    since = today - order.ready if order.ready else back
    for name in ("waiting_since", "closed", "stopped"):
        if getattr(order, name):
            setattr(order, name, getattr(order, name) - since)
    backdate(order, since, first=back)
    order.reindexObject()
