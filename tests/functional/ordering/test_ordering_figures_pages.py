"""The pages and files with figures, the clock on pages, kinds of rejections over REST."""

from csv import DictReader
from datetime import timedelta
from helpers.canaries import CANARY
from helpers.orders import request
from helpers.people import PASSWORD
from helpers.rest import RestSession
from io import StringIO
from lxml import html
from plone import api
from plonegov.core.api import town_today
from plonegov.core.ops.interfaces import IJob
from plonegov.ordering.api import documents
from plonegov.ordering.api import handling
from plonegov.ordering.api import links
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from plonegov.ordering.browser.publicfigures import COLUMNS
from plonegov.ordering.domain.figures import Cell
from plonegov.ordering.domain.figures import Delay
from urllib.parse import urlsplit
from zope.component import getUtility

import pytest
import transaction


MADE = ((1, False, 6), (2, False, 5), (9, True, 1))


@pytest.fixture
def figures(portal, order):
    """Keep figures of a year with enough orders to be told, and of one with too few."""
    year = town_today().year
    cells = [
        Cell(f"{year - 1}-12", "population", "residence", "web", 3),
        Cell(f"{year}-01", "population", "household", "desk", 2),
        Cell(f"{year}-01", "population", "residence", "web", 20, MADE, (("other", 2),)),
        Cell(f"{year}-01", "population", "residence", "desk", 6),
        Cell(f"{year}-01", "works", "birth-act", "web", 7),
    ]
    counter().counted.keep(town_today(), cells, {"residence": Delay(1, 2, 12)})
    transaction.commit()
    return year


def rows(text):
    return list(DictReader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def texts(page):
    return " ".join(page.xpath("//main")[0].text_content().split())


def test_the_open_data_hold_no_small_number(portal, figures, visit):
    answer = visit("anonymous").get(
        f"{portal.absolute_url()}/counter/orders-figures.csv"
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert 'rel="license"' in answer.headers["Link"]
    answer.encoding = "utf-8"
    found = rows(answer.text)
    assert tuple(found[0]) == COLUMNS
    assert [(row["year"], row["document"], row["orders"]) for row in found] == [
        (str(figures), "residence", "26"),
        (str(figures), "other", "9"),
    ]
    residence = found[0]
    assert residence["web"] == "20"
    assert residence["made_ready"] == "12"
    assert residence["in_time_percent"] == "92"
    assert (residence["median_days"], residence["p90_days"]) == ("1", "2")
    assert residence["rejected"] == ""
    assert not CANARY.search(answer.content)


def test_the_public_page_tells_what_the_file_tells(citizen, figures):
    page = citizen.open("counter/orders-figures")
    assert citizen.answer.status_code == 200
    tables = {
        section.get("aria-labelledby"): [
            [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]
            for row in section.xpath(".//tbody/tr")
        ]
        for section in page.xpath("//section[contains(@class, 'pg-figure')]")
    }
    documents = tables["documents-heading"]
    assert [row[1] for row in documents] == ["26", "9"]
    assert documents[0][-1] == "–"
    assert tables["delays-heading"][0][1:] == ["12", "3", "1", "2", "92%"]
    assert page.xpath("//a[contains(@href, 'orders-figures.csv')]")
    assert not CANARY.search(citizen.answer.content)


def test_each_chart_has_title_description_and_table(citizen, figures):
    page = citizen.open("counter/orders-figures")
    charts = page.xpath("//main//*[local-name()='svg'][@role='img']")
    assert len(charts) == 4
    for chart in charts:
        named = chart.get("aria-labelledby").split()
        assert all(page.xpath(f"//*[@id='{name}']")[0].text for name in named)
        assert chart.getparent().xpath(".//details//table//th[@scope='col']")


def test_without_figures_the_page_says_so(citizen, portal):
    citizen.open("counter/orders-figures")
    assert citizen.answer.status_code == 200
    assert "too few orders" in citizen.text()


@pytest.mark.parametrize(
    ("who", "status"),
    [("citizen", 403), ("drafter", 403), ("clerk", 200), ("itstaff", 200)],
)
def test_figures_are_for_clerks_and_administrators(portal, figures, visit, who, status):
    answer = visit(who).get(f"{portal.absolute_url()}/counter/figures")
    assert answer.status_code == status
    assert not CANARY.search(answer.content)


@pytest.mark.parametrize(
    ("who", "seen", "hidden"),
    [("clerk", "residence", "birth-act"), ("works-clerk", "birth-act", "residence")],
)
def test_a_clerk_sees_the_own_services(portal, figures, visit, who, seen, hidden):
    session = visit(who)
    session.headers["Accept-Language"] = "en"
    page = html.fromstring(
        session.get(f"{portal.absolute_url()}/counter/figures?year={figures}").text
    )
    found = texts(page)
    titles = {
        name: documents.find(name).text("titles", "en") for name in (seen, hidden)
    }
    assert titles[seen] in found
    assert titles[hidden] not in found


def test_the_stored_figures_have_no_address(portal, figures, visit):
    for who in ("anonymous", "clerk"):
        answer = visit(who).get(f"{portal.absolute_url()}/counter/counted")
        assert answer.status_code in (401, 403, 404) or "login" in answer.url


def test_the_document_page_and_rest_tell_the_real_delay(portal, figures, citizen):
    citizen.open("counter/residence")
    assert "half of the people had it within 1 working day" in citizen.text()
    citizen.open("counter/household")
    assert "half of the people" not in citizen.text()
    with RestSession(portal.absolute_url()) as session:
        items = {
            item["id"]: item["real_delay"]
            for item in session.get("/@orderable-documents").json()["items"]
        }
    assert items["residence"] == {"median_days": 1, "p90_days": 2, "orders": 12}
    assert items["household"] is None


def test_the_job_counts_what_there_is_and_writes_only_changes(portal, order):
    job = getUtility(IJob, name="plonegov.ordering.figures")
    transaction.commit()
    assert job.run(portal) == "1 counted"
    assert job.run(portal) is None
    transaction.begin()
    assert [cell.orders for cell in counter().counted.cells()] == [1]


@pytest.mark.parametrize(
    ("given", "kept"), [({}, "other"), ({"motive_code": "no_answer"}, "no_answer")]
)
def test_a_rejection_over_rest_may_name_its_kind(portal, order, given, kept):
    with RestSession(portal.absolute_url(), auth=("clerk", PASSWORD)) as session:
        path = f"/@orders/{order.reference}/reject"
        body = {"motive": "Non", "text": "Art. 3"}
        wrong = session.post(path, json=body | {"motive_code": "whim"})
        assert wrong.status_code == 422
        assert wrong.json()["type"] == "motive_unknown"
        assert session.post(path, json=body | given).json()["state"] == "rejected"
    transaction.begin()
    assert links.find(order.reference).motive_code == kept


def test_the_page_asks_for_the_kind_of_reason(portal, order, visit):
    session = visit("clerk")
    page = html.fromstring(session.get(order.absolute_url()).text)
    (choice,) = page.xpath("//select[@name='motive_code']")
    assert choice.get("required") is not None
    assert "proof_missing" in choice.xpath("./option/@value")
    assert page.xpath(f"//label[@for='{choice.get('id')}']")
    form = choice.xpath("./ancestor::form")[0]
    data = dict(form.form_values()) | {"motive_code": "proof_missing", "motive": "Non"}
    refused = session.post(f"{order.absolute_url()}/order-action", data=data)
    assert refused.status_code == 422
    again = html.fromstring(refused.text)
    assert again.xpath("//select[@name='motive_code']/option[@selected]/@value") == [
        "proof_missing"
    ]
    session.post(f"{order.absolute_url()}/order-action", data=data | {"law": "Art. 3"})
    transaction.begin()
    assert links.find(order.reference).motive_code == "proof_missing"
    session.headers["Accept-Language"] = "en"
    page = html.fromstring(session.get(order.absolute_url()).text)
    facts = page.xpath("//p[@class='pg-case-facts']")[0].text_content()
    assert "A proof or a mandate is missing" in facts


@pytest.fixture
def tracked(portal, citizen):
    """Return an order placed last week, and a function that opens its page."""
    placed = orders.place(request())
    placed.placed -= timedelta(days=7)
    calendar = orders.working_days(placed.service)
    placed.due = calendar.add(town_today(placed.placed), 10)
    transaction.commit()

    def open_page():
        transaction.commit()
        citizen.open(f"counter/track?{urlsplit(links.tracking_url(placed)).query}")
        return citizen.text()

    return placed, open_page


def test_the_citizen_reads_which_day_it_is(tracked):
    order, page = tracked
    calendar = orders.working_days(order.service)
    used = calendar.between(town_today(order.placed), town_today())
    assert f"Working day {used} of 10." in page()


def test_the_citizen_reads_that_the_clock_stands_still(tracked):
    order, page = tracked
    with api.env.adopt_roles(["Service Clerk", "Manager"]):
        handling.ask(order, "Which commune?")
    assert "The clock has stood still since" in page()


def test_the_citizen_reads_that_the_town_is_late(tracked):
    order, page = tracked
    order.due = town_today(order.placed)
    late = orders.working_days().between(order.due, town_today())
    assert f"{late} working days late. We are sorry" in page()
