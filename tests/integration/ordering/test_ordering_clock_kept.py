"""The clock of stored orders: closing days, waits, reopening; motives; and figures from
metadata alone."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from helpers.orders import ADA
from helpers.orders import request
from helpers.people import add_person
from helpers.woken import woken
from plone import api
from plone.app.testing import login
from plone.app.testing import TEST_USER_NAME
from plonegov.core.api import town_today
from plonegov.core.municipality.facts import forget
from plonegov.core.municipality.facts import settings
from plonegov.ordering.api import clock
from plonegov.ordering.api import figures
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from plonegov.ordering.browser.figures import Figures
from plonegov.ordering.browser.publicfigures import PublicFigures
from plonegov.ordering.content.order import NOBODY
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.errors import MotiveUnknown
from plonegov.ordering.domain.figures import Delay

import json
import pytest


DAY = timedelta(days=1)


@pytest.fixture
def clerk(portal):
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    add_person(portal, "works", ["Member", "Clerk"], ["service-works"])
    login(portal, "clerk")
    yield "clerk"
    login(portal, TEST_USER_NAME)


@pytest.fixture
def order(clerk):
    placed = orders.place(request())
    handling.take(placed)
    return placed


def made(order):
    """Note what make_ready asks for, and make the order ready."""
    order.findings_confirmed = True
    order.address_unprotected = True
    order.issued = object()
    order.registered_address = ADA["address"]
    handling.make_ready(order)


def earlier(order, days):
    """Move placing and promise into the past, on the same calendar."""
    order.placed -= DAY * days
    calendar = orders.working_days(order.service)
    order.due = calendar.add(town_today(order.placed), 3)
    order.reindexObject()


def change_facts(**changes):
    stored = settings()
    facts = json.loads(stored.facts) | changes
    stored.facts = json.dumps(facts)
    forget()


def test_closing_days_of_town_and_service_are_no_working_days(portal):
    day = datetime(2026, 11, 23, 12, tzinfo=UTC).date()
    services = json.loads(settings().facts)["services"]
    services[0]["closing_days"] = ["2026-11-25"]
    change_facts(closing_days=["11-24"], services=services)
    own, other = (orders.working_days(name) for name in ("population", "works"))
    assert own.add(day, 1) == day + 3 * DAY
    assert other.add(day, 1) == day + 2 * DAY
    assert orders.working_days("gone").add(day, 1) == day + 2 * DAY


def test_an_order_is_promised_on_the_calendar_of_its_service(clerk):
    first = orders.place(request())
    services = json.loads(settings().facts)["services"]
    today = town_today()
    week = f"{today:%Y-%m-%d}/{today + 7 * DAY:%Y-%m-%d}"
    services[0]["closing_days"] = [week]
    change_facts(services=services)
    second = orders.place(request())
    assert second.due > first.due
    assert second.due > today + 7 * DAY


def test_a_region_has_its_own_holidays(portal):
    change_facts(country="FR", holiday_region="57")
    assert not orders.working_days().is_working(datetime(2026, 12, 26).date())
    assert not orders.working_days().is_working(datetime(2026, 4, 3).date())


def test_a_wait_moves_the_promise_and_is_kept(order):
    earlier(order, 14)
    before = clock.read(order)
    handling.ask(order, "Quelle commune ?")
    order.waiting_since = town_today() - 7 * DAY
    waiting = clock.read(order)
    assert waiting.stopped == order.waiting_since
    assert waiting.used < before.used
    handling.answer(order, "Tournai")
    after = clock.read(order)
    assert (after.used, after.late) == (waiting.used, waiting.late)
    assert after.stopped is None
    assert order.pauses == ((town_today() - 7 * DAY, town_today()),)


def test_the_days_used_are_noted_when_the_document_is_ready(order):
    earlier(order, 14)
    used = clock.read(order).used
    made(order)
    assert (order.days_used, order.ready) == (used, town_today())
    row = counter().records.row(order.reference)
    assert (row["used"], row["ready"]) == (used, town_today().toordinal())
    handling.hand_over(order)
    assert order.days_used == used


def test_a_reopened_order_goes_on_where_its_clock_stopped(order):
    earlier(order, 14)
    made(order)
    order.stopped -= 7 * DAY
    used, due = clock.read(order).used, order.due
    handling.reopen(order, "Erreur dans le nom")
    assert (order.days_used, order.ready) == (None, None)
    assert clock.read(order).used == used
    assert order.due > due
    assert counter().records.row(order.reference)["used"] == -1


def test_a_rejection_while_the_citizen_must_act_keeps_the_day_of_the_question(order):
    handling.ask(order, "Quelle commune ?")
    order.waiting_since = town_today() - 7 * DAY
    handling.reject(order, "Pas de réponse", "Art. 3", "no_answer")
    assert order.waiting_since is None
    assert order.stopped == town_today() - 7 * DAY


def test_an_order_is_overdue_while_its_clock_runs(order):
    earlier(order, 28)
    assert clock.is_overdue(order)
    assert clock.days_late(order) == orders.working_days().between(
        order.due, town_today()
    )
    handling.ask(order, "Quelle commune ?")
    assert not clock.is_overdue(order)


@pytest.mark.parametrize(("given", "kept"), [("no_answer", "no_answer"), ("", "other")])
def test_a_rejection_has_a_kind_of_reason(order, given, kept):
    handling.reject(order, "Pas de réponse", "Art. 3", given)
    assert order.motive_code == kept
    assert counter().records.row(order.reference)["motive"] == kept
    handling.reopen(order, "Réponse reçue")
    assert order.motive_code == ""


def test_an_unknown_kind_of_reason_is_refused(order):
    with pytest.raises(MotiveUnknown):
        handling.reject(order, "Non", "Art. 3", "whim")
    assert order.state == "in_progress"


def test_the_workflow_alone_takes_a_kind_too(portal, order):
    tool = api.portal.get_tool("portal_workflow")
    tool.doActionFor(order, "reject", motive="Non", law="Art. 3")
    assert order.motive_code == "other"


@pytest.fixture
def twelve(portal, clerk):
    """Twelve residence certificates made in 1 to 12 working days, and one that was
    rejected."""
    found = [orders.place(request()) for _each in range(12)]
    for number, order in enumerate(found, 1):
        handling.take(order)
        made(order)
        order.days_used = number
        order.reindexObject()
    rejected = orders.place(request())
    handling.reject(rejected, "Non", "Art. 3", "no_answer")
    return found


def compute():
    figures.keep(counter(), figures.compute(counter()))


def test_real_delays_are_told_from_ten_orders_on(twelve):
    assert figures.real_delay("residence") is None
    compute()
    assert figures.real_delay("residence") == Delay(6, 11, 12)
    assert figures.real_delay("life") is None


def test_what_was_made_more_than_a_year_ago_is_no_real_delay_any_more(twelve):
    for order in twelve[:2]:
        order.ready -= 366 * DAY
        order.reindexObject()
    compute()
    assert figures.real_delay("residence") == Delay(7, 11, 10)
    twelve[2].ready -= 366 * DAY
    twelve[2].reindexObject()
    compute()
    assert figures.real_delay("residence") is None


def test_figures_are_written_only_when_they_change(twelve):
    found = figures.compute(counter())
    assert figures.keep(counter(), found) == 13
    assert figures.keep(counter(), figures.compute(counter())) is None
    assert figures.as_of() == town_today()


def test_figures_wake_no_order(portal, twelve):
    compute()
    with woken(portal, (Order,)) as awake:
        figures.compute(counter())
        page = Figures(counter(), portal.REQUEST)
        page.charts()
        page.waiting()
        PublicFigures(counter(), portal.REQUEST).charts()
    assert awake == []


def test_a_clerk_sees_the_figures_of_the_own_services_only(portal, twelve):
    compute()
    assert sum(cell.orders for cell in figures.own_cells()) == 13
    assert figures.waiting()["ready"] == 12
    login(portal, "works")
    assert figures.own_cells() == []
    assert set(figures.waiting().values()) == {0}
    add_person(portal, "head", ["Member", "Site Administrator"], [])
    login(portal, "head")
    assert sum(cell.orders for cell in figures.own_cells()) == 13
    assert figures.waiting()["ready"] == 12


def test_filters_narrow_the_figures_and_ignore_nonsense(portal, twelve):
    compute()
    year = str(town_today().year)
    for form, orders_shown in (
        ({}, 13),
        ({"year": year}, 13),
        ({"year": "1999"}, 13),
        ({"document": "residence"}, 13),
        ({"document": ["x"]}, 13),
    ):
        portal.REQUEST.form = form
        page = Figures(counter(), portal.REQUEST)
        assert sum(cell.orders for cell in page.cells) == orders_shown


def test_charts_tell_counts_delays_and_motives_beside_their_tables(portal, twelve):
    compute()
    portal.REQUEST.form = {}
    charts = {chart.id: chart for chart in Figures(counter(), portal.REQUEST).charts()}
    assert [row[1] for row in charts["documents"].table.rows] == [13]
    assert charts["delays"].table.rows[0][1:5] == (12, 3, 6, 11)
    assert charts["in-time"].table.rows[0][5].startswith("100")
    assert charts["motives"].table.rows[0][1] == "1"
    for name, parts in (("months", 2), ("channels", 2), ("delays", 2), ("motives", 2)):
        chart = charts[name]
        assert len(chart.texts) == parts * len(chart.table.rows)
        assert chart.height > 0


def test_an_anonymised_order_keeps_counting(portal, twelve):
    order = twelve[0]
    order.applicant = order.subject = NOBODY
    order.anonymised = town_today()
    order.reindexObject()
    compute()
    assert sum(cell.orders for cell in figures.all_cells()) == 13
