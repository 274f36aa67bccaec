"""Many orders at once: each is done or refused for itself, under the rules of one."""

from helpers.orders import request
from helpers.people import add_person
from plone.app.testing import login
from plone.app.testing import TEST_USER_NAME
from plonegov.core.errors import RecordNotFound
from plonegov.core.mail import outbox
from plonegov.ordering.api import bulk
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api.bulk import Shown
from plonegov.ordering.browser.queue import BULK_TITLES
from plonegov.ordering.domain.bulk import BULK
from plonegov.ordering.domain.bulk import MOST_DOCUMENTS

import pytest


FINDINGS = {
    "full_name": "Exemple Ada",
    "birth_date": "1985-07-30",
    "birth_place": "Exempleville",
    "address": "Rue de l’Essai 12",
    "address_since": "2010-09-01",
}
CHECKS = {"address_unprotected": True}


@pytest.fixture
def clerk(portal):
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    add_person(portal, "colleague", ["Member", "Clerk"], ["service-population"])
    add_person(portal, "works", ["Member", "Clerk"], ["service-works"])
    login(portal, "clerk")
    yield "clerk"
    login(portal, TEST_USER_NAME)


@pytest.fixture
def three(portal, clerk):
    return [orders.place(request()) for _each in range(3)]


def shown(*placed):
    return [Shown.of(order) for order in placed]


def references(rows):
    return [row.reference for row in rows]


def codes(outcome):
    return {each.shown.reference: each.error.code for each in outcome.refused}


def test_what_the_table_sends_is_read_again():
    row = Shown("0123456789A", "submitted", "a:b")
    assert Shown.read(str(row)) == row
    assert Shown.read("x") == Shown("x", "", "")


def test_all_buttons_of_the_queue_have_a_rule():
    assert {*BULK_TITLES} <= {*BULK}
    assert {rule.undo for rule in BULK.values() if rule.undo} <= {*BULK}


def test_each_order_is_done(three):
    outcome = bulk.do_all("take", shown(*three))
    assert {(order.assigned, order.state) for order in three} == {
        ("clerk", "in_progress")
    }
    assert references(outcome.done) == [order.reference for order in three]
    assert outcome.refused == outcome.left == ()


def test_a_refused_order_keeps_no_other_from_being_done(three):
    ready, bare, _other = three
    for order in (ready, bare):
        handling.take(order)
    handling.confirm_findings(ready, FINDINGS, **CHECKS)
    outcome = bulk.do_all("produce", shown(*three))
    assert references(outcome.done) == [ready.reference]
    assert set(codes(outcome).values()) == {"address_protection_not_checked"}
    assert ready.issued is not None
    assert bare.issued is None


def test_a_refused_order_leaves_no_mail_and_no_trace(portal, three):
    before = len(outbox.entries(portal))
    events = three[0].events
    outcome = bulk.do_all("make_ready", shown(three[0]))
    assert codes(outcome) == {three[0].reference: "action_not_allowed"}
    assert three[0].events == events
    assert len(outbox.entries(portal)) == before


def test_an_order_that_a_colleague_took_is_not_taken_away(portal, three):
    rows = shown(*three)
    login(portal, "colleague")
    handling.take(three[0])
    login(portal, "clerk")
    outcome = bulk.do_all("take", rows)
    assert codes(outcome) == {three[0].reference: "order_changed"}
    assert three[0].assigned == "colleague"
    assert references(outcome.done) == [order.reference for order in three[1:]]


@pytest.mark.parametrize("text", ["00000000000:submitted:", "nonsense", ""])
def test_an_unknown_order_is_refused_alone(three, text):
    outcome = bulk.do_all("pay", [Shown.read(text), *shown(three[0])])
    assert [each.error.status for each in outcome.refused] == [404]
    assert three[0].paid


def test_another_service_learns_nothing_of_an_order(portal, three):
    login(portal, "works")
    outcome = bulk.do_all("take", shown(three[0]))
    assert codes(outcome) == {three[0].reference: "record_not_found"}


def test_only_so_many_documents_are_made_at_once(portal, three, monkeypatch):
    rows = [Shown(f"{number:011}", "", "") for number in range(MOST_DOCUMENTS + 2)]
    outcome = bulk.do_all("produce", rows)
    assert len(outcome.refused) == MOST_DOCUMENTS == 25
    assert outcome.left == tuple(rows[-2:])


def test_an_order_selected_twice_is_done_once(three):
    before = len(three[0].events)
    bulk.do_all("pay", shown(three[0], three[0]))
    assert len(three[0].events) == before + 1


def test_undo_takes_back_what_was_otherwise_before(portal, three):
    login(portal, "colleague")
    handling.take(three[0])
    login(portal, "clerk")
    outcome = bulk.do_all("take", shown(*three))
    assert references(outcome.undoable) == [order.reference for order in three[1:]]
    undone = bulk.do_all("release", outcome.undoable)
    assert len(undone.done) == 2
    assert [order.assigned for order in three] == ["clerk", "", ""]
    again = bulk.do_all("take", undone.undoable)
    assert len(again.done) == 2


def test_what_was_paid_before_stays_paid_when_undone(three):
    handling.mark_paid(three[0])
    outcome = bulk.do_all("pay", shown(*three))
    bulk.do_all("unpay", outcome.undoable)
    assert [order.paid for order in three] == [True, False, False]


def test_a_mail_can_not_be_taken_back():
    assert not BULK["make_ready"].undo
    assert not BULK["hand_over"].undo


@pytest.mark.parametrize("verb", ["reject", "reopen", "nothing", ""])
def test_other_verbs_are_for_one_order(three, verb):
    with pytest.raises(RecordNotFound):
        bulk.do_all(verb, shown(*three))
