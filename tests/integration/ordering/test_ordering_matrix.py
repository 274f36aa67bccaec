"""Who may do what with an order: role x service x state x action."""

from helpers.orders import ADA
from helpers.orders import request
from helpers.people import add_person
from itertools import product
from plone import api
from plone.app.testing import login
from plone.app.testing import logout
from plone.app.testing import TEST_USER_NAME
from plone.namedfile.file import NamedBlobFile
from plonegov.core.errors import PlonegovError
from plonegov.ordering.api import handingout
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import relations
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
}

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

DATA = {"text": "Texte", "motive": "Fait", "law": "Loi", "reason": "Motif"}


@pytest.fixture
def people(portal):
    for name, (roles, groups) in PEOPLE.items():
        add_person(portal, name, roles, groups)
    yield
    login(portal, TEST_USER_NAME)


@pytest.fixture
def order(portal, people):
    return orders.place(request(), owner="applicant")


def bring_to(order, state):
    """Put an order into a state past its guards, with all that its rules ask for."""
    order.findings_confirmed = True
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
    if person == "anonymous":
        logout()
    else:
        login(portal, person)
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
    if person == "anonymous":
        logout()
    else:
        login(portal, person)
    for state in State:
        bring_to(order, state)
        assert api.user.has_permission("View", obj=order) is (
            person in ("clerk", "applicant")
        )
        assert api.user.has_permission(HANDLE_ORDERS, obj=order) is (person == "clerk")
        assert not api.user.has_permission("Modify portal content", obj=order)
        assert not api.user.has_permission("Delete objects", obj=order)


VERBS = {
    "take": lambda order: handling.take(order),
    "release": lambda order: handling.release(order),
    "confirm_findings": lambda order: handling.confirm_findings(
        order, {}, address_unprotected=True
    ),
    "accept_relation": lambda order: relations.accept_relation(order, "desk", "Art."),
    "take_back_relation": lambda order: relations.take_back_relation(order),
    "attach_act": lambda order: handling.attach_act(order, "a.pdf", b"%PDF-1.7"),
    "produce": lambda order: handling.produce(order),
    "mark_paid": lambda order: handling.mark_paid(order),
    "register_address": lambda order: handingout.register_address(order, {}),
    "note": lambda order: handling.note(order, "Note"),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("person", [*PEOPLE, "anonymous"])
def test_the_other_verbs_are_for_clerks_of_the_service(portal, order, person, verb):
    if person == "anonymous":
        logout()
    else:
        login(portal, person)
    if person == "clerk":
        return
    with pytest.raises(PlonegovError) as refused:
        VERBS[verb](order)
    assert refused.value.code == "action_not_allowed"
