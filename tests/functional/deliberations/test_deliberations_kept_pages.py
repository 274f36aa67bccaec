"""Decisions that have their number, on the pages of their items and by REST."""

from datetime import date
from helpers import councils
from helpers.councils import acting
from helpers.evening import Evening
from plonegov.core.ops.readlog import reads_of
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import numbering
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import store
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


def test_an_item_is_sent_on_once_and_only_when_that_is_sure(portal, staff):
    made = councils.validated(portal, "college")
    secretary = staff("secretary")
    path = f"deliberations/{made.getId()}"
    secretary.open(path)
    fields = {"step": "send_to", "body": "council"}
    assert secretary.post(f"{path}/item-action", fields) == 400
    assert "Tick the box" in secretary.text()
    [box] = secretary.page.xpath("//input[@id='send-sure']")
    assert box.xpath("ancestor::details/@open") == ["open"]
    sure = fields | {"sure": "1"}
    assert secretary.post(f"{path}/item-action", sure) == 303
    copy = secretary.answer.headers["Location"].partition("#")[0].rpartition("/")[2]
    secretary.open(path)
    offered = secretary.page.xpath("//select[@id='send-body']/option/@value")
    assert "council" not in offered
    assert secretary.post(f"{path}/item-action", sure) == 409
    [target] = secretary.page.xpath("//*[@id='error-summary']//a/@href")
    place = target.rpartition("#")[2]
    [link] = secretary.page.xpath(f"//a[@id='{place}']/@href")
    assert link.endswith(f"/{copy}")
    store.deliberations()._p_jar.sync()
    assert len(store.item(made.getId()).copies) == 1


def test_a_draft_is_not_offered_to_another_body(portal, staff):
    with acting(portal, "drafter"):
        made = councils.items.draft("college", "works", councils.TEXTS)
        councils.items.change(made, "propose")
    with acting(portal, "reviewer"):
        councils.items.change(made, "review_1")
    with acting(portal, "second"):
        councils.items.change(made, "review_2")
    secretary = staff("secretary")
    assert secretary.open(f"deliberations/{made.getId()}") == 200
    assert not secretary.page.xpath("//select[@id='send-body']")


def test_a_new_decision_is_linked_with_the_one_that_it_changes(held, staff):
    item, drafter, secretary = held.items[0], staff("drafter"), staff("secretary")
    path = f"deliberations/{item.getId()}"
    drafter.open(path)
    assert drafter.post(f"{path}/item-action", {"step": "renew"}) == 303
    drafter.follow()
    number = "{}/{}".format(*item.registered)
    assert "Changes or replaces" in drafter.text()
    assert number in drafter.text()
    new = drafter.answer.url.partition("#")[0].rpartition("/")[2]
    drafter.open(path)
    assert "Changed or replaced by" in drafter.text()
    assert drafter.page.xpath(f"//main//a[contains(@href, '{new}')]")
    assert not drafter.page.xpath("//input[@value='renew']")
    secretary.open(path)
    assert "A new decision is under way" in secretary.text()
    assert not secretary.page.xpath(f"//main//a[contains(@href, '{new}')]")


def test_the_secretary_leaves_a_new_decision_to_its_service(held, staff):
    item, secretary = held.items[0], staff("secretary")
    path = f"deliberations/{item.getId()}"
    secretary.open(path)
    assert secretary.post(f"{path}/item-action", {"step": "renew"}) == 303
    assert secretary.follow() == 200
    assert "A new decision is under way" in secretary.text()


def test_a_member_reads_a_confidential_annex_and_that_is_logged(held, portal, staff):
    """CDLD, article L1122-10: nothing is withheld from the members of the body."""
    item = held.items[0]
    [key] = item.parts
    with acting(portal, "secretary"):
        parts.set_annex(parts.annexes(item)[0], confidential=True, publishable=False)
    transaction.commit()
    member, other = staff("councillor"), staff("adviser")
    path = f"deliberations/{item.getId()}"
    assert member.open(path) == 200
    assert "plan.pdf" in member.text()
    assert member.open(f"{path}/item-file?name={key}") == 200
    assert other.open(f"{path}/item-file?name={key}") in (302, 401, 403, 404)
    [read] = reads_of(item.parts[key].UID(), date.today())
    assert (read.action, read.user) == ("open_annex", "councillor")


def test_a_rectification_reaches_the_public_once_it_is_confirmed(held, portal, visit):
    item, anybody = held.items[0], visit("anonymous")
    with acting(portal, "secretary"):
        publishing.prepare(item, "Titre public", "<h2>Objet</h2><p>Cent euros.</p>")
        publishing.confirm(item)
        new = {"decision": "<p>Article 1. Corrigé.</p>"}
        numbering.rectify(item, "Mme Untel a mal compté", new)
    transaction.commit()
    url = f"{portal.absolute_url()}/decisions/{item.getId()}"
    assert "Rectified on" not in anybody.get(url).text
    today = held.desk().open("deliberations/today")
    assert "scope=republish" in today.answer.text
    desk = held.desk().open("deliberations/all-items?scope=republish")
    assert "Premier point" in desk.text
    desk.open(f"{item.absolute_url()}/item-public")
    assert "The public still reads the text from before" in desk.text
    assert "Article 1. Corrigé." in desk.text
    assert desk.value("rectified") == "Mme Untel a mal compté"
    desk.press("confirm", rectified="", text="<p>Mille euros.</p>")
    assert desk.tree.xpath("//*[@id='error-summary']//a/@href") == ["#rectified"]
    assert "Cent euros" in anybody.get(url).text
    desk.press("confirm", rectified="Un montant a été corrigé.")
    assert desk.status == 200
    assert "The public still reads" not in desk.text
    page = anybody.get(url).text
    assert "Mme Untel" not in page
    assert "Rectified on" in page
    assert page.count("Un montant a été corrigé.") == 2
    assert "Mille euros." in page
    assert "Cent euros." in page
    told = anybody.get(url, headers=JSON).json()
    [former] = told["former"]
    assert (told["version"], former["version"]) == (2, 1)
    assert (former["title"], former["reason"]) == (
        "Titre public",
        "Un montant a été corrigé.",
    )
    assert "Cent euros." in former["text"]
    assert 'scope=republish"' in held.desk().open("deliberations/today").answer.text


def test_who_rectifies_is_led_to_what_the_public_reads(held, portal):
    item = held.items[0]
    with acting(portal, "secretary"):
        publishing.prepare(item, "Titre public", "<p>Cent euros.</p>")
        publishing.confirm(item)
    transaction.commit()
    desk = held.desk().open(f"{item.absolute_url()}/item-rectify")
    assert "item-public" not in links(desk)
    desk.press("rectify", reason="Faute", decision="<p>Article 1. Corrigé.</p>")
    assert "The public still reads the text from before" in desk.text
    assert "item-public" in links(desk)
