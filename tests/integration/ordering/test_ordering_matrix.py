"""Who may do what with an order: role x service x state x action."""

from copy import deepcopy
from helpers.orders import ADA
from helpers.orders import request
from helpers.people import add_person
from itertools import product
from plone import api
from plone.app.testing import login
from plone.app.testing import logout
from plone.app.testing import TEST_USER_NAME
from plone.namedfile.file import NamedBlobFile
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import PlonegovError
from plonegov.core.testing import FACTS
from plonegov.core.testing import set_facts
from plonegov.ordering.api import bulk
from plonegov.ordering.api import desk
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import verbs
from plonegov.ordering.api.bulk import Shown
from plonegov.ordering.domain.bulk import BULK
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.model import Transition
from plonegov.ordering.interfaces import HANDLE_ORDERS

import pytest


#: Person: roles, groups.
PEOPLE = {
    "clerk": (["Member", "Clerk"], ["service-population"]),
    "clerk-of-works": (["Member", "Clerk"], ["service-works"]),
    "clerk-of-none": (["Member", "Clerk"], []),
    "member-of-service": (["Member"], ["service-population"]),
    "drafter": (["Member", "Drafter"], ["service-population"]),
    "applicant": (["Member"], []),
    "other-citizen": (["Member"], []),
    "site-administrator": (["Member", "Site Administrator"], []),
    "manager": (["Member", "Manager"], []),
    "reviewer": (["Member", "Reviewer"], ["service-population"]),
    "secretary": (["Member", "Secretary"], ["service-population"]),
    "councillor": (["Member", "Councillor"], []),
    "records-manager": (["Member", "Records Manager"], ["service-population"]),
    "archivist": (["Member", "Archivist"], ["service-population"]),
    "local-editor": (["Member", "Local Editor", "Editor"], ["service-population"]),
    "business-owner": (["Member", "Business Owner"], ["service-population"]),
    "head-of-service": (["Member"], ["service-population"]),
}
#: Those whose many orders are asked for: the others do what one of these does.
MANY = (
    "clerk",
    "clerk-of-works",
    "applicant",
    "manager",
    "reviewer",
    "head-of-service",
)

#: State: the transitions that leave it.
EXITS = {
    State.SUBMITTED: {"start", "ask", "reject", "withdraw"},
    State.IN_PROGRESS: {"ask", "reject", "withdraw", "make_ready"},
    State.AWAITING_CITIZEN: {"answer", "reject", "withdraw", "expire"},
    State.READY: {"hand_over", "expire", "reopen"},
    State.DELIVERED: {"reopen"},
    State.REJECTED: {"reopen"},
    State.WITHDRAWN: {"reopen"},
    State.EXPIRED: {"reopen"},
}

#: What each person may do at all.
ALLOWED = {
    "clerk": {str(transition) for transition in Transition},
    "applicant": {"answer", "withdraw"},
}

#: What the clerk found in the register.
FINDINGS = {
    "full_name": "Exemple Ada",
    "birth_date": "1985-07-30",
    "birth_place": "Exempleville",
    "address": "Rue de l'Essai 12",
    "address_since": "2010-09-01",
}

DATA = {"text": "Texte", "motive": "Fait", "law": "Loi", "reason": "Motif"}


@pytest.fixture
def people(portal):
    for name, (roles, groups) in PEOPLE.items():
        add_person(portal, name, roles, groups)
    facts = deepcopy(FACTS)
    [service] = [one for one in facts["services"] if one["id"] == "population"]
    service["head"] = ["head-of-service"]
    set_facts(portal, facts)
    yield
    login(portal, TEST_USER_NAME)


@pytest.fixture
def order(portal, people):
    return orders.place(request(), owner="applicant")


def bring_to(order, state):
    """Put an order into a state past its guards, with all that its rules ask for."""
    order.findings, order.findings_confirmed = dict(FINDINGS), True
    order.address_unprotected = True
    order.issued = NamedBlobFile(b"%PDF-1.7", filename="issued.pdf")
    order.registered_address = ADA["address"]
    tool = api.portal.get_tool("portal_workflow")
    tool.setStatusOf(
        "plonegov_order_workflow", order, {"review_state": str(state), "action": ""}
    )
    tool["plonegov_order_workflow"].updateRoleMappingsFor(order)
    order.reindexObject()


@pytest.mark.parametrize("person", [*PEOPLE, "anonymous"])
def test_each_person_does_exactly_what_is_allowed(portal, order, person):
    act_as(portal, person)
    done = set()
    for state, transition in product(State, Transition):
        bring_to(order, state)
        try:
            handling.change(order, str(transition), **DATA)
        except PlonegovError:
            continue
        done.add((state, str(transition)))
    allowed = ALLOWED.get(person, set())
    assert done == {
        (state, transition)
        for state, exits in EXITS.items()
        for transition in exits & allowed
    }


@pytest.mark.parametrize("person", [*PEOPLE, "anonymous"])
def test_an_order_is_seen_by_its_service_and_its_applicant_only(portal, order, person):
    act_as(portal, person)
    for state in State:
        bring_to(order, state)
        assert api.user.has_permission("View", obj=order) is (
            person in ("clerk", "applicant")
        )
        assert api.user.has_permission(HANDLE_ORDERS, obj=order) is (person == "clerk")
        assert not api.user.has_permission("Modify portal content", obj=order)
        assert not api.user.has_permission("Delete objects", obj=order)


#: States in which what an order holds may still change.
WORKED_ON = {State.SUBMITTED, State.IN_PROGRESS, State.AWAITING_CITIZEN}
EVERY = set(State)

#: Verb that is no transition: the data it takes, the states in which a clerk may do it.
VERBS = {
    "take": ({}, EVERY),
    "release": ({}, EVERY),
    "confirm_findings": (
        {"findings": FINDINGS, "address_unprotected": True},
        WORKED_ON,
    ),
    "accept_relation": ({"proof": "desk", "basis": "Art."}, WORKED_ON),
    "take_back_relation": ({}, WORKED_ON),
    "attach_act": ({"filename": "a.pdf", "data": b"%PDF-1.7"}, WORKED_ON),
    "produce": ({}, WORKED_ON),
    "seal": ({}, set()),  # this town has no seal
    "register_address": ({"address": ADA["address"]}, WORKED_ON),
    "send_link": ({}, EVERY),
    "correct_address": ({"email": "autre@exempleville.example"}, EVERY),
    "note": ({"text": "Note"}, EVERY),
    "pay": ({}, EVERY),
    "unpay": ({}, EVERY),
}


def test_the_matrix_knows_all_verbs():
    assert set(verbs.VERBS) == {*VERBS, *map(str, Transition)}


@pytest.mark.parametrize("person", [*PEOPLE, "anonymous"])
def test_the_other_verbs_are_for_clerks_of_the_service(portal, order, person):
    act_as(portal, person)
    done = set()
    for state, verb in product(State, VERBS):
        bring_to(order, state)
        try:
            verbs.do(order, verb, VERBS[verb][0])
        except ActionNotAllowed:
            continue
        done.add((state, verb))
    assert done == {
        (state, verb)
        for verb, (_data, states) in VERBS.items()
        for state in states
        if person == "clerk"
    }


@pytest.mark.parametrize("person", [*PEOPLE, "anonymous"])
def test_orders_are_entered_at_the_desk_by_clerks_of_the_service(
    portal, people, person
):
    act_as(portal, person)
    entry = {"channel": "desk", "identity_document": "identity_card"}
    if person == "clerk":
        assert desk.enter(request(), entry).channel == "desk"
        return
    with pytest.raises(ActionNotAllowed):
        desk.enter(request(), entry)


@pytest.mark.parametrize("verb", BULK)
@pytest.mark.parametrize("person", [*MANY, "anonymous"])
def test_many_orders_are_done_with_by_clerks_of_the_service(
    portal, order, person, verb
):
    """For who sees the order it is refused; for all others there is none."""
    act_as(portal, person)
    shown = Shown.of(order)
    outcome = bulk.do_all(verb, [shown])
    if person == "clerk":
        return
    [refusal] = outcome.refused
    seen = person == "applicant"
    assert refusal.error.code == ("action_not_allowed" if seen else "record_not_found")
    assert Shown.of(order) == shown


def act_as(portal, person):
    if person == "anonymous":
        logout()
    else:
        login(portal, person)
