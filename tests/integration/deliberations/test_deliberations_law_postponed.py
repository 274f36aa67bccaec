"""An item that is postponed lives on once, however often that is taken back."""

from helpers import councils
from helpers.councils import acting
from plonegov.core.errors import PlonegovError
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import items
from plonegov.deliberations.api import sending
from plonegov.deliberations.api import store
from plonegov.deliberations.api import votes

import pytest


@pytest.fixture
def item(portal):
    """An item of a council that sits, postponed."""
    councils.add_staff(portal)
    members = councils.seat()
    item = councils.validated(portal)
    councils.sit(portal, councils.plan(portal), members, item)
    with acting(portal, "secretary"):
        items.change(item, "postpone")
        yield item


def copies():
    rows = store.rows({"kind": "item", "state": "validated"}).rows
    return [store.item(row["key"]) for row in rows]


def test_postponing_twice_makes_no_second_copy(item):
    [first] = copies()
    items.change(item, "reconsider")
    assert (copies(), item.copies) == ([], ())
    items.change(item, "postpone")
    [second] = copies()
    assert second.UID() != first.UID()
    assert item.copies == (second.UID(),)


def test_an_item_that_is_decided_after_all_leaves_no_copy(item):
    items.change(item, "reconsider")
    votes.hold_all([item], {"mode": "show_of_hands"}, "accept")
    assert copies() == []


def test_a_copy_that_went_on_stays_and_holds_its_origin(portal, item):
    [copy] = copies()
    agenda.present(copy, councils.plan(portal))
    with pytest.raises(PlonegovError) as refused:
        items.change(item, "reconsider")
    assert (refused.value.code, item.state) == ("copy_in_use", "postponed")
    items.change(copy, "take_off")
    items.change(copy, "send_back", reason="Sans objet")
    with acting(portal, "drafter"):
        items.change(copy, "withdraw", reason="Sans objet")
    items.change(item, "reconsider")
    assert (item.state, item.copies) == ("frozen", (copy.UID(),))
    items.change(item, "postpone")
    assert len(item.copies) == 2


def test_what_was_sent_to_another_body_is_no_copy_of_a_postponed_item(item):
    items.change(item, "reconsider")
    sent = sending.send_to(item, "college")
    items.change(item, "postpone")
    items.change(item, "reconsider")
    assert item.copies == (sent.UID(),)
