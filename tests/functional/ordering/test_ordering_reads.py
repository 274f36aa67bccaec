"""Whoever orders can see which service opened the order, when and why (GDPR art. 15)."""

from helpers.orders import request
from helpers.people import add_person
from helpers.people import PASSWORD
from helpers.tracking import find
from helpers.tracking import opened
from plonegov.core.ops.readlog import log_read
from plonegov.core.ops.readlog import reads_of
from plonegov.ordering.api import orders
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.browser.labels import REVEAL_REASONS
from plonegov.ordering.browser.words import READ_REASONS
from plonegov.ordering.domain.reading import REVEALING

import pytest
import transaction


@pytest.fixture
def order(portal):
    placed = orders.place(request())
    transaction.commit()
    return placed


@pytest.fixture
def clerk(portal, browser):
    add_person(portal, "clerk-0042", ["Member", "Clerk"], ["service-population"])
    transaction.commit()
    clerk = browser()
    clerk.session.auth = ("clerk-0042", PASSWORD)
    return clerk


def rows(citizen):
    citizen.open("counter/track-reads")
    found = citizen.page.xpath("//ol[contains(@class, 'pg-timeline')]/li")
    return [" ".join(row.text_content().split()) for row in found]


def test_nobody_opened_it_yet(order, citizen):
    opened(citizen, order)
    assert rows(citizen) == []
    assert "Nobody has opened it yet." in citizen.text()


def test_the_citizen_sees_service_and_reason_never_the_clerk(order, citizen, clerk):
    other = orders.place(request())
    transaction.commit()
    for reference in (order.reference, order.reference, other.reference):
        clerk.open(f"counter/{reference}")
    reveal(clerk, order, "same_name")
    opened(citizen, order)
    found = rows(citizen)
    assert len(found) == 2
    assert any(
        "opened your order to handle your order. (4 times)" in row for row in found
    )
    assert any("to tell two persons of the same name apart" in row for row in found)
    assert "Population" in citizen.text()
    assert "clerk-0042" not in citizen.answer.text
    assert "127.0.0" not in citizen.answer.text


def reveal(clerk, order, reason):
    clerk.open(f"counter/{order.reference}")
    form = clerk.page.xpath("//form[contains(@action, 'order-reveal')]")[0]
    clerk.send({"reason": reason}, form=form)


@pytest.mark.parametrize("reason", ["", "handling", "made-up", None])
def test_a_number_is_revealed_for_a_reason_only(order, clerk, reason):
    reveal(clerk, order, reason)
    assert clerk.answer.status_code == 400
    assert "85.07.30-033.28" not in clerk.answer.text
    [problem] = clerk.problems()
    assert "Choose why" in problem
    assert clerk.page.get_element_by_id("reason-applicant").get("aria-invalid")
    read = reads_of(order.reference, town_today())
    assert {each.action for each in read} == {"open_order"}


def test_the_reason_of_a_revealed_number_is_logged(order, clerk):
    reveal(clerk, order, "register")
    assert "85.07.30-033.28" in clerk.answer.text
    read = reads_of(order.reference, town_today())
    assert [each.reason for each in read if each.action == "reveal_number"] == [
        "register"
    ]
    assert {each.reason for each in read if each.action == "open_order"} == {"handling"}


def test_each_reason_has_its_words_for_clerk_and_citizen():
    assert set(REVEAL_REASONS) == set(REVEALING)
    assert set(READ_REASONS) == {*REVEALING, "handling"}


def test_reads_of_an_unknown_kind_or_reason_tell_no_more(order, citizen):
    log_read("something_else", order.reference, "clerk", "")
    log_read("open_file", f"{order.reference}/0", "clerk", "", "Because of Mrs X")
    opened(citizen, order)
    [row] = rows(citizen)
    assert "opened a file of your order to handle your order" in row
    assert "Mrs X" not in row
    assert find(order).state == "submitted"
