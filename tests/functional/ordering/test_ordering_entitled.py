"""Who may ask is told before the form, in it, by REST, and to the clerk: with the law."""

from helpers.citizen import WHO
from helpers.stores import only_order
from lxml import html
from plone import api
from plonegov.core.languages import LANGUAGES
from plonegov.core.testing import FACTS
from plonegov.core.testing import set_facts
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from plonegov.ordering.setuphandlers import apply_counter
from zope.annotation.interfaces import IAnnotations

import pytest
import transaction


#: Language: who may not have a residence certificate, and the decree that says so.
REFUSED = {
    "fr": ("Toute autre personne", "Arrêté royal du 16 juillet 1992"),
    "nl": ("Ieder ander", "Koninklijk besluit van 16 juli 1992"),
    "en": ("Anyone else", "Royal Decree of 16 July 1992"),
    "es": ("Cualquier otra persona", "Real Decreto de 16 de julio de 1992"),
}
SPOUSE = {
    "document": "birth-act",
    "language": "fr",
    "relation": "spouse",
    "applicant": {
        "first_name": "Ada",
        "last_name": "Exemple",
        "birth_date": "1985-07-30",
    },
    "subject": {
        "first_name": "Bea",
        "last_name": "Exemple",
        "birth_date": "1984-02-01",
    },
    "delivery": "counter",
    "answers": {"form": "extract", "birth_place": "Tournai", "purpose": "Mariage"},
}


@pytest.fixture
def death_act(portal):
    """A town that issues death acts too."""
    IAnnotations(portal.REQUEST).clear()
    documents = [*FACTS["documents"], {"id": "death-act", "service": "population"}]
    with api.env.adopt_roles(["Manager"]):
        set_facts(portal, FACTS | {"documents": documents})
        apply_counter(portal)
    transaction.commit()


def rows(page) -> dict[str, str]:
    """Return who may ask and what is told to them."""
    found = {}
    for row in page.xpath("//table[contains(@class, 'pg-entitled')]/tbody/tr"):
        texts = [" ".join(cell.text_content().split()) for cell in row]
        found[texts[0]] = texts[1]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_documents_page_says_who_may_ask_and_why_not(browser, language):
    """BE: Royal Decree of 16-07-1992, article 3."""
    citizen = browser(language=language)
    page = citizen.open("counter/residence")
    who, decree = REFUSED[language]
    assert who in rows(page)
    assert decree in citizen.text()
    sources = page.xpath("//ol[contains(@class, 'pg-entitled-sources')]/li/@id")
    cited = page.xpath("//a[contains(@class, 'pg-entitled-source')]/@href")
    assert {link.rpartition("#")[2] for link in cited} == set(sources)


def test_what_is_open_to_everybody_is_told_once(death_act, browser):
    """BE: old Civil Code, article 29, § 1."""
    told = rows(browser(language="en").open("counter/death-act"))
    first, *others = told
    assert first == "Everybody"
    assert "The extract of a death act is open to everybody." in told[first]
    assert all("extract" not in told[who] for who in others)
    assert "Otherwise" in told["Anyone else"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_relation_is_told_at_once_with_reason_and_source(browser, language):
    citizen = browser(language=language)
    citizen.open("counter/residence/order")
    citizen.send({**WHO, "relation": "other"})
    assert citizen.path == "counter/residence/order/who"
    [problem] = citizen.problems()
    assert REFUSED[language][1] in problem


def test_a_form_of_the_act_that_is_closed_is_told_at_its_question(death_act, browser):
    """BE: old Civil Code, article 29, § 1/2."""
    citizen = browser(language="en")
    citizen.open("counter/death-act/order")
    citizen.send({**WHO, "relation": "other"})
    assert citizen.page.xpath("//input[@name='subject.deceased']") == []
    citizen.send({"subject.first_name": "Jules", "subject.last_name": "Exemple"})
    citizen.send({"delivery": "counter", "copies": "1"})
    asked = {"form.widgets.death_place": "Tournai", "form.widgets.purpose": "Famille"}
    citizen.send({**asked, "form.widgets.form:list": "copy"})
    assert citizen.path == "counter/death-act/order/questions"
    [problem] = citizen.problems()
    assert "not public" in problem
    citizen.send({**asked, "form.widgets.form:list": "extract"})
    assert citizen.path == "counter/death-act/order/check", citizen.problems()
    citizen.send()
    order = only_order()
    assert order.entitlement["reason"]["id"] == "open_death_extract"
    assert order.subject["deceased"] and not order.subject["birth_date"]


def test_the_upload_names_the_papers(browser):
    citizen = browser(language="en")
    citizen.open("counter/birth-act/order")
    citizen.send({**WHO, "relation": "spouse"})
    [hint] = citizen.page.xpath("//*[@id='proof-hint']")
    assert "Proof of a legitimate interest" in hint.text_content()
    assert "Only if you have one" not in hint.text_content()


def test_a_program_reads_the_rules_in_force(portal, visit):
    answer = visit("anonymous").get(
        f"{portal.absolute_url()}/@orderable-documents",
        headers={"Accept": "application/json"},
    )
    items = {item["id"]: item for item in answer.json()["items"]}
    item = items["residence"]
    assert item["relations"] == ["self", "parent", "guardian", "mandatary"]
    last = item["entitlement"][-1]
    assert (last["relations"], last["verdict"]) == (["other"], "refused")
    assert last["law"]["title"]["fr"].startswith("Arrêté royal du 16 juillet 1992")
    assert (last["valid_from"], last["valid_until"]) == ("1992-07-16", None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_program_is_told_the_reason_in_its_language(portal, visit, language):
    asked = {**SPOUSE, "document": "residence", "relation": "other"}
    answer = visit("anonymous").post(
        f"{portal.absolute_url()}/@orders",
        json={**asked, "delivery": "post", "answers": {"purpose": "x"}},
        headers={"Accept": "application/json", "Accept-Language": language},
    )
    assert answer.status_code == 400
    [error] = [e for e in answer.json()["errors"] if e["field"] == "relation"]
    assert REFUSED[language][1] in error["message"]


@pytest.fixture
def spouse(portal, visit):
    """An order of a birth act by a spouse, taken by the clerk."""
    with api.env.adopt_roles(["Service Clerk"]):
        order = orders.place(SPOUSE)
        handling.take(order)
    transaction.commit()
    return order


def stored(order):
    """Return an order as it stands now."""
    transaction.begin()
    return counter().records.get(order.reference).__of__(counter())


def accept(clerk, url, **fields):
    """Send the form by which a clerk accepts the relation."""
    page = html.fromstring(clerk.get(url).text)
    [form] = page.xpath("//form[input[@name='verb'][@value='accept_relation']]")
    data = {**dict(form.form_values()), **fields}
    return clerk.post(f"{url}/order-action", data=data)


def test_a_clerk_sees_why_and_accepts_a_proof(portal, spouse, visit):
    url, clerk = spouse.absolute_url(), visit("clerk")
    clerk.headers["Accept-Language"] = "en"
    page = html.fromstring(clerk.get(url).text)
    part = page.xpath("//section[@aria-labelledby='relation-heading']")[0]
    text = " ".join(part.text_content().split())
    assert "must prove a legitimate interest" in text
    assert "Royal Decree of 11 November 2024" in text
    assert "January 1, 2025" in text or "1 January 2025" in text
    assert part.xpath(".//input[@name='proof']/@value") == [
        "legitimate_interest",
        "register",
        "desk",
    ]
    wrong = accept(clerk, url)
    assert wrong.status_code == 400
    summary = html.fromstring(wrong.text).xpath("//*[@id='error-summary']//a/@href")
    assert summary == ["#proof"]
    done = accept(clerk, url, proof="legitimate_interest")
    assert done.status_code == 200
    order = stored(spouse)
    assert order.relation_proof == "legitimate_interest"
    assert "11 November 2024" in order.relation_basis
    page = html.fromstring(done.text)
    [back] = page.xpath("//form[input[@name='verb'][@value='take_back_relation']]")
    clerk.post(f"{url}/order-action", data=dict(back.form_values()))
    assert stored(spouse).relation_proof == ""


def test_nobody_else_accepts_a_relation(portal, spouse, visit):
    data = {"verb": "accept_relation", "proof": "desk", "basis": "Article 29"}
    for person in ("owner", "anonymous"):
        answer = visit(person).post(
            f"{spouse.absolute_url()}/order-action", data=data, allow_redirects=False
        )
        assert answer.status_code in (302, 303, 401, 403, 404)
    assert stored(spouse).relation_proof == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_free_elsewhere_is_said_before_the_form(portal, browser, language):
    """Who needs not pay must not learn it after the form (or never)."""
    free = counter()["residence"]
    title, url = free.text("free_titles", language), free.free_url
    assert title and url.startswith("https://")
    citizen = browser(language=language)
    citizen.open("counter/residence")
    [link] = citizen.page.xpath("//main//*[contains(@class, 'pg-callout-turn')]//a")
    assert link.get("href") == url
    assert link.text_content().strip() == title
    assert link.get("rel") == "external"
    [start] = citizen.page.xpath("//main//a[contains(@href, '/residence/order')]")
    after = link.xpath("following::a[contains(@href, '/residence/order')]")
    assert start in after


def test_where_nothing_is_free_elsewhere_nothing_is_said(portal, citizen):
    counter()["residence"].free_url = ""
    transaction.commit()
    citizen.open("counter/residence")
    assert not citizen.page.xpath("//main//*[contains(@class, 'pg-callout-turn')]")
    assert "elsewhere" not in citizen.text()
