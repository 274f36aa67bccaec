"""The pages of items, for those who write, review, advise on and accept them."""

from helpers.councils import acting
from helpers.councils import TEXTS
from helpers.councils import validated
from plonegov.deliberations.api import items
from plonegov.deliberations.api import store
from plonegov.deliberations.api import workload

import pytest
import transaction


WORDS = ("title", "category", "motivation", "decision")
ON_CONTAINER = ("today", "all-items", "add-item")
ON_ITEM = ("", "/item-page", "/edit-item", "/item-changes", "/item-public")


@pytest.fixture
def item(portal, staff):
    with acting(portal, "drafter"):
        made = items.draft("council", "works", TEXTS)
    transaction.commit()
    return made


def path(item, page=""):
    return f"deliberations/{item.getId()}{page}"


def fresh(item):
    store.deliberations()._p_jar.sync()
    return store.item(item.getId())


@pytest.mark.parametrize("who", ("", "citizen"))
@pytest.mark.parametrize("page", ON_CONTAINER)
def test_outsiders_see_no_page_of_the_desk(staff, who, page):
    assert staff(who).open(f"deliberations/{page}") in (302, 401, 403)


@pytest.mark.parametrize("page", ON_ITEM)
@pytest.mark.parametrize("who", ("", "citizen", "councillor", "adviser", "secretary"))
def test_a_draft_is_seen_by_its_service_only(staff, item, who, page):
    assert staff(who).open(path(item, page)) in (302, 401, 403)


def test_a_drafter_writes_an_item_and_hands_it_in(staff):
    drafter = staff("drafter")
    assert drafter.open("deliberations/add-item?body=council") == 200
    fields = {**TEXTS, "service": "works", "body": "council", "amount": "22.000,50"}
    assert drafter.post("deliberations/add-item", fields) == 303
    drafter.follow()
    assert TEXTS["title"] in drafter.text()
    store.deliberations()._p_jar.sync()
    [row] = workload.items("writing", workload.Asker(drafts=("works",))).rows
    assert store.item(row["key"]).amount == "22000.50"
    where = f"deliberations/{row['key']}"
    assert drafter.post(f"{where}/item-action", {"step": "propose"}) == 303
    assert fresh(store.item(row["key"])).state == "proposed"


def test_what_is_wrong_comes_back_with_all_that_was_typed(staff):
    drafter = staff("drafter")
    drafter.open("deliberations/add-item")
    fields = {**TEXTS, "body": "council", "category": "", "amount": "22,000"}
    assert drafter.post("deliberations/add-item", fields) == 400
    assert len(drafter.problems()) == 2
    form = drafter.filled("/add-item")
    assert form["title"] == TEXTS["title"]
    assert form["amount"] == "22,000"
    assert TEXTS["decision"] in form["decision"]


def test_what_a_colleague_saved_is_shown_and_nothing_is_lost(staff, item):
    first, second = staff("drafter"), staff("drafter")
    for each in (first, second):
        each.open(path(item, "/edit-item"))
    seen = first.filled("/edit-item")["seen"]
    theirs = {**TEXTS, "seen": seen, "decision": "<p>Article 1. Theirs.</p>"}
    mine = {**TEXTS, "seen": seen, "decision": "<p>Article 1. Mine.</p>"}
    assert first.post(path(item, "/edit-item"), theirs) == 303
    assert second.post(path(item, "/edit-item"), mine) == 409
    assert "Theirs." in second.text()
    form = second.filled("/edit-item")
    assert "Mine." in form["decision"]
    assert "Theirs." in fresh(item).decision
    again = {name: form[name] for name in (*WORDS, "seen")}
    assert second.post(path(item, "/edit-item"), again) == 303
    assert "Mine." in fresh(item).decision


def test_a_step_that_is_refused_keeps_its_reason(portal, staff):
    made = validated(portal)
    secretary = staff("secretary")
    secretary.open(path(made))
    fields = {"step": "send_back", "reason": ""}
    assert secretary.post(path(made, "/item-action"), fields) == 400
    assert secretary.problems()
    assert fresh(made).state == "validated"


def test_no_step_is_done_without_the_pages_own_form(portal, staff):
    made = validated(portal)
    secretary = staff("secretary")
    secretary.open("deliberations/nothing")
    fields = {"step": "send_back", "reason": "no form"}
    assert secretary.post(path(made, "/item-action"), fields) == 403
    assert fresh(made).state == "validated"


def test_a_step_of_nobody_is_refused(portal, staff, item):
    drafter = staff("drafter")
    drafter.open(path(item))
    assert drafter.post(path(item, "/item-action"), {"step": "validate"}) == 403
    assert fresh(item).state == "drafted"


def test_a_service_is_asked_and_gives_its_advice(staff, item):
    drafter, adviser = staff("drafter"), staff("adviser")
    drafter.open(path(item))
    wrong = {"verb": "ask", "adviser": "population", "days": "soon"}
    assert drafter.post(path(item, "/item-advice"), wrong) == 400
    asked = {"verb": "ask", "adviser": "population", "days": "5", "count": "working"}
    assert drafter.post(path(item, "/item-advice"), asked) == 303
    drafter.open(path(item))
    drafter.post(path(item, "/item-action"), {"step": "propose"})
    adviser.open("deliberations/all-items?scope=advise")
    assert TEXTS["title"] in adviser.text()
    adviser.open(path(item))
    [key] = fresh(item).parts
    given = {"verb": "give", "part": key, "opinion": "unfavourable", "text": ""}
    assert adviser.post(path(item, "/item-advice"), given) == 409
    adviser.open(path(item))
    assert (
        adviser.post(path(item, "/item-advice"), {**given, "text": "Too dear"}) == 303
    )
    assert fresh(item).parts[key].opinion == "unfavourable"
    adviser.open("deliberations/all-items?scope=advise")
    assert TEXTS["title"] not in adviser.text()


def test_a_confidential_annex_is_read_by_few_and_each_reading_is_logged(
    portal, staff, item
):
    drafter, adviser = staff("drafter"), staff("adviser")
    drafter.open(path(item))
    file = {"annex": ("plan.png", PNG, "image/png")}
    fields = {"verb": "add", "title": "Secret plan", "confidential": "1"}
    assert drafter.post(path(item, "/item-annexes"), fields, file) == 303
    [key] = fresh(item).parts
    assert drafter.open(path(item, f"/item-file?name={key}")) == 200
    assert drafter.answer.content == PNG
    drafter.open(path(item))
    drafter.post(path(item, "/item-advice"), {"verb": "ask", "adviser": "population"})
    drafter.open(path(item))
    drafter.post(path(item, "/item-action"), {"step": "propose"})
    adviser.open(path(item))
    assert "Secret plan" not in adviser.text()
    assert adviser.open(path(item, f"/item-file?name={key}")) == 404


def test_the_page_shows_what_changed_since_the_draft(portal, staff, item):
    made = fresh(item)
    made.drafted = {"motivation": made.motivation, "decision": "<p>Before.</p>"}
    drafter = staff("drafter")
    assert drafter.open(path(item, "/item-changes")) == 200
    assert drafter.page.xpath("//main//del") and drafter.page.xpath("//main//ins")


def test_the_secretary_writes_for_the_public_and_nothing_shows(portal, staff):
    made = validated(portal)
    secretary = staff("secretary")
    assert secretary.open(path(made, "/item-public")) == 200
    fields = {"title": "For all", "text": "<p>Text</p>", "verb": "keep"}
    assert secretary.post(path(made, "/item-publish"), fields) == 303
    assert fresh(made).public["title"] == "For all"
    secretary.open(path(made, "/item-public"))
    assert (
        secretary.post(path(made, "/item-publish"), {**fields, "verb": "confirm"})
        == 409
    )
    assert secretary.filled("/item-publish")["title"] == "For all"


def test_a_number_of_the_first_page_is_that_of_the_items_it_leads_to(portal, staff):
    validated(portal)
    secretary = staff("secretary")
    secretary.open("deliberations/today")
    for link in secretary.page.xpath("//main//a[contains(@href, 'scope=')]"):
        number = int(link.xpath("./strong")[0].text)
        other = staff("secretary")
        other.open("deliberations/" + link.get("href").rpartition("/")[2])
        assert len(other.page.xpath("//main//table/tbody/tr")) == number


PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00"
    b"\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02"
    b"\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)
