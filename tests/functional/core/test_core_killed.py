"""Processes killed on the spot: no order is lost or doubled, nor is its mail."""

from helpers.faults import address
from helpers.faults import citizens
from helpers.faults import copied
from helpers.faults import laid_out
from helpers.faults import Ledger
from helpers.serving import until
from helpers.storages import Process
from smtplistener import serve
from uuid import uuid4

import os
import pytest
import shutil
import signal
import time


#: Seconds after a restart in which a mail must have left.
SOON = 60
#: Seconds in which a mail that leaves twice would have left again.
A_WHILE = 15

#: Sends mails to a listener on this machine; what an older test owed is forgotten.
POINT_TO = """
from plone import api
from plonegov.core.mail.outbox import ANNOTATION
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from plonegov.municipalities.server.runtime import writing
from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import setSite

import sys

start_zope()
with application() as app, writing("seneffe"):
    setSite(app.seneffe)
    IAnnotations(app.seneffe).pop(ANNOTATION, None)
    api.portal.set_registry_record("plone.smtp_host", "127.0.0.1")
    api.portal.set_registry_record("plone.smtp_port", int(sys.argv[1]))
    api.portal.set_registry_record("plone.email_from_address", "town@demo.example")
"""


def test_orders_survive_the_death_of_all_processes(pair):
    before = pair.references()
    ledger = Ledger(pair.nginx.url, pair.nginx.session)
    with citizens(ledger):
        until(lambda: len(ledger.answered) >= 12)
        for process in pair.servers:
            process.kill()
    for process in pair.servers:
        process.begin()
    for process in pair.servers:
        until(process.answers)
    assert ledger.open
    assert set(ledger.answered.values()) <= pair.references()
    keys = {*ledger.answered, *ledger.open}
    for key in keys:
        until(lambda key=key: ledger.send(key), 60)
    assert ledger.open == set()
    assert len(set(ledger.answered.values())) == len(keys)
    assert pair.references() == before | set(ledger.answered.values())
    wanted = dict.fromkeys(map(address, keys), 1)
    until(lambda: {each: laid_out(pair)[each] for each in wanted} == wanted, SOON)
    with pair.site() as site:
        owed = site.__annotations__["plonegov.core.outbox"].values()
        to = [mail.recipient for mail in owed]
    assert {each: to.count(each) for each in wanted} == wanted


# --- mails ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def listener():
    listener, server = serve()
    yield listener
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def town(lite, listener, tmp_path_factory):
    """A town with a mail server."""
    town = copied(lite, tmp_path_factory.mktemp("killed") / "instance")
    shutil.rmtree(town.home / "mail", ignore_errors=True)
    town.script(POINT_TO, str(listener.port))
    return town


@pytest.fixture
def process(town, listener):
    """The town's server with its worker."""
    listener.at = lambda step: None
    process = Process(town)
    start(process)
    yield process
    process.stop()


def start(process):
    process.begin()
    until(process.answers)
    until(process.workers)


def order(process):
    """Place an order; return the address of its citizen."""
    key = str(uuid4())
    assert Ledger(process.url).send(key)
    return address(key)


def received(listener, to):
    """Return the ids of the mails that the mail server accepted for an address."""
    found = [mail for mail in listener.received if mail.recipient == to]
    return [mail.message["Message-ID"] for mail in found]


def owed(town):
    """Return the addresses to which the town owes a mail."""
    with town.site() as site:
        mails = site.__annotations__["plonegov.core.outbox"].values()
        return [mail.recipient for mail in mails]


def test_a_mail_that_was_committed_and_not_yet_written_leaves_once(
    town, process, listener
):
    for worker in map(int, process.workers()):
        os.kill(worker, signal.SIGSTOP)
    to = order(process)
    assert to in owed(town)
    assert not laid_out(town)[to]
    process.kill()
    assert received(listener, to) == []
    start(process)
    until(lambda: to not in owed(town), SOON)
    time.sleep(A_WHILE)
    assert len(received(listener, to)) == 1


@pytest.mark.parametrize("step", ["connect", "rcpt", "data"])
def test_a_mail_that_was_on_its_way_leaves(town, process, listener, step):
    killed = []

    def at(now):
        if now == step and not killed:
            killed.extend(map(int, process.workers()))
            for worker in killed:
                os.kill(worker, signal.SIGKILL)
            time.sleep(0.1)

    listener.at = at
    to = order(process)
    until(lambda: killed)
    process.kill()
    before = received(listener, to)
    start(process)
    until(lambda: to not in owed(town), SOON)
    time.sleep(A_WHILE)
    ids = received(listener, to)
    # Accepted, but the sender did not live to read it: the one case of a second mail.
    assert len(ids) == 1 + len(before)
    assert len(set(ids)) == 1
    assert not before or step == "data"
