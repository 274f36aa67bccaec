"""A town's worker sends no more mails in an hour than its profile allows."""

from copy import deepcopy
from plone.base.interfaces import IMailSchema
from plone.registry.interfaces import IRegistry
from plonegov.core.mail import outbox
from plonegov.core.mail import worker
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.ops.home import home
from plonegov.core.testing import FACTS
from plonegov.core.testing import set_facts
from smtplistener import serve
from zope.component import getUtility
from zope.globalrequest import clearRequest

import pytest
import shutil
import time
import time_machine
import transaction


@pytest.fixture
def listener(portal):
    listener, server = serve()
    stored = getUtility(IRegistry).forInterface(IMailSchema, prefix="plone")
    stored.smtp_host, stored.smtp_port = "127.0.0.1", listener.port
    set_facts(portal, deepcopy(FACTS) | {"limits": {"mails_per_hour": 25}})
    clearRequest()
    yield listener
    server.shutdown()
    server.server_close()
    shutil.rmtree(home() / "mail", ignore_errors=True)


def queue(count):
    for number in range(count):
        outbox.queue(
            Mail(
                recipient="citizen@example.org",
                language="fr",
                subject=f"Mail {number}",
                blocks=(Paragraph("Hello"),),
            )
        )
    transaction.commit()


def test_what_is_beyond_the_hour_waits_and_leaves_later(portal, listener):
    queue(60)
    assert [worker.sweep(portal), worker.sweep(portal)] == [25, 0]
    transaction.begin()
    assert outbox.status(portal).due == 35
    with time_machine.travel(time.time() + 3700):
        assert worker.sweep(portal) == 25
    with time_machine.travel(time.time() + 7400):
        assert worker.sweep(portal) == 10
    transaction.begin()
    assert outbox.status(portal).due == 0
    assert len(listener.received) == 60


def test_the_oldest_leave_first(portal, listener):
    queue(30)
    worker.sweep(portal)
    subjects = [b"Subject: Mail %d\r\n" % number for number in range(25)]
    sent = [mail.data for mail in listener.received]
    assert all(any(line in data for data in sent) for line in subjects)


def test_a_refused_mail_takes_no_place(portal, listener):
    queue(5)
    listener.answers["rcpt"] = "550 unknown"
    assert worker.sweep(portal) == 0
    del listener.answers["rcpt"]
    queue(30)
    assert worker.sweep(portal) == 25
