"""Who read an order is forgotten with the order; that it was read stays."""

from datetime import timedelta
from helpers.orders import request
from plone import api
from plonegov.core.ops.hashchain import ReadLog
from plonegov.core.ops.home import home
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.readlog import log_read
from plonegov.core.testing import TOWN
from plonegov.ordering.adapters.roles import APPLICANT
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from zope.component import getUtility

import json
import pytest
import shutil
import transaction


@pytest.fixture
def retain(portal):
    """Run the retention job after committing what was made."""
    shutil.rmtree(home() / "audit", ignore_errors=True)

    def run():
        transaction.commit()
        told = getUtility(IJob, name="plonegov.ordering.retention").run(portal)
        transaction.begin()
        return told

    return run


def ended(days):
    """Place an order that ended so many days ago and was read since."""
    order = orders.place(request())
    with api.env.adopt_roles(["Service Clerk", APPLICANT]):
        handling.withdraw(order)
    past = timedelta(days=days)
    order.due -= past
    order.closed -= past
    order.reindexObject()
    for action, name in (
        ("open_order", order.reference),
        ("open_file", f"{order.reference}/act"),
        ("reveal_number", order.reference),
    ):
        log_read(action, name, "clerk", "192.0.2.0/24")
    return order.reference


def readers():
    """Return what the log still tells of persons, as object and user."""
    files = sorted((home() / "audit" / TOWN).glob("reads-*.personal"))
    lines = [line for file in files for line in file.read_text().splitlines()]
    return [(item["object"], item["user"]) for item in map(json.loads, lines)]


def test_the_readers_of_a_erased_order_are_forgotten_and_others_are_not(retain):
    days = counter()["residence"].retention_days
    gone, kept = ended(days + 1), ended(days)
    log_read("export_orders", "orders.csv", "clerk", "192.0.2.0/24")
    assert retain() == "1 anonymised"
    assert readers() == [
        (kept, "clerk"),
        (f"{kept}/act", "clerk"),
        (kept, "clerk"),
        ("orders.csv", "clerk"),
        (f"{gone} {gone}/act", "(system)"),
    ]
    assert ReadLog(TOWN).verify() == []


def test_what_a_crash_left_is_forgotten_by_the_next_run(portal, retain):
    reference = ended(0)
    order = counter().records.get(reference)
    counter().records.remove(reference, api.content.get_uuid(order))
    assert retain() is None
    assert "clerk" not in [user for _, user in readers()]
    assert ReadLog(TOWN).verify() == []


def test_without_erased_orders_the_log_stays_as_it_is(retain):
    ended(0)
    before = readers()
    assert retain() is None
    assert readers() == before
