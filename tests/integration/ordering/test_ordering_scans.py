"""Copies of identity documents go when the order is decided (GDPR, article 5(1)(e))."""

from base64 import b64encode
from helpers.orders import ADA
from helpers.orders import request
from plone import api
from plonegov.core.records.events import entries
from plonegov.ordering.adapters.roles import APPLICANT
from plonegov.ordering.api import handingout
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import relations
from plonegov.ordering.api import scans
from plonegov.ordering.api.counters import counter
from plonegov.ordering.domain.states import DECIDED
from plonegov.ordering.domain.states import STATES

import pytest


SUBJECT = {"first_name": "Bea", "last_name": "Exemple", "birth_date": "1960-02-01"}


def sent(question, size):
    data = b64encode(b"%PDF-1.4\n" + bytes(size - 9)).decode()
    return {"question": question, "filename": f"{question}.pdf", "data": data}


@pytest.fixture
def order(portal):
    """Return an order with a mandate and both sides of an identity card."""
    files = [sent("identity", 100), sent("mandate", 50), sent("identity", 100)]
    payload = request(
        relation="mandatary", subject=SUBJECT, delivery="counter", attachments=files
    )
    placed = orders.place(payload)
    with api.env.adopt_roles(["Service Clerk", APPLICANT]):
        handling.take(placed)
        yield placed


def make_ready(order):
    findings = {
        "full_name": "Exemple Bea",
        "birth_date": "1960-02-01",
        "birth_place": "Exempleville",
        "address": "Rue de l'Essai 12",
        "address_since": "2000-01-01",
    }
    relations.accept_relation(order, "desk", "Article 1984")
    handling.confirm_findings(order, findings, address_unprotected=True)
    handling.produce(order)
    handingout.register_address(order, ADA["address"])
    handling.make_ready(order)


def expire(order):
    handling.ask(order, "Which school?")
    handling.expire(order)


DECISIONS = {
    "ready": make_ready,
    "rejected": lambda order: handling.reject(order, "No such person", "Art. 3"),
    "withdrawn": handling.withdraw,
    "expired": expire,
}


def questions(order):
    return [question for question, _file in order.attachments]


@pytest.mark.parametrize("state", DECISIONS)
def test_they_are_erased_at_each_decision_and_the_log_says_so(order, state):
    before = counter().records.weights.total
    assert before == 250
    DECISIONS[state](order)
    assert order.state == state
    assert questions(order) == ["mandate"]
    issued = order.issued.getSize() if order.issued else 0
    assert counter().records.weights.total == 50 + issued
    [entry] = [one for one in entries(order) if one.action == "scans_erased"]
    assert entry.details == {"files": 2}


def test_they_stay_while_a_clerk_works(order):
    handling.ask(order, "Which school?")
    handling.answer(order, "The small one")
    assert questions(order) == ["identity", "mandate", "identity"]
    assert "scans_erased" not in [one.action for one in entries(order)]


def test_an_order_that_is_reopened_has_them_no_more(order):
    DECISIONS["rejected"](order)
    handling.reopen(order, "A mistake")
    assert questions(order) == ["mandate"]
    assert scans.erase(order) == 0
    assert [one.action for one in entries(order)].count("scans_erased") == 1


def test_what_is_decided_is_told_by_the_states():
    """A new state must say whether the document is issued or refused in it."""
    open_states = {"submitted", "in_progress", "awaiting_citizen"}
    assert {str(state) for state in STATES} - set(map(str, DECIDED)) == open_states
