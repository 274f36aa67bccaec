"""What a clerk's page offers is what the workflow offers; one table names the verbs."""

from lxml import html
from plone import api
from plonegov.ordering.api import handling
from plonegov.ordering.api import verbs
from plonegov.ordering.browser.labels import ACTIONS
from plonegov.ordering.browser.review import MORE
from plonegov.ordering.browser.review import NEXT
from plonegov.ordering.domain.model import Transition

import pytest
import transaction


#: State: how it is reached, the primary button, the other buttons in their order.
OFFERED = {
    "submitted": ((), "take", ["ask", "reject", "withdraw", "note", "pay"]),
    "in_progress": (
        ("start",),
        "",
        ["ask", "reject", "withdraw", "note", "pay", "take"],
    ),
    "awaiting_citizen": (
        ("start", "ask"),
        "answer",
        ["reject", "withdraw", "expire", "note", "pay", "take"],
    ),
    "rejected": (("reject",), "", ["reopen", "note", "pay", "take"]),
}
DATA = {"text": "Texte", "motive": "Fait", "law": "Loi"}


@pytest.fixture
def page(portal, order, visit):
    """Return a function: the clerk's page of an order in a state."""

    def open_page(steps=()):
        with api.env.adopt_roles(["Service Clerk"]):
            handling.release(order)
            order.issued = None
            api.portal.get_tool("portal_workflow").setStatusOf(
                "plonegov_order_workflow", order, {"review_state": "submitted"}
            )
            for step in steps:
                verbs.do(order, step, DATA)
        transaction.commit()
        return html.fromstring(visit("clerk").get(order.absolute_url()).text)

    return open_page


@pytest.mark.parametrize("state", OFFERED)
def test_the_page_offers_what_the_workflow_offers(page, state):
    steps, primary, others = OFFERED[state]
    panel = page(steps).xpath("//aside[contains(@class, 'pg-case-panel')]")[0]
    first = panel.xpath("./form/input[@name='verb']/@value")
    more = panel.xpath(".//ul[contains(@class, 'pg-case-more')]")[0]
    assert first == ([primary] if primary else [])
    assert more.xpath(".//input[@name='verb']/@value") == others


def test_a_transition_that_the_workflow_withholds_has_no_button(page, portal):
    workflow = portal.portal_workflow["plonegov_order_workflow"]
    workflow.states["submitted"].transitions = ("start",)
    offered = page().xpath("//input[@name='verb']/@value")
    assert not {"ask", "reject", "withdraw"} & set(offered)
    assert "take" in offered


def test_each_transition_has_its_button():
    of_its_own = {"make_ready"}  # comes after others (``next_action``)
    assert {*MORE, *NEXT, *of_its_own} == set(map(str, Transition))


def test_an_order_lies_in_the_queue_of_its_clerk(page):
    tree = page()
    [current] = tree.xpath("//nav[contains(@class, 'pg-main')]//a[@aria-current]/@href")
    assert current.endswith("/counter/today")


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ("counter", "/counter"),
        ("counter/residence", "/counter"),
        ("counter/residence/order/who", "/counter"),
        ("counter/track", "/counter"),
        ("counter/today", "/counter/today"),
        ("counter/queue", "/counter/today"),
        ("counter/desk", "/counter/today"),
        ("counter/residence/desk-order", "/counter/today"),
        ("counter/my-absence", "/counter/today"),
        ("my-orders", "/my-orders"),
    ],
)
def test_a_page_has_the_main_entry_that_leads_to_it(portal, visit, path, end):
    answer = visit("clerk").get(f"{portal.absolute_url()}/{path}")
    tree = html.fromstring(answer.text)
    [current] = tree.xpath("//nav[contains(@class, 'pg-main')]//a[@aria-current]/@href")
    assert current.endswith(end)


def test_a_button_asks_for_what_its_verb_takes():
    for name, (_label, fields) in ACTIONS.items():
        assert tuple(field for field, _title in fields) == verbs.VERBS[name].takes


def test_every_transition_is_a_step_of_the_table():
    assert set(map(str, Transition)) <= set(verbs.STEPS) <= set(verbs.VERBS)
    assert set(verbs.CITIZEN_STEPS) <= set(verbs.STEPS)


@pytest.mark.parametrize("name", sorted(set(verbs.VERBS) - set(verbs.STEPS)))
def test_what_is_no_step_is_not_called_by_a_program(portal, order, visit, name):
    answer = visit("clerk").post(
        f"{portal.absolute_url()}/@orders/{order.reference}/{name}",
        json={},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("data", [{"motive": "x", "text": "art. 3"}, {**DATA}])
def test_a_reason_in_law_may_come_as_text(portal, order, visit, data):
    answer = visit("clerk").post(
        f"{portal.absolute_url()}/@orders/{order.reference}/reject",
        json=data,
        headers={"Accept": "application/json"},
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "rejected")


WAYS = ("@workflow", "@history", "@history?fullobjects=1", "historyview", "")


@pytest.mark.parametrize("way", WAYS)
def test_the_applicant_does_not_learn_which_clerk_it_was(portal, order, visit, way):
    answer = visit("clerk").post(
        f"{portal.absolute_url()}/@orders/{order.reference}/ask",
        json={"text": "?"},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 200
    kind = "application/json" if way[:1] in ("", "@") else "text/html"
    url = f"{order.absolute_url()}/{way}?expand=workflow,history"
    told = visit("owner").get(url, headers={"Accept": kind}).text
    for name in ('"clerk"', "@users/clerk", "author/clerk", ">clerk<"):
        assert name not in told


def test_a_clerk_reads_who_did_what(portal, order, visit):
    url = f"{portal.absolute_url()}/@orders/{order.reference}/ask"
    json = {"Accept": "application/json"}
    visit("clerk").post(url, json={"text": "?"}, headers=json)
    answer = visit("clerk").get(f"{order.absolute_url()}/@workflow", headers=json)
    assert answer.json()["history"][-1]["actor"] == "clerk"
