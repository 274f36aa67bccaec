"""What was sent by people leaves the disk as soon as its time is over (GDPR art. 5.1.e).

A file that nothing refers to any more is still read by who copies the disk, so these
tests read all files of the folder in which the database keeps blobs.
"""

from helpers.citizen import ABOUT
from helpers.citizen import DELIVERY
from helpers.citizen import QUESTIONS
from helpers.citizen import WHO
from helpers.ondisk import blob_folder
from helpers.ondisk import holding
from helpers.orders import ADA
from helpers.orders import request
from helpers.stores import only_draft
from helpers.stores import only_order
from pathlib import Path
from plone import api
from plonegov.core.ops.interfaces import IJob
from plonegov.ordering.adapters.roles import APPLICANT
from plonegov.ordering.api import answers
from plonegov.ordering.api import handingout
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import relations
from plonegov.ordering.api.counters import counter
from zope.component import getUtility

import pytest
import transaction


SCAN, MANDATE, ACT = b"bytes of a card", b"bytes of a mandate", b"bytes of an act"


def pdf(word):
    return b"%PDF-1.4 " + word


@pytest.fixture
def found(portal):
    """Return a function that counts the files on the disk that hold a word."""

    def count(word):
        transaction.begin()
        return len(holding(blob_folder(portal), word))

    return count


@pytest.fixture
def giver(citizen):
    """A citizen whose draft has a mandate and the scan of an identity card."""
    citizen.open("counter/residence/order/who")
    citizen.send({**WHO, "relation": "mandatary"})
    sent = [
        ("mandate", ("mandate.pdf", pdf(MANDATE))),
        ("identity", ("card.pdf", pdf(SCAN))),
    ]
    fields = {**ABOUT, "subject.birth_date-year": "1960"}
    empty = dict.fromkeys(("mandate", "identity", "proof"))
    citizen.send({**fields, **empty}, files=sent)
    assert citizen.path == "counter/residence/order/delivery"
    return citizen


@pytest.fixture
def sent(giver):
    """The order that the citizen sent."""
    giver.send(DELIVERY)
    giver.send(QUESTIONS)
    giver.send()
    assert giver.path == "counter/thanks"
    return only_order()


def as_clerk(verb, *args, **kwargs):
    with api.env.adopt_roles(["Service Clerk", APPLICANT]):
        verb(*args, **kwargs)
    transaction.commit()


def run(portal, name):
    transaction.commit()
    getUtility(IJob, name=f"plonegov.ordering.{name}").run(portal)


def test_a_draft_that_is_sent_gives_its_files_away(sent, found):
    assert (found(SCAN), found(MANDATE)) == (1, 1)
    assert [file.data for _question, file in sent.attachments] == [
        pdf(MANDATE),
        pdf(SCAN),
    ]
    assert [file.filename for _question, file in sent.attachments] == [
        "mandate.pdf",
        "card.pdf",
    ]
    assert counter().records.weights.total == len(pdf(MANDATE)) + len(pdf(SCAN))
    assert counter().drafts.weights.total == 0


def test_a_scan_is_gone_once_the_order_is_decided(sent, found):
    as_clerk(handling.take, sent)
    assert found(SCAN) == 1
    as_clerk(handling.reject, sent, "No such person", "Art. 3")
    assert (found(SCAN), found(MANDATE)) == (0, 1)


def test_a_decision_that_is_not_committed_takes_nothing(sent, found):
    with api.env.adopt_roles(["Service Clerk"]):
        handling.reject(sent, "No such person", "Art. 3")
    transaction.abort()
    assert found(SCAN) == 1
    assert sent.attachments[1][1].data == pdf(SCAN)


def test_a_draft_that_is_deleted_leaves_no_file(giver, found):
    draft = only_draft()
    giver.open("counter/residence/order/delete")
    giver.send()
    assert (found(SCAN), found(MANDATE)) == (0, 0)
    assert (len(counter().drafts), draft.sealed) == (0, None)


def test_a_draft_whose_time_is_over_leaves_no_file(portal, giver, found):
    draft = only_draft()
    draft.touched = draft.touched.replace(year=2020)
    run(portal, "forget_drafts")
    assert len(counter().drafts) == 0
    assert (found(SCAN), found(MANDATE)) == (0, 0)


def test_a_file_taken_out_of_a_draft_leaves_the_disk(giver, found):
    giver.open("counter/residence/order/about")
    [box] = giver.page.xpath("//input[@type='checkbox'][contains(@name, 'identity')]")
    empty = dict.fromkeys(("mandate", "identity", "proof"))
    giver.send({**empty, box.get("name"): box.get("value")})
    assert (found(SCAN), found(MANDATE)) == (0, 1)


def test_files_about_another_go_when_it_is_about_oneself(giver, found):
    giver.open("counter/residence/order/who")
    giver.send({"relation": "self"})
    giver.send(DELIVERY)
    giver.send(QUESTIONS)
    giver.send()
    assert only_order().attachments == ()
    assert (found(SCAN), found(MANDATE)) == (0, 0)


@pytest.fixture
def asked(portal):
    """An order whose applicant was asked something and chose a file."""
    order = orders.place(request())
    transaction.commit()
    as_clerk(handling.ask, order, "Which school?")
    assert answers.keep_files(order, [("school.pdf", pdf(MANDATE))]) == []
    transaction.commit()
    return order


def test_a_file_of_an_answer_that_is_dropped_leaves_the_disk(asked, found):
    assert found(MANDATE) == 1
    answers.drop_files(asked, [0])
    transaction.commit()
    assert (asked.unsent_files, found(MANDATE)) == ((), 0)


def test_a_file_of_an_answer_that_is_never_sent_leaves_the_disk(asked, found):
    as_clerk(handling.withdraw, asked)
    assert (asked.unsent_files, found(MANDATE)) == ((), 0)


def test_a_file_of_an_answer_that_is_sent_stays(asked, found):
    as_clerk(answers.reply, asked, "The small one")
    assert found(MANDATE) == 1
    [(_question, file)] = asked.attachments
    assert (file.filename, file.data) == ("school.pdf", pdf(MANDATE))


def findings_of(order):
    dates = {"birth_date": "1985-07-30", "address_since": "2019-02-01"}
    return {item.id: dates.get(item.id, "X") for item in handling.findings_of(order)}


@pytest.fixture
def drawn_up(portal):
    """An order whose certificate is made, and handed to nobody."""
    order = orders.place(request())
    as_clerk(handling.take, order)
    as_clerk(
        handling.confirm_findings, order, findings_of(order), address_unprotected=True
    )
    as_clerk(handling.produce, order)
    return order


@pytest.mark.parametrize(
    "drop",
    [
        relations.take_back_relation,
        handling.produce,
        lambda order: handling.confirm_findings(
            order, findings_of(order), address_unprotected=True
        ),
    ],
)
def test_a_certificate_that_nobody_was_handed_leaves_the_disk(drawn_up, drop):
    former = Path(drawn_up.issued._blob.committed())
    as_clerk(drop, drawn_up)
    assert not former.exists()


def test_an_act_that_is_attached_anew_leaves_the_disk(drawn_up, found):
    as_clerk(handling.attach_act, drawn_up, "act.pdf", pdf(ACT))
    as_clerk(handling.attach_act, drawn_up, "act.pdf", pdf(MANDATE))
    assert (found(ACT), found(MANDATE)) == (0, 1)


def test_a_certificate_that_was_handed_over_is_kept(drawn_up, found):
    former = drawn_up.issued.data
    as_clerk(handingout.register_address, drawn_up, ADA["address"])
    as_clerk(handling.make_ready, drawn_up)
    as_clerk(handling.hand_over, drawn_up)
    as_clerk(handling.reopen, drawn_up, "A wrong name")
    [(_when, _why, file)] = drawn_up.former
    assert found(former) == 1
    assert file.data == former
    as_clerk(
        handling.confirm_findings,
        drawn_up,
        findings_of(drawn_up),
        address_unprotected=True,
    )
    as_clerk(handling.produce, drawn_up)
    assert found(former) == 1


def test_after_its_retention_no_byte_is_left(portal, sent, found):
    as_clerk(handling.withdraw, sent)
    sent.closed = sent.closed.replace(year=2000)
    sent.reindexObject()
    run(portal, "retention")
    assert (found(SCAN), found(MANDATE)) == (0, 0)
