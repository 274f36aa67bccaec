"""After its retention an order says nothing about people, and what it was stays.

GDPR art. 5.1.c and e, art. 17; recital 26 (anonymous information).
"""

from datetime import timedelta
from helpers.ageing import age
from helpers.ageing import end
from helpers.ageing import ended
from helpers.canaries import CANARY
from helpers.retained import fill
from helpers.woken import woken
from pathlib import Path
from plone import api
from plone.uuid.interfaces import IUUID
from plonegov.core.mail import outbox
from plonegov.core.ops.interfaces import IJob
from plonegov.core.records import retention as engine
from plonegov.core.records.events import entries
from plonegov.core.records.events import verify
from plonegov.ordering.adapters.roles import APPLICANT
from plonegov.ordering.api import handling
from plonegov.ordering.api import storage
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.content.order import KEPT
from plonegov.ordering.content.order import Order
from plonegov.ordering.content.order import PERSONAL
from plonegov.ordering.domain.errors import OrderAnonymised
from zope.component import getUtility

import pytest
import transaction
import ZODB.serialize


#: What a record has that is no attribute of our class.
TECHNICAL = {
    "id",
    "creation_date",
    "modification_date",
    "workflow_history",
    "_plone.uuid",
}
LONG = 4000


def reachable(record):
    """Return the pickles of a record and of all that hangs on it, its blobs, too."""
    connection, seen, found = record._p_jar, set(), []
    todo = [record._p_oid]
    while todo:
        oid = todo.pop()
        if oid in seen:
            continue
        seen.add(oid)
        data, _serial = connection._storage.load(oid)
        found.append(data)
        todo += ZODB.serialize.referencesf(data)
    return found


def files_on_disk(paths):
    return [each.read_bytes() for path in paths for each in path.parent.glob("*.blob")]


@pytest.fixture
def run(portal):
    """Run the job after committing what was made; return what it told."""

    def run():
        transaction.commit()
        told = getUtility(IJob, name="plonegov.ordering.retention").run(portal)
        transaction.begin()
        return told

    return run


@pytest.fixture
def over(portal, order):
    """An order full of canaries whose retention is over, committed."""
    fill(order)
    end(order, LONG)
    storage.weigh(order)
    transaction.commit()
    return order


def test_an_order_stores_nothing_else(over):
    over._p_activate()
    stored = {
        name
        for name in vars(over.aq_base)
        if not name.startswith("_v_") and not name.endswith("_Permission")
    }
    assert stored <= {*PERSONAL, *KEPT, *TECHNICAL}


def test_before_there_are_canaries_everywhere(over):
    found = b"".join(reachable(over))
    paths = [Path(file._blob.committed()) for file in storage.files_of(over)]
    assert len(paths) == 4
    assert len(CANARY.findall(found)) > 15
    assert all(CANARY.search(data) for data in files_on_disk(paths))


def test_no_canary_is_left_in_the_record_nor_on_the_disk(over, run):
    files = storage.files_of(over)
    paths = [Path(file._blob.committed()) for file in files]
    assert run() == "1 anonymised"
    assert [
        CANARY.findall(data) for data in reachable(over) if CANARY.search(data)
    ] == []
    assert all(file.filename is None and not file.getSize() for file in files)
    assert not any(path.exists() for path in paths)
    assert not any(CANARY.search(data) for data in files_on_disk(paths))


def test_the_row_of_the_catalog_names_nobody(over, run):
    run()
    row = counter().records.row(over.reference)
    assert not CANARY.search(repr(row).encode())
    assert (row["name"], row["assigned"], row["erases"]) == ("", "", 0)
    assert counter().records.count(counter(), {"owner": "owner"}) == 0


def test_what_was_ordered_when_and_how_it_ended_stays(over, run):
    def facts():
        return {name: getattr(over, name) for name in KEPT if name != "anonymised"} | {
            "state": over.state,
            "reference": over.reference,
            "uid": IUUID(over),
            "happened": [(entry.when, entry.action) for entry in entries(over)],
        }

    before = facts()
    run()
    after = facts()
    assert after.pop("events")[: len(before["events"])] == before.pop("events")
    assert after.pop("happened")[:-1] == before.pop("happened")
    assert after == before
    assert over.anonymised == town_today()


def test_figures_count_the_same_orders_before_and_after(over, run):
    def figures():
        store = counter()
        return [
            store.records.count(store, {name: value})
            for name, value in (
                ("document", "residence"),
                ("state", "withdrawn"),
                ("service", "population"),
            )
        ]

    before = figures()
    run()
    assert figures() == before == [1, 1, 1]


def test_the_log_tells_still_what_happened_when_and_that_nobody_changed_it(over, run):
    run()
    assert verify(over) == []
    assert {(entry.who, entry.origin) for entry in entries(over)[:-1]} == {("", "")}
    assert all(entry.details == {} for entry in entries(over))
    assert entries(over)[-1].action == "erased"


def test_the_bytes_of_its_files_count_no_more(over, run):
    assert counter().records.weights.total > 0
    run()
    assert counter().records.weights.total == 0


def test_mails_about_it_are_dropped_and_others_stay(portal, over, run):
    """A mail that a server refused would keep its address for ever."""
    ended(0)
    about = {mail.about for mail in outbox.entries(portal).values()}
    assert IUUID(over) in about
    run()
    left = {mail.about for mail in outbox.entries(portal).values()}
    assert left == about - {IUUID(over)}


def test_it_cannot_be_taken_up_again_nor_noted_on(over, run):
    run()
    with api.env.adopt_roles(["Service Clerk", APPLICANT]):
        for call in (
            lambda: handling.reopen(over, "Once more"),
            lambda: handling.note(over, "Ada called"),
            lambda: handling.take(over),
            lambda: handling.mark_paid(over),
        ):
            with pytest.raises(OrderAnonymised):
                call()


def test_nor_in_the_hours_before_the_job_runs(portal):
    """So no clerk works on an order while it is being erased."""
    days = counter()["residence"].retention_days
    over, kept = ended(days + 1), ended(days)
    with api.env.adopt_roles(["Service Clerk"]):
        handling.reopen(kept, "Sent to another address")
        with pytest.raises(OrderAnonymised):
            handling.reopen(over, "Sent to another address")


def test_what_was_stopped_between_two_portions_goes_on(portal, run, monkeypatch):
    monkeypatch.setattr(engine, "BATCH", 2)
    for _ in range(5):
        ended(LONG)
    transaction.commit()

    def stop(done, total):
        raise KeyboardInterrupt

    retention = getUtility(engine.IRetention, name="plonegov.ordering")
    with pytest.raises(KeyboardInterrupt):
        engine.erase_due(portal, retention, town_today(), stop)
    transaction.abort()
    assert len(retention.due(portal, town_today())) == 3
    assert run() == "3 anonymised"


def test_what_was_stopped_between_its_two_commits_goes_on(over, run, monkeypatch):
    """Its files are empty already; the rest follows with the next run."""

    def stop(file):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(engine, "drop_former_contents", stop)
        with pytest.raises(KeyboardInterrupt):
            run()
    transaction.abort()
    assert over.anonymised is None
    paths = [Path(file._blob.committed()) for file in storage.files_of(over)]
    assert run() == "1 anonymised"
    assert not any(CANARY.search(data) for data in files_on_disk(paths))


def test_a_day_tells_what_it_erases_and_wakes_no_record(portal):
    days = counter()["residence"].retention_days
    soon, later = ended(days - 10), ended(days - 40)
    retention = getUtility(engine.IRetention, name="plonegov.ordering")
    transaction.commit()
    with woken(portal, (Order,)) as orders:
        until = town_today() + timedelta(days=31)
        due = retention.due(portal, until)
        both = retention.due(portal, until + timedelta(days=30))
        assert orders == []
    assert [item.key for item in due] == [soon.reference]
    assert [item.key for item in both] == [soon.reference, later.reference]
    assert due[0].day == soon.erasure_day


def test_ageing_keeps_the_log_whole(portal):
    order = ended(10)
    assert verify(order) == []
    age(order, 3)
    assert verify(order) == []
