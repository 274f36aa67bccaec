"""Decisions that have their number, on the pages of their items and by REST."""

from helpers import councils
from helpers.councils import acting
from helpers.evening import Evening
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import votes

import pytest
import transaction


JSON = {"Accept": "application/json"}


@pytest.fixture
def held(portal):
    """A sitting that was ended: its first item was adopted and has an annex."""
    evening = Evening(portal)
    with acting(portal, "secretary"):
        parts.add_annex(evening.items[0], "plan.pdf", b"%PDF-1.7")
        votes.hold_all(evening.items[:2], {"mode": "show_of_hands"}, "accept")
        councils.items.change(evening.items[2], "postpone")
        meetings.change(evening.meeting, "decide")
    transaction.commit()
    return evening


def links(desk):
    """Return the last parts of the addresses that the open page leads to."""
    found = desk.tree.xpath("//main//a/@href")
    return {url.rpartition("/")[2] for url in found}


def test_a_registered_decision_offers_its_rectification_only(held):
    item = held.items[0]
    desk = held.desk().open(item.absolute_url())
    assert "item-rectify" in links(desk)
    assert "edit-item" not in links(desk)
    assert desk.verbs() == ["set"]  # who reads an annex
    desk.open(f"{item.absolute_url()}/edit-item")
    assert desk.status == 409
    assert "Rectify a clerical error" in desk.text


def test_no_form_rewrites_a_registered_decision(held, staff):
    item, secretary = held.items[0], staff("secretary")
    path = f"deliberations/{item.getId()}"
    secretary.open(path)
    fields = {"title": "Autre", "decision": "<p>Autre</p>"}
    assert secretary.post(f"{path}/edit-item", fields) == 409
    assert "Autre" in secretary.filled("/edit-item")["decision"]
    secretary.open(path)
    file = {"annex": ("autre.pdf", b"%PDF-1.7", "application/pdf")}
    assert secretary.post(f"{path}/item-annexes", {"verb": "add"}, file) == 409
    [key] = item.parts
    gone = {"verb": "remove", "part": key}
    assert secretary.post(f"{path}/item-annexes", gone) == 409
    assert "Rectify a clerical error" in secretary.text()
    marked = {"verb": "set", "part": key, "publishable": "1"}
    assert secretary.post(f"{path}/item-annexes", marked) == 303
    item = held.fresh().items[0]
    assert (item.title, list(item.parts)) == ("Premier point", [key])
    assert item.parts[key].publishable


def test_no_program_rewrites_a_registered_decision(held, visit):
    item, session = held.items[0], visit("secretary")
    url, [key] = item.absolute_url(), item.parts
    for method, address in (("PATCH", url), ("PATCH", f"{url}/{key}"), ("DELETE", url)):
        answer = session.request(method, address, json={"title": "x"}, headers=JSON)
        assert answer.status_code in (401, 403, 405), (method, address)
    item = held.fresh().items[0]
    assert (item.title, list(item.parts)) == ("Premier point", [key])


def test_the_list_of_what_is_open_leads_to_the_empty_text(portal):
    evening = Evening(portal)
    item = evening.items[0]
    with acting(portal, "secretary"):
        votes.hold_all([item], {"mode": "show_of_hands"}, "accept")
        item.decision = ""
    transaction.commit()
    desk = evening.page("closing")
    assert "It is decided, but its text is empty" in desk.text
    desk.open(f"{item.absolute_url()}/edit-item")
    assert desk.status == 200
    assert f"{item.getId()}/edit-item" in evening.page("closing").answer.text
