"""A decision that was rectified after the public read it: nothing changes for the public
until it is confirmed anew, and then it reads both texts and why."""

from helpers import councils
from helpers import published
from helpers.councils import acting
from helpers.published import SECRET
from helpers.woken import woken
from plone import api
from plonegov.core.errors import InvalidInput
from plonegov.core.registers.register import Register
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import numbering
from plonegov.deliberations.api import public
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import workload
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.publicsearch import Search
from plonegov.deliberations.domain.publishing import WhyWithdrawn

import pytest


WHY = "Une erreur de calcul a été corrigée."
SECRETARY = workload.Asker(secretary=True)


@pytest.fixture
def item(portal):
    """A decision that the public reads."""
    councils.add_staff(portal)
    councils.seat()
    item = published.an_item(portal)
    published.decided(portal, item)
    published.published(portal, item)
    with acting(portal, "secretary"):
        yield item


def read(item):
    return publishing.publication_of(item)


def rectified(item, times=1):
    for _ in range(times):
        text = {"decision": f"<p>Article 1. Corrigé {item.version}.</p>"}
        numbering.rectify(item, f"{SECRET} a fait une faute", text)


def waiting(portal):
    """Return the keys of the items that are to be confirmed anew; none is woken."""
    with woken(portal, (Item,)) as awake:
        rows = workload.items("republish", SECRETARY).rows
    assert awake == []
    return [row["key"] for row in rows]


def test_a_rectification_changes_nothing_for_the_public_and_waits(portal, item):
    title, text = read(item).title, read(item).text
    assert (item.outdated, waiting(portal)) == (False, [])
    rectified(item)
    assert (item.outdated, waiting(portal)) == (True, [item.getId()])
    found = read(item)
    assert (found.title, found.text, found.version, found.former) == (
        title,
        text,
        1,
        (),
    )


def test_it_is_confirmed_with_a_reason_worded_for_the_public(portal, item):
    former = read(item).text
    rectified(item)
    publishing.prepare(item, "Titre corrigé", "<p>Corrigé</p>")
    with pytest.raises(InvalidInput) as wrong:
        publishing.confirm(item)
    assert [(each.field, each.code) for each in wrong.value.faults] == [
        ("rectified", "required")
    ]
    assert (read(item).title, read(item).former) == (
        f"{published.PUBLIC} décision 1",
        (),
    )
    publishing.prepare(item, "Titre corrigé", "<p>Corrigé</p>", WHY)
    publishing.confirm(item)
    found = read(item)
    assert (found.title, found.text, found.version) == (
        "Titre corrigé",
        "<p>Corrigé</p>",
        2,
    )
    [row] = found.former
    entry = Register("council").get(*item.registered)
    assert row == {
        "version": 1,
        "title": f"{published.PUBLIC} décision 1",
        "text": former,
        "rectified": entry.when.isoformat(),
        "reason": WHY,
    }
    assert (item.outdated, waiting(portal)) == (False, [])
    assert SECRET not in repr(found.former)


def test_a_reason_stands_for_one_rectification(item):
    for number in (2, 3):
        rectified(item)
        publishing.prepare(item, f"Titre {number}", "<p>Corrigé</p>")
        with pytest.raises(InvalidInput):
            publishing.confirm(item)
        publishing.prepare(item, f"Titre {number}", "<p>Corrigé</p>", f"Faute {number}")
        publishing.confirm(item)
    rows = [(row["version"], row["reason"]) for row in read(item).former]
    assert (rows, read(item).version) == ([(1, "Faute 2"), (2, "Faute 3")], 3)


def test_what_the_public_never_read_does_not_stand_beside_it(item):
    rectified(item, 2)
    publishing.prepare(item, "Titre", "<p>Corrigé</p>", WHY)
    publishing.confirm(item)
    assert [row["version"] for row in read(item).former] == [1]
    assert read(item).version == 3
    publishing.prepare(item, "Autre titre", "<p>Corrigé</p>")
    publishing.confirm(item)
    assert [row["version"] for row in read(item).former] == [1]


def test_a_withdrawal_takes_the_former_texts_along(portal, item):
    rectified(item)
    publishing.prepare(item, "Titre", "<p>Corrigé</p>", WHY)
    publishing.confirm(item)
    rectified(item)
    publishing.withdraw(item, WhyWithdrawn.PRIVACY)
    assert (read(item).former, item.outdated, waiting(portal)) == ((), False, [])
    publishing.confirm(item)
    assert (read(item).former, read(item).version) == ((), 3)


def test_a_new_number_begins_its_versions_anew(portal, item):
    rectified(item)
    assert item.version == 2
    meeting = councils.store.meeting(item.meeting)
    meetings.change(meeting, "resume", reason="Erreur")
    meetings.change(meeting, "decide")
    assert (item.version, item.outdated) == (1, False)
    publishing.confirm(item)
    assert (read(item).version, read(item).former) == (1, ())


def test_the_preview_shows_both_texts_and_keeps_nothing(item):
    rectified(item)
    publishing.prepare(item, "Titre corrigé", "<p>Corrigé</p>", WHY)
    seen = publishing.preview(item)
    assert (seen.title, seen.version) == ("Titre corrigé", 2)
    assert [row["reason"] for row in seen.former] == [WHY]
    assert (read(item).version, read(item).former, item.outdated) == (1, (), True)


def test_a_former_text_is_found_by_no_search(item):
    rectified(item)
    publishing.prepare(item, "Titre", "<p>Corrigé</p>", WHY)
    publishing.confirm(item)
    assert public.search(Search(text="Corrigé")).total == 1
    assert public.search(Search(text=published.PUBLIC)).total == 0


def test_who_is_no_secretary_is_told_of_none(portal, item):
    rectified(item)
    with acting(portal, "drafter"):
        assert "republish" not in workload.parts_of(workload.asker())
    assert "republish" in workload.parts_of(workload.asker())
    assert api.user.get_current().getId() == "secretary"
