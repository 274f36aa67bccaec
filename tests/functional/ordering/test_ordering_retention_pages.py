"""Who answers for personal data sees what will be erased, in numbers and never in names.

GDPR art. 5.1.c (no more than is needed) and 39.1.b.
"""

from datetime import timedelta
from helpers.ageing import end
from helpers.ageing import ended
from helpers.canaries import CANARY
from helpers.canaries import EVERYBODY
from lxml import html
from plonegov.core.ops.interfaces import IJob
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.orders import town_today
from zope.component import getUtility

import csv
import pytest
import transaction


ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def soon(portal, order):
    """Three orders that are erased in 10, 10 and 40 days; the first one is full."""
    days = counter()["residence"].retention_days + 1
    end(order, days - 10)
    ended(days - 10)
    ended(days - 40)
    transaction.commit()


@pytest.fixture
def page(portal, soon, visit):
    def get(person="itstaff", **query):
        url = f"{portal.absolute_url()}/counter/retention-preview"
        answer = visit(person).get(
            url, params=query, headers=ENGLISH, allow_redirects=False
        )
        assert not CANARY.search(answer.content)
        return answer

    return get


def text(answer):
    found = html.fromstring(answer.content).xpath("//main")[0]
    return " ".join(found.text_content().split())


@pytest.mark.parametrize("person", EVERYBODY)
def test_only_the_site_administrator_sees_it(page, person):
    assert (page(person).status_code == 200) == (person == "itstaff")


def test_no_clerk_sees_it(page):
    assert page("clerk").status_code != 200


@pytest.mark.parametrize(("days", "number"), [(9, 0), (10, 2), (39, 2), (40, 3)])
def test_a_day_tells_how_many_orders_lose_what(page, days, number):
    day = town_today() + timedelta(days=days)
    answer = page(day=day.isoformat())
    assert answer.status_code == 200
    told = f"Orders that lose what stands below: {number}"
    assert (told in text(answer)) == bool(number)
    assert ("No order loses anything up to this day" in text(answer)) == (not number)
    assert "National numbers" in text(answer)


def test_the_months_count_all_of_the_coming_year(page):
    rows = html.fromstring(page().content).xpath("//table//tbody/tr")
    assert sum(int(row.xpath("td[1]/text()")[0]) for row in rows) == 3
    assert all("3" not in row.xpath("th/text()") for row in rows)


@pytest.mark.parametrize("day", ["yesterday", "2020-01-01", "2026-02-31"])
def test_a_wrong_day_is_told_and_kept(page, day):
    answer = page(day=day)
    assert answer.status_code == 422
    assert "Choose a day from today on." in text(answer)
    assert html.fromstring(answer.content).xpath("//input[@id='day']/@value") == [day]


def test_the_csv_counts_by_day_and_document(page):
    answer = page(format="csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(
        csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";")
    )
    first = town_today() + timedelta(days=10)
    assert rows[0] == ["Day", "Document", "Orders"]
    assert [(row[0], row[2]) for row in rows[1:]] == [
        (first.isoformat(), "2"),
        ((first + timedelta(days=30)).isoformat(), "1"),
    ]


def test_a_clerk_reads_of_an_erased_order_what_it_was_and_nobody_s_name(
    portal, order, visit
):
    end(order, 4000)
    transaction.commit()
    getUtility(IJob, name="plonegov.ordering.retention").run(portal)
    answer = visit("clerk").get(f"{order.absolute_url()}/order-review", headers=ENGLISH)
    assert answer.status_code == 200
    assert "Personal data erased" in text(answer)
    assert not CANARY.search(answer.content)
    assert html.fromstring(answer.content).xpath("//main//form") == []
