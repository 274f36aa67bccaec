"""The queue: own services only, overdue first, from metadata alone."""

from datetime import timedelta
from helpers.orders import request
from helpers.people import add_person
from helpers.woken import woken
from plone import api
from plone.app.testing import login
from plone.app.testing import logout
from plone.app.testing import TEST_USER_NAME
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import queue
from plonegov.ordering.api import workload
from plonegov.ordering.api.counters import counter
from plonegov.ordering.browser.queue import OrderQueue
from plonegov.ordering.browser.queue import scope_query
from plonegov.ordering.content.order import Order

import pytest


@pytest.fixture
def clerk(portal):
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    add_person(portal, "works", ["Member", "Clerk"], ["service-works"])
    login(portal, "clerk")
    yield "clerk"
    login(portal, TEST_USER_NAME)


@pytest.fixture
def five(portal, clerk):
    """Five orders: late by 3 days, late by 1, due later, waiting, ended."""
    placed = [orders.place(request()) for _each in range(5)]
    late, later, _running, waiting, ended = placed
    today = orders.town_today()
    late.due = today - timedelta(days=3)
    later.due = today - timedelta(days=1)
    waiting.due = today - timedelta(days=9)
    for order in placed:
        order.reindexObject()
    handling.ask(waiting, "Votre commune ?")
    handling.withdraw(ended)
    return placed


def references(scope):
    return [row["reference"] for row in queue.orders(scope_query(scope)).rows]


def test_overdue_orders_come_first_and_waiting_ones_last(five):
    late, later, running, waiting, _ended = (order.reference for order in five)
    assert references("running") == [late, later, running, waiting]
    assert references("overdue") == [late, later]


def test_parts_of_the_queue_are_mine_free_and_all(five):
    handling.take(five[2])
    assert references("mine") == [five[2].reference]
    assert five[2].reference not in references("free")
    assert len(references("all")) == 5


def test_a_reference_is_found_however_it_was_typed(portal, five):
    reference = five[4].reference
    typed = f" {reference[:4]}-{reference[4:]} ".lower()
    assert [row["reference"] for row in queue.find(typed).rows] == [reference]
    assert queue.find("nothing").total == 0
    login(portal, "works")
    assert queue.find(reference).total == 0


@pytest.mark.parametrize("scope", ["running", "overdue", "free", "all"])
def test_another_service_sees_and_counts_nothing(portal, five, scope):
    login(portal, "works")
    assert queue.orders(scope_query(scope)).total == 0
    asked = {**scope_query(scope), "service": "population"}
    assert queue.orders(asked).total == 0
    logout()
    assert queue.orders({}).total == 0


@pytest.mark.parametrize("person", ["clerk", "works", "both"])
def test_the_number_of_each_part_is_that_of_its_orders(portal, five, person):
    handling.take(five[2])
    add_person(
        portal, "both", ["Member", "Clerk"], ["service-population", "service-works"]
    )
    login(portal, person)
    who, services = workload.asker(person), queue.own_services()
    found = workload.counts(workload.PARTS, who, services)
    assert found == {
        part: len(workload.rows(part, who, services)) for part in workload.PARTS
    }
    assert found["all"] == (0 if person == "works" else 5)


@pytest.mark.parametrize("reverse", [False, True])
def test_the_pages_of_a_file_hold_what_the_pages_of_the_queue_hold(five, reverse):
    whole = queue.orders({}, "due", reverse, size=0).rows
    assert len(whole) == 5
    found = list(queue.pages({}, "due", reverse, 2))
    assert [len(page) for page in found] == [2, 2, 1]
    assert [row for page in found for row in page] == whole


def test_another_services_clerk_has_empty_files(portal, five):
    login(portal, "works")
    assert list(queue.pages({}, "due", False, 2)) == []


def test_the_pages_of_a_file_wake_no_order(portal, five):
    with woken(portal, (Order,)) as orders_awake:
        assert list(queue.pages({}, "due", False, 2))
    assert orders_awake == []


def test_a_page_of_the_queue_wakes_no_order(portal, five):
    with woken(portal, (Order,)) as orders_awake:
        assert queue.orders(scope_query("running")).total == 4
    assert orders_awake == []


def test_the_counter_knows_how_many_wait_without_a_tree_of_names(portal, five):
    catalog = counter().records._catalog
    assert sorted(catalog.indexes) == sorted(
        (
            "state",
            "document",
            "service",
            "assigned",
            "due",
            "owner",
            "attention",
            "erases",
            "schema",
            "stand",
        )
    )


def test_the_table_names_the_clerk_not_the_account(portal, clerk):
    api.user.get(clerk).setMemberProperties({"fullname": "Claude Guichet"})
    columns = OrderQueue(counter(), portal.REQUEST).columns
    (column,) = (each for each in columns if each.id == "assigned")
    assert column.value({"assigned": clerk}) == "Claude Guichet"
    assert column.value({"assigned": ""}) == ""
