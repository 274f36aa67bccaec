"""Two clerks on one order: the second one is told what the first one did."""

from helpers.people import add_person
from helpers.people import PASSWORD
from helpers.stores import only_order
from plone import api
from plonegov.core.records.events import entries

import pytest
import requests
import transaction


FINDINGS = {
    "findings.full_name": "Exemple Ada",
    "findings.birth_date": "1985-07-30",
    "findings.birth_place": "Exempleville",
    "findings.address": "Rue de l'Essai 12",
    "findings.address_since": "2010-09-01",
}


@pytest.fixture
def clerks(portal, order, browser):
    """Two clerks of one service, each with the page of one order before them."""
    add_person(portal, "colleague", ["Member", "Clerk"], ["service-population"])
    with api.env.adopt_roles(["Manager"]):
        colleague = api.user.get("colleague")
        colleague.setMemberProperties({"fullname": "Claude Guichet"})
    transaction.commit()
    both = [browser(), browser()]
    for each, account in zip(both, ("clerk", "colleague"), strict=True):
        each.session.auth = (account, PASSWORD)
        each.open(f"counter/{order.reference}")
    return both


def form(page, verb):
    """Return the form of a verb."""
    *_others, found = page.page.xpath(f"//form[input[@name='verb'][@value='{verb}']]")
    return found


def again(page):
    [found] = page.page.xpath("//*[@id='changed']//form")
    return found


def done(order):
    transaction.begin()
    return [entry.action for entry in entries(only_order())]


def test_each_form_that_acts_says_what_it_has_seen(order, clerks):
    forms = clerks[0].page.xpath("//form[contains(@action, '/order-action')]")
    assert len(forms) > 5
    for each in forms:
        assert each.xpath("input[@name='seen']/@value") == [str(len(order.events))]


def test_the_second_is_told_who_did_what_and_when(order, clerks):
    second, first = clerks
    first.send({"text": "Which school?"}, form=form(first, "note"))
    before = done(order)
    second.send({"text": "Quel quartier ?"}, form=form(second, "ask"))
    assert second.answer.status_code == 409
    assert done(order) == before
    [told] = second.page.xpath("//*[@id='changed']//li")
    text = " ".join(told.text_content().split())
    assert "Claude Guichet" in text
    assert "Internal note" in text
    assert "Which school?" in text
    assert told.xpath(".//time/@datetime") == [
        entries(only_order())[-1].when.isoformat()
    ]


def test_one_click_sends_all_again(order, clerks):
    second, first = clerks
    first.send(form=form(first, "pay"))
    second.send({"text": "Quel quartier ?"}, form=form(second, "ask"))
    second.send(form=again(second))
    assert second.answer.status_code == 200
    assert done(order)[-2:] == ["paid", "ask"]
    assert entries(only_order())[-1].details == {"text": "Quel quartier ?"}


def test_what_was_typed_stands_in_its_form_too(order, clerks):
    second, first = clerks
    first.send(form=form(first, "pay"))
    second.send({"motive": "Fait", "law": "Loi"}, form=form(second, "reject"))
    fields = dict(form(second, "reject").form_values())
    assert (fields["motive"], fields["law"]) == ("Fait", "Loi")
    assert fields["seen"] == str(len(only_order().events))


def test_findings_that_differ_stand_side_by_side(order, clerks):
    second, first = clerks
    first.send(FINDINGS, form=form(first, "confirm_findings"))
    assert first.answer.status_code == 200
    other = {**FINDINGS, "findings.address": "Rue Neuve 1"}
    second.send(
        {**other, "address_unprotected": "1"}, form=form(second, "confirm_findings")
    )
    assert second.answer.status_code == 409
    [row] = second.page.xpath("//*[@class='pg-case-differences']/li")
    texts = [" ".join(text.text_content().split()) for text in row.xpath("span")]
    assert texts == ["It says now: Rue de l'Essai 12", "You wrote: Rue Neuve 1"]
    transaction.begin()
    assert only_order().findings["address"] == "Rue de l'Essai 12"
    second.send(form=again(second))
    transaction.begin()
    assert only_order().findings["address"] == "Rue Neuve 1"
    assert only_order().address_unprotected


def test_a_page_that_is_stale_again_is_refused_again(order, clerks):
    second, first = clerks
    first.send(form=form(first, "pay"))
    second.send({"text": "a"}, form=form(second, "note"))
    first.send(form=form(first, "unpay"))
    second.send(form=again(second))
    assert second.answer.status_code == 409
    [told] = second.page.xpath("//*[@id='changed']//li//strong")
    assert told.text_content() == "Marked as not paid"


def test_a_program_may_say_what_it_has_seen(portal, order):
    session = requests.Session()
    session.auth = ("clerk", PASSWORD)
    session.headers["Accept"] = "application/json"
    address = f"{portal.absolute_url()}/@orders/{order.reference}"
    seen = session.get(address).json()["seen"]
    assert seen == len(order.events)
    step = {"text": "Which school?", "seen": seen}
    assert session.post(f"{address}/ask", json=step).status_code == 200
    answer = session.post(f"{address}/answer", json=step)
    assert (answer.status_code, answer.json()["type"]) == (409, "order_changed")
    wrong = session.post(f"{address}/answer", json={"seen": "x"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "seen")
    assert session.post(f"{address}/answer", json={}).status_code == 200
