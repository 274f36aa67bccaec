"""Who does not answer or fetch is reminded once; in the end the order is closed."""

from datetime import timedelta
from email import message_from_bytes
from email import policy
from helpers.orders import ADA
from helpers.orders import request
from plone import api
from plonegov.core.mail.outbox import entries
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import LockNotReentrant
from plonegov.core.ops.writelock import town_lock
from plonegov.core.records.events import backdate
from plonegov.core.records.events import entries as happened
from plonegov.ordering import trackingjobs
from plonegov.ordering.api import handingout
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.orders import town_today
from zope.component import getUtility
from zope.interface.verify import verifyObject

import pytest
import transaction


@pytest.fixture
def run(portal):
    """Run the job after committing what was made; return what it told."""

    def run():
        transaction.commit()
        told = getUtility(IJob, name="plonegov.ordering.waiting").run(portal)
        transaction.begin()
        return told

    return run


def subjects(portal):
    transaction.begin()
    return [
        message_from_bytes(mail.message, policy=policy.default)["Subject"]
        for mail in entries(portal).values()
    ]


def reminders(portal):
    return [text for text in subjects(portal) if "attend" in text]


def asked(days, **changes):
    """Return the reference of an order that was asked something so many days ago."""
    order = orders.place(request(**changes))
    with api.env.adopt_roles(["Service Clerk"]):
        handling.ask(order, "Which school?")
    age(order, days)
    return order.reference


def ready(days, **changes):
    """Return the reference of a document that has been ready so many days."""
    order = orders.place(request(**changes))
    dates = {"birth_date": "1985-07-30", "address_since": "2019-02-01"}
    with api.env.adopt_roles(["Service Clerk", "Manager"]):
        handling.change(order, "start")
        values = {
            item.id: dates.get(item.id, "X") for item in handling.findings_of(order)
        }
        handling.confirm_findings(order, values, address_unprotected=True)
        handling.produce(order)
        if order.delivery == "post":
            handingout.register_address(order, ADA["address"])
        handling.make_ready(order)
    age(order, days)
    return order.reference


def age(order, days):
    backdate(order, timedelta(days=days))


def find(reference):
    store = counter()
    return store.records.get(reference).__of__(store)


@pytest.mark.parametrize("name", ["waiting", "send_links"])
def test_the_jobs_are_jobs(portal, name):
    assert verifyObject(IJob, getUtility(IJob, name=f"plonegov.ordering.{name}"))


def test_after_fifteen_days_one_reminder_is_mailed(portal, run):
    early, due = asked(14), asked(15)
    assert run() == "1 reminded or closed"
    assert len(reminders(portal)) == 1
    today = town_today().isoformat()
    assert (find(early).reminded, find(due).reminded) == ((), ((today, "answer"),))
    assert run() is None
    assert len(reminders(portal)) == 1


def test_after_thirty_days_the_order_is_closed_by_the_system(portal, run):
    waiting, over = asked(29), asked(30)
    for reference in (waiting, over):
        find(reference).reminded = ((town_today().isoformat(), "answer"),)
    assert run() == "1 reminded or closed"
    assert (find(waiting).state, find(over).state) == ("awaiting_citizen", "expired")
    last = happened(find(over))[-1]
    assert (last.who, last.action) == ("(system)", "expire")
    assert find(over).closed == town_today()
    assert any("clôturée" in text or "Clôtur" in text for text in subjects(portal))
    assert run() is None


def test_a_document_at_the_counter_waits_sixty_days(portal, run):
    cases = {
        ready(14, delivery="counter"): ("ready", 0),
        ready(15, delivery="counter"): ("ready", 1),
        ready(59, delivery="counter"): ("ready", 1),
        ready(60, delivery="counter"): ("expired", 0),
        ready(400, delivery="post"): ("ready", 0),
    }
    assert run() == "3 reminded or closed"
    found = {
        reference: (find(reference).state, len(find(reference).reminded))
        for reference in cases
    }
    assert found == cases


def test_a_second_question_is_waited_for_and_reminded_of_anew(portal, run):
    reference = asked(15)
    run()
    order = find(reference)
    with api.env.adopt_roles(["Service Clerk"]):
        handling.answer(order, "That one")
        handling.ask(order, "And which class?")
    assert run() is None
    age(order, 16)
    order.reminded = tuple(
        ((town_today() - timedelta(days=20)).isoformat(), what)
        for _day, what in order.reminded
    )
    assert run() == "1 reminded or closed"
    assert len(find(reference).reminded) == 2


def test_without_an_address_nobody_is_reminded_and_the_end_comes(portal, run):
    waiting, over = (
        asked(20, applicant__email=""),
        asked(31, applicant__email=""),
    )
    assert run() == "1 reminded or closed"
    assert find(waiting).reminded == ()
    assert find(over).state == "expired"


def test_what_was_answered_after_it_was_found_stays(portal, run):
    reference = asked(40)
    with api.env.adopt_roles(["Service Clerk"]):
        handling.answer(find(reference), "At last")
    assert trackingjobs.Waiting().do([reference, "00000000000"]) == 0
    assert find(reference).state == "in_progress"


def test_a_long_list_is_done_in_portions_under_the_lock(portal, run, monkeypatch):
    monkeypatch.setattr(trackingjobs, "BATCH", 2)
    for _ in range(3):
        asked(31)
    with town_lock(portal.getId()), pytest.raises(LockNotReentrant):
        run()
    assert run() == "3 reminded or closed"


def test_nothing_due_writes_nothing(portal, run):
    asked(3)
    transaction.commit()
    last = portal._p_jar.db().lastTransaction()
    assert run() is None
    send = getUtility(IJob, name="plonegov.ordering.send_links")
    assert send.run(portal) is None
    assert portal._p_jar.db().lastTransaction() == last


def test_a_site_without_a_counter_waits_for_nobody(portal, run):
    with api.env.adopt_roles(["Manager"]):
        portal.manage_delObjects(["counter"])
    assert run() is None
    assert getUtility(IJob, name="plonegov.ordering.send_links").run(portal) is None
