"""A lost link is sent again: the answer tells nothing, the mail goes to the record."""

from datetime import timedelta
from email import message_from_bytes
from email import policy
from helpers.orders import request
from helpers.people import add_person
from helpers.people import PASSWORD
from helpers.tracking import address
from helpers.tracking import find
from plonegov.core.mail.outbox import entries
from plonegov.core.ops.interfaces import IJob
from plonegov.core.records.events import backdate
from plonegov.core.records.events import entries as happened
from plonegov.ordering.api import links
from plonegov.ordering.api import newlinks
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from zope.component import getUtility

import pytest
import transaction


@pytest.fixture
def order(portal):
    placed = orders.place(request())
    transaction.commit()
    return placed


@pytest.fixture
def run(portal):
    """Run the job that sends the links; return what it told."""

    def run():
        transaction.commit()
        told = getUtility(IJob, name="plonegov.ordering.send_links").run(portal)
        transaction.begin()
        return told

    return run


def mails(portal):
    transaction.begin()
    found = [
        message_from_bytes(mail.message, policy=policy.default)
        for mail in entries(portal).values()
    ]
    return [mail for mail in found if "nouveau lien" in mail["Subject"]]


def last_two(order):
    return [(each.who, each.action) for each in happened(order)[-2:]]


def ask_for(citizen, reference):
    citizen.open("counter/send-link")
    citizen.send({"order": reference})


def test_the_answer_is_the_same_whatever_is_typed(portal, order, browser):
    without = orders.place(request(applicant__email=""))
    transaction.commit()
    answers = set()
    for typed in (
        order.reference,
        f" {order.reference[:4].lower()}-{order.reference[4:]}",
        without.reference,
        "7K2M9QXT4HD",
        "not a reference",
        "%00",
        "x" * 5000,
    ):
        citizen = browser()
        ask_for(citizen, typed)
        assert "Set-Cookie" not in citizen.answer.headers
        answers.add((citizen.answer.status_code, citizen.text()))
    [(status, text)] = answers
    assert status == 200
    assert "order" in text
    assert order.reference not in text


def test_the_new_link_goes_to_the_record_and_voids_the_old_one(
    portal, order, citizen, run
):
    old, number = address(order), order.link_number
    ask_for(citizen, order.reference)
    assert find(order).link_number == number
    assert run() == "1 sent"
    [mail] = mails(portal)
    assert mail["To"] == "ada@exempleville.example"
    found = find(order)
    assert links.secret(found) in mail.get_body(("plain",)).get_content()
    citizen.open(old)
    assert citizen.answer.status_code == 404
    citizen.open(address(found))
    assert "Received" in citizen.text()
    assert last_two(found)[1] == ("(citizen)", "link_sent")
    assert run() is None


def test_asked_twice_before_it_is_sent_it_is_sent_once(portal, order, citizen, run):
    ask_for(citizen, order.reference)
    ask_for(citizen, order.reference)
    assert run() == "1 sent"
    assert len(mails(portal)) == 1


def test_without_an_address_the_link_stays(portal, citizen, run):
    order = orders.place(request(applicant__email=""))
    transaction.commit()
    ask_for(citizen, order.reference)
    assert run() is None
    citizen.open(address(find(order)))
    assert citizen.answer.status_code == 200
    assert not counter().link_requests.first(1)


def test_who_knows_a_reference_can_not_keep_the_applicant_out(portal, order, run):
    for _ in range(newlinks.DAILY + 2):
        newlinks.ask_for_link(order.reference)
        run()
    assert len(mails(portal)) == newlinks.DAILY
    found = find(order)
    backdate(found, timedelta(hours=25))
    newlinks.ask_for_link(order.reference)
    assert run() == "1 sent"


def test_an_empty_reference_and_a_wrong_token_are_refused(portal, order, citizen):
    citizen.open("counter/send-link")
    citizen.send({"order": "  "})
    assert citizen.answer.status_code == 422
    assert citizen.problems() == ["Write the reference of your order."]
    citizen.send({"order": order.reference, "_authenticator": "0" * 40})
    assert citizen.answer.status_code == 403
    assert citizen.value("order") == order.reference
    citizen.open("counter/send-link?order=" + order.reference)
    transaction.begin()
    assert not counter().link_requests.first(1)


def test_a_link_cant_be_asked_for_at_the_storages_address(order, citizen):
    citizen.open("counter/link_requests")
    assert "login" in citizen.answer.url


@pytest.fixture
def clerk(portal, browser):
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    transaction.commit()
    clerk = browser()
    clerk.session.auth = ("clerk", PASSWORD)
    return clerk


def form_of(clerk, verb):
    return clerk.page.xpath(f"//main//form[.//*[@value='{verb}']]")[0]


def test_a_clerk_corrects_the_address_and_the_new_one_gets_the_link(
    portal, order, clerk
):
    old = address(order)
    clerk.open(f"counter/{order.reference}")
    clerk.send({"email": "ada@"}, form=form_of(clerk, "correct_address"))
    assert clerk.answer.status_code == 400
    assert clerk.page.get_element_by_id("correct_address-email").value == "ada@"
    assert len(clerk.problems()) == 1
    form = form_of(clerk, "correct_address")
    clerk.send({"email": "Ada.E@Exempleville.example"}, form=form)
    assert "Ada.E@exempleville.example" in clerk.text()
    [mail] = mails(portal)
    assert mail["To"] == "Ada.E@exempleville.example"
    found = find(order)
    assert links.secret(found) in mail.get_body(("plain",)).get_content()
    assert last_two(found) == [("clerk", "address_corrected"), ("clerk", "link_sent")]
    assert "exempleville.example" not in str(happened(found))
    clerk.open(old)
    assert clerk.answer.status_code == 404


def test_a_clerk_sends_a_new_link(portal, order, clerk):
    clerk.open(f"counter/{order.reference}")
    clerk.send(form=form_of(clerk, "send_link"))
    [mail] = mails(portal)
    assert mail["To"] == "ada@exempleville.example"
    assert last_two(find(order))[1] == ("clerk", "link_sent")


def test_without_an_address_a_clerk_enters_one_first(portal, clerk):
    order = orders.place(request(applicant__email=""))
    transaction.commit()
    clerk.open(f"counter/{order.reference}")
    assert "Send a new link" not in clerk.text()
    form = form_of(clerk, "correct_address")
    clerk.send({"verb": "send_link"}, form=form)
    assert clerk.answer.status_code == 422
    assert find(order).link_number == 1
