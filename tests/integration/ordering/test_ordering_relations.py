"""A relation other than oneself waits until a clerk accepts a named proof and basis."""

from helpers.orders import ADA
from helpers.orders import request
from helpers.people import add_person
from plone.app.testing import login
from plone.app.testing import TEST_USER_NAME
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.core.languages import LANGUAGES
from plonegov.core.records.events import entries
from plonegov.ordering.api import handingout
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import relations
from plonegov.ordering.api import verbs
from plonegov.ordering.domain.errors import RelationNotChecked
from plonegov.ordering.domain.rules import TEXT_LIMIT

import pytest


ACT = b"%PDF-1.7\n% sealed elsewhere\n%%EOF\n"
ANSWERS = {"form": "extract", "birth_place": "Tournai", "purpose": "Succession"}
SUBJECT = {"first_name": "Bea", "last_name": "Exemple", "birth_date": "1960-02-01"}
BASIS = "Ancien Code civil, article 29, § 1er/2"


@pytest.fixture
def clerk(portal):
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    add_person(portal, "worker", ["Member", "Clerk"], ["service-works"])
    login(portal, "clerk")
    yield "clerk"
    login(portal, TEST_USER_NAME)


def place(**changes):
    asked = {
        "document": "birth-act",
        "relation": "spouse",
        "subject": SUBJECT,
        "answers": ANSWERS,
    }
    order = orders.place(request(**asked | changes))
    handling.take(order)
    return order


@pytest.fixture
def order(portal, clerk):
    return place()


def to_the_desk(order):
    handling.confirm_findings(order, {}, address_unprotected=True)
    handling.attach_act(order, "acte.pdf", ACT)
    handling.produce(order)
    handingout.register_address(order, ADA["address"])
    handling.make_ready(order)


def test_the_order_keeps_what_the_law_said(order):
    """BE: old Civil Code, article 29, § 1/2, 3°; Royal Decree of 11-11-2024."""
    kept = order.entitlement
    assert (kept["relation"], kept["verdict"]) == ("spouse", "proof_needed")
    assert [proof["id"] for proof in kept["proofs"]] == ["legitimate_interest"]
    assert kept["valid_from"] == "2025-01-01"
    assert tuple(kept["reason"]["text"]) == tuple(kept["law"]["title"]) == LANGUAGES


def test_nothing_leaves_before_a_proof_is_accepted(order):
    with pytest.raises(RelationNotChecked):
        to_the_desk(order)
    relations.accept_relation(order, "legitimate_interest", BASIS)
    to_the_desk(order)
    assert order.state == "ready"


def test_what_was_accepted_is_in_the_log_with_its_basis(order):
    relations.accept_relation(order, "desk", f" {BASIS}\n")
    assert (order.relation_proof, order.relation_basis) == ("desk", BASIS)
    entry = entries(order)[-1]
    assert (entry.who, entry.action) == ("clerk", "relation_accepted")
    assert entry.details == {"proof": "desk", "law": BASIS}


def test_an_acceptance_is_taken_back_with_the_document_that_rests_on_it(order):
    relations.accept_relation(order, "register", BASIS)
    handling.attach_act(order, "acte.pdf", ACT)
    handling.produce(order)
    relations.take_back_relation(order)
    assert (order.relation_proof, order.relation_basis) == ("", "")
    assert order.issued is None and order.act is not None
    assert entries(order)[-1].action == "relation_taken_back"
    with pytest.raises(RelationNotChecked):
        handling.produce(order)


@pytest.mark.parametrize(
    ("proof", "basis", "wrong"),
    [
        ("", BASIS, {"proof": "proof_not_named"}),
        ("mandate", BASIS, {"proof": "proof_not_named"}),
        (None, BASIS, {"proof": "proof_not_named"}),
        ("desk", " ", {"basis": "basis_missing"}),
        ("desk", None, {"basis": "basis_missing"}),
        ("desk", "x" * (TEXT_LIMIT + 1), {"basis": "too_long"}),
        ("", "", {"proof": "proof_not_named", "basis": "basis_missing"}),
    ],
)
def test_only_a_named_proof_with_its_basis_is_accepted(order, proof, basis, wrong):
    with pytest.raises(InvalidInput) as refused:
        relations.accept_relation(order, proof, basis)
    assert {fault.field: fault.code for fault in refused.value.faults} == wrong
    assert order.relation_proof == ""


@pytest.mark.parametrize("verb", ["accept_relation", "take_back_relation"])
def test_only_a_clerk_of_the_service_while_the_order_is_worked_on(portal, order, verb):
    data = {"proof": "desk", "basis": BASIS}
    login(portal, "worker")
    with pytest.raises(ActionNotAllowed):
        verbs.do(order, verb, data)
    login(portal, "clerk")
    verbs.do(order, verb, data)
    handling.reject(order, "Refus", "Article 29")
    with pytest.raises(ActionNotAllowed):
        verbs.do(order, verb, data)


def test_who_orders_for_himself_or_herself_waits_for_nothing(portal, clerk):
    order = place(relation="self", subject={})
    assert not order.waits_for_proof
    to_the_desk(order)
    assert order.state == "ready"


def test_what_is_open_to_everybody_waits_for_nothing(portal, clerk):
    """BE: old Civil Code, article 29, § 1."""
    old = dict(SUBJECT, birth_date="1899-02-01", deceased=True)
    order = place(relation="other", subject=old)
    assert order.entitlement["verdict"] == "allowed"
    to_the_desk(order)


def test_a_parent_of_a_minor_waits_although_entitled(portal, clerk):
    """BE: old Civil Code, article 376: the link itself is to be seen."""
    order = place(relation="parent", subject=dict(SUBJECT, birth_date="2016-02-01"))
    assert order.entitlement["verdict"] == "allowed"
    assert relations.acceptable(order) == ("register", "desk")
    with pytest.raises(RelationNotChecked):
        to_the_desk(order)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"relation": "other"}, "relation", "person_refused"),
        (
            {"document": "residence", "relation": "other", "answers": {"purpose": "x"}},
            "relation",
            "relation_refused",
        ),
        (
            {
                "document": "residence",
                "relation": "parent",
                "answers": {"purpose": "x"},
            },
            "relation",
            "person_refused",
        ),
    ],
)
def test_what_the_law_refuses_is_never_placed(portal, clerk, changes, field, code):
    with pytest.raises(InvalidInput) as refused:
        place(**changes)
    assert {fault.field: fault.code for fault in refused.value.faults} == {field: code}
