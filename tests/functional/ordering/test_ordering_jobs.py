"""What is kept for a time only is gone after it, and nothing else is (GDPR art. 5.1.e)."""

from datetime import timedelta
from helpers.editing import add
from helpers.editing import publish
from helpers.orders import request
from plone import api
from plonegov.core.api import now
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import LockNotReentrant
from plonegov.core.ops.writelock import town_lock
from plonegov.core.records import retention as engine
from plonegov.core.records.events import backdate
from plonegov.ordering import jobs
from plonegov.ordering.adapters.roles import APPLICANT
from plonegov.ordering.api import documents
from plonegov.ordering.api import drafts
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import versions
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.draftfiles import keep_file
from plonegov.ordering.storage.schemas import LIFETIME
from zope.component import getUtility
from zope.interface.verify import verifyObject

import pytest
import transaction


KEYS = (
    "5f2b3c1e-6d3a-4a55-9d0b-5f3c8f1a2b3c",
    "5f2b3c1e-6d3a-4a55-9d0b-5f3c8f1a2b3d",
)


@pytest.fixture
def run(portal):
    """Run a job of ordering after committing what was made."""

    def run(name):
        transaction.commit()
        told = getUtility(IJob, name=f"plonegov.ordering.{name}").run(portal)
        transaction.begin()
        return told

    return run


def ended(days, verb=handling.withdraw, **changes):
    """Place an order that ended so many days ago, and return its reference."""
    order = orders.place(request(**changes))
    with api.env.adopt_roles(["Service Clerk", APPLICANT]):
        verb(order)
    age(order, days)
    return order.reference


def reject(order):
    handling.reject(order, "No such person", "Art. 3")


def expire(order):
    handling.take(order)
    handling.ask(order, "Which school?")
    handling.expire(order)


def age(order, days):
    """Make an order older, as if all that happened to it had happened before."""
    past = timedelta(days=days)
    order.placed -= past
    order.due -= past
    if order.closed:
        order.closed -= past
    backdate(order, past)
    order.reindexObject()


@pytest.mark.parametrize(
    "name", ["figures", "forget_drafts", "forget_forms", "retention"]
)
def test_the_jobs_are_jobs(portal, name):
    assert verifyObject(IJob, getUtility(IJob, name=f"plonegov.ordering.{name}"))


def test_drafts_are_forgotten_after_a_day(portal, run):
    old, young = (drafts.keep(None, "residence", {"copies": "1"}) for _ in range(2))
    keep_file(old, "mandate", "mandate.pdf", b"%PDF-1.4")
    old.touched -= timedelta(hours=24, minutes=1)
    young.touched -= timedelta(hours=23, minutes=59)
    assert run("forget_drafts") == "1 removed"
    assert list(counter().drafts._drafts) == [young.key]


def test_versions_of_forms_that_nobody_needs_are_forgotten(portal, run):
    store, document = counter().schemas, documents.get("residence")
    order = orders.place(request())
    with api.env.adopt_roles(["Site Administrator"]):
        add(document, required=False)
        publish(document)
    unused = versions.digest(document)
    assert run("forget_forms") is None
    for stored in store._schemas.values():
        stored.used = now() - LIFETIME - timedelta(days=1)
    assert run("forget_forms").endswith(" removed")
    assert store.get(unused) is None
    assert store.get(order.schema_digest) is not None
    assert run("forget_forms") is None


def test_idempotency_keys_are_forgotten_after_a_day_and_their_orders_stay(portal, run):
    made = [orders.place(request(), idempotency_key=key) for key in KEYS]
    replays = counter().replays._replays
    old = KEYS[0].replace("-", "")
    replays[old] = (*replays[old][:2], replays[old][2] - timedelta(hours=25))
    assert run("forget_drafts") == "1 removed"
    assert list(counter().replays._replays) == [KEYS[1].replace("-", "")]
    assert set(counter().records) == {order.reference for order in made}


def anonymised():
    """Return the references of the orders that people were taken out of."""
    records = counter().records
    return {key for key in records if records.get(key).anonymised}


def test_ended_orders_lose_people_the_day_after_their_retention(portal, run):
    days = counter()["residence"].retention_days
    over, kept = ended(days + 1), ended(days)
    records = counter().records
    assert run("retention") == "1 anonymised"
    assert anonymised() == {over}
    assert (records.row(over)["name"], records.row(kept)["name"]) == ("", "Ada Exemple")
    assert len(records) == 2
    assert run("retention") is None


def test_the_retention_counts_from_the_end_not_from_the_promise(portal, run):
    days = counter()["residence"].retention_days
    reference = ended(0)
    order = counter().records.get(reference).__of__(counter())
    order.due -= timedelta(days=days + 100)
    order.reindexObject()
    assert run("retention") is None


def test_every_end_is_an_end_and_running_orders_are_kept(portal, run):
    days = counter()["residence"].retention_days + 10
    over = {ended(days), ended(days, reject), ended(days, expire)}
    running = orders.place(request())
    age(running, days)
    assert run("retention") == f"{len(over)} anonymised"
    assert anonymised() == over


def test_a_long_list_is_erased_in_portions(portal, run, monkeypatch):
    monkeypatch.setattr(engine, "BATCH", 2)
    days = counter()["residence"].retention_days + 1
    for _ in range(3):
        ended(days)
    assert run("retention") == "3 anonymised"


def test_what_is_taken_up_again_after_it_was_found_stays(portal, run):
    old = drafts.keep(None, "residence", {})
    old.touched -= timedelta(hours=25)
    forget = jobs.ForgetDrafts()
    found = forget.find(counter())
    drafts.keep(old, "residence", {"copies": "1"})
    assert forget.handle(counter(), found) == 0
    assert len(counter().drafts) == 1


def test_nothing_due_writes_nothing(portal, run):
    orders.place(request(), idempotency_key=KEYS[0])
    drafts.keep(None, "residence", {})
    transaction.commit()
    last = portal._p_jar.db().lastTransaction()
    assert (run("forget_drafts"), run("retention")) == (None, None)
    assert portal._p_jar.db().lastTransaction() == last


def test_the_jobs_take_the_write_lock(portal, run):
    ended(counter()["residence"].retention_days + 1)
    with town_lock(portal.getId()), pytest.raises(LockNotReentrant):
        run("retention")


def test_a_site_without_a_counter_has_nothing_to_forget(portal, run):
    with api.env.adopt_roles(["Manager"]):
        portal.manage_delObjects(["counter"])
    assert (run("forget_drafts"), run("retention")) == (None, None)
