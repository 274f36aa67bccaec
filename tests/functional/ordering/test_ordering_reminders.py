"""Before an order is erased its applicant can fetch what is held (GDPR art. 20)."""

from base64 import b64encode
from email import message_from_bytes
from email import policy
from helpers.ageing import ended
from plone import api
from plone.uuid.interfaces import IUUID
from plonegov.core.mail import outbox
from plonegov.core.ops.interfaces import IJob
from plonegov.ordering.api import handling
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.links import secret
from zope.component import getUtility

import pytest
import transaction


FILE = {
    "question": "proof",
    "filename": "letter.pdf",
    "data": b64encode(b"%PDF-1.7\n").decode(),
}


@pytest.fixture
def run(portal):
    def run():
        transaction.commit()
        told = getUtility(IJob, name="plonegov.ordering.remind_erasure").run(portal)
        transaction.begin()
        return told

    return run


def closed(left, files=(FILE,), **changes):
    """Return an order that is erased in so many days; its mails so far are gone."""
    days = counter()["residence"].retention_days + 1
    order = ended(days - left, attachments=list(files), **changes)
    outbox.settle(api.portal.get(), list(outbox.entries(api.portal.get())), {})
    return order


def mails(order):
    found = outbox.entries(api.portal.get()).values()
    return [
        message_from_bytes(mail.message, policy=policy.default)
        for mail in found
        if mail.about == IUUID(order)
    ]


def test_the_mail_names_the_day_and_leads_to_the_order(portal, run):
    order = closed(30, language="en")
    assert run() == "1 reminded"
    (mail,) = mails(order)
    day = f"{order.erasure_day.day}"
    text = mail.get_body(("plain",)).get_content()
    assert day in mail["Subject"]
    assert secret(order) in text
    assert "download" in text.lower()
    assert "Ada" not in text
    assert order.reminded[-1][1] == "erasure-30"


def test_nobody_is_told_twice_of_the_same(portal, run):
    order = closed(30)
    assert (run(), run()) == ("1 reminded", None)
    assert len(mails(order)) == 1


def test_a_week_before_there_is_a_second_mail(portal, run):
    order = closed(7)
    order.reminded = ((order.closed.isoformat(), "erasure-30"),)
    assert run() == "1 reminded"
    assert [what for _, what in order.reminded] == ["erasure-30", "erasure-7"]


@pytest.mark.parametrize("left", [31, 0, -1])
def test_before_and_after_these_days_nobody_is_told(portal, run, left):
    closed(left)
    assert run() is None


def test_without_an_address_nobody_is_told(portal, run):
    closed(30, applicant__email="")
    assert run() is None


def test_without_a_file_one_is_told_since_what_was_answered_can_be_fetched(portal, run):
    order = closed(30, files=())
    assert run() == "1 reminded"
    assert len(mails(order)) == 1


def test_what_was_sent_before_an_order_was_taken_up_again_counts_no_more(portal, run):
    order = closed(30)
    order.reminded = (("2020-01-01", "erasure-30"),)
    assert run() == "1 reminded"


def test_a_running_order_is_not_erased_so_nobody_is_told(portal, run):
    order = closed(30)
    with api.env.adopt_roles(["Service Clerk"]):
        handling.reopen(order, "Sent to another address")
    assert run() is None
