"""Two who write in one item: the second one is told, and nothing is lost."""

from helpers import councils
from helpers.councils import acting
from plonegov.deliberations.api import items
from plonegov.deliberations.domain.refusals import ItemChanged

import pytest


@pytest.fixture
def item(portal):
    councils.add_staff(portal)
    councils.add_person(portal, "colleague", ["Member", "Drafter"], ["service-works"])
    with acting(portal, "drafter"):
        return items.draft("council", "works", councils.TEXTS)


def test_an_item_that_somebody_else_edited_is_not_written_over(portal, item):
    seen = item.serial
    with acting(portal, "colleague"):
        items.edit(item, {"title": "Titre de la collègue"}, seen)
    with acting(portal, "drafter"):
        with pytest.raises(ItemChanged) as changed:
            items.edit(item, {"title": "Mon titre", "amount": "5"}, seen)
        assert (item.title, item.amount) == ("Titre de la collègue", "")
        assert (changed.value.code, changed.value.status) == ("item_changed", 409)
        context = changed.value.context
        assert (context["who"], context["serial"]) == ("colleague", item.serial)
        assert councils.datetime.fromisoformat(context["when"]) <= councils.now()
        items.edit(item, {"title": "Mon titre"}, context["serial"])
    assert item.title == "Mon titre"


def test_what_changes_nothing_counts_as_no_change(portal, item):
    with acting(portal, "drafter"):
        items.edit(item, {"title": item.title}, item.serial)
        assert item.serial == 0
        items.edit(item, {"amount": "12"}, 0)
        assert item.serial == 1
        items.edit(item, {"amount": "13"})
        assert item.serial == 2


def test_a_serial_of_no_edit_names_nobody(portal, item):
    """A page from before a restored backup, say."""
    with acting(portal, "drafter"), pytest.raises(ItemChanged) as changed:
        items.edit(item, {"amount": "12"}, 7)
    assert (changed.value.context["who"], item.amount) == ("", "")
