"""A clerk's day: numbers that lead to their orders, and what one says of one's work."""

from datetime import timedelta
from helpers.people import PASSWORD
from plone import api
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import staff
from plonegov.ordering.api.counters import counter
from plonegov.ordering.domain.staffing import Absence
from plonegov.ordering.domain.staffing import WorkSettings

import pytest
import transaction


PAGES = ("today", "desk", "my-absence")


@pytest.fixture
def clerk(order, browser):
    made = browser()
    made.session.auth = ("clerk", PASSWORD)
    return made


def days(first, last):
    fields = {}
    for name, day in (("away_from", first), ("away_to", last)):
        parts = {"day": day.day, "month": day.month, "year": day.year}
        fields |= {f"{name}-{part}": str(value) for part, value in parts.items()}
    return fields


def kept(user="clerk"):
    counter()._p_jar.sync()
    return staff.settings_of(user)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["citizen", "owner", "drafter", "itstaff", ""])
def test_who_is_no_clerk_sees_none_of_it(clerk, browser, who, page):
    other = browser()
    if who:
        other.session.auth = (who, PASSWORD)
    answer = other.session.get(f"{other.base}/counter/{page}", allow_redirects=False)
    assert answer.status_code in (302, 401, 403)


def numbers(clerk):
    clerk.open("counter/today")
    rows = clerk.page.xpath("//div[contains(@class, 'pg-today-groups')]//a")
    return {
        row.get("href").partition("scope=")[2]: int(row.xpath("./strong")[0].text)
        for row in rows
    }


def test_each_number_is_that_of_the_orders_it_leads_to(clerk, order):
    with api.env.adopt_user("clerk"):
        handling.take(order)
    order.due = orders.town_today() - timedelta(days=2)
    order.reindexObject()
    transaction.commit()
    found = numbers(clerk)
    assert (found["late"], found["overdue"], found["mine"]) == (1, 1, 1)
    assert found["new"] == 0
    for scope, number in found.items():
        clerk.open(f"counter/queue?scope={scope}")
        assert len(clerk.page.xpath("//table//tbody/tr")) == number


def test_another_service_s_clerk_has_other_numbers(clerk, order, browser):
    works = browser()
    works.session.auth = ("works-clerk", PASSWORD)
    assert set(numbers(works).values()) == {0}


def test_a_clerk_says_when_he_is_away_and_takes_no_order_meanwhile(clerk, order):
    today = orders.town_today()
    clerk.open("counter/my-absence")
    clerk.send(days(today, today + timedelta(days=3)))
    assert clerk.path == "counter/today"
    assert kept() == WorkSettings(Absence(today, today + timedelta(days=3)))
    assert kept("works-clerk") == WorkSettings()
    clerk.open("counter/my-absence")
    assert clerk.value("away_from-year") == str(today.year)
    clerk.open(f"counter/{order.reference}")
    form = clerk.page.xpath("//form[.//input[@name='verb'][@value='take']]")[0]
    clerk.send(form=form)
    assert clerk.answer.status_code == 409
    assert "away until" in clerk.text()


def test_the_mail_can_be_switched_off(clerk):
    clerk.open("counter/my-absence")
    clerk.send({"digest": None})
    assert kept() == WorkSettings(digest=False)


def test_a_wrong_absence_is_shown_again_and_changes_nothing(clerk):
    today = orders.town_today()
    clerk.open("counter/my-absence")
    clerk.send(days(today, today - timedelta(days=1)))
    assert clerk.answer.status_code == 422
    assert len(clerk.problems()) == 1
    assert clerk.value("away_from-day") == str(today.day)
    assert kept() == WorkSettings()


def test_nobody_says_it_for_somebody_else_and_not_without_the_token(clerk, browser):
    today = orders.town_today()
    clerk.open("counter/my-absence")
    form = clerk.form()
    clerk.send({**days(today, today), "_authenticator": ""}, form=form)
    assert clerk.answer.status_code == 403
    works = browser()
    works.session.auth = ("works-clerk", PASSWORD)
    works.send({**days(today, today), "user": "clerk"}, form=form)
    assert kept() == WorkSettings()


def test_reading_the_pages_writes_nothing(clerk):
    before = counter()._p_jar.db().lastTransaction()
    for page in PAGES:
        clerk.open(f"counter/{page}")
        assert clerk.answer.status_code == 200
        assert clerk.answer.headers["Cache-Control"] == "no-store"
    assert counter()._p_jar.db().lastTransaction() == before
