"""What the public reads: nothing that a clerk did not confirm, item by item."""

from helpers import councils
from helpers.councils import acting
from helpers.woken import woken
from plone import api
from plone.app.testing import logout
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import RecordNotFound
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import votes
from plonegov.deliberations.content.publication import Publication
from plonegov.deliberations.domain.publishing import WhyWithdrawn
from plonegov.deliberations.domain.refusals import StepRefused

import pytest


SECRET = "Canari"
PUBLIC = "<p>La réfection est <b>approuvée</b>.<script>x()</script></p>"


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


def an_item(portal, meeting, **values):
    """Return an item on an agenda whose record is full of what nobody may read."""
    item = councils.validated(
        portal,
        title=f"{SECRET} titre",
        motivation=f"<p>{SECRET}</p>",
        decision=f"<p>{SECRET}</p>",
        **values,
    )
    with acting(portal, "secretary"):
        agenda.present(item, meeting)
    return item


def convened(portal, body="council"):
    meeting = councils.plan(portal, body)
    with acting(portal, "secretary"):
        meetings.change(meeting, "convene")
    return meeting


def public_text(item):
    found = publishing.decisions().records.get(item.getId())
    return repr(vars(found)) if found is not None else ""


def code(call, *arguments, **values):
    with pytest.raises(StepRefused) as refused:
        call(*arguments, **values)
    return refused.value.code


def test_nothing_is_public_until_it_is_confirmed(portal, members):
    item = an_item(portal, convened(portal))
    with acting(portal, "secretary"):
        assert code(publishing.confirm, item) == "public_text_missing"
        publishing.prepare(item, " Réfection d’une rue ", PUBLIC)
        assert public_text(item) == ""
        publication = publishing.confirm(item)
    assert (publication.shown, publication.title) == ("draft", "Réfection d’une rue")
    assert "script" not in publication.text
    assert SECRET not in public_text(item)
    logout()
    assert api.user.has_permission("View", obj=publication)
    assert not api.user.has_permission("View", obj=item)


def test_the_decision_stands_at_the_draft_s_address(portal, members):
    meeting = councils.plan(portal)
    item = councils.validated(portal, title=SECRET)
    councils.sit(portal, meeting, members, item)
    with acting(portal, "secretary"):
        publishing.prepare(item, "Réfection", PUBLIC)
        draft = publishing.confirm(item)
        assert draft.shown == "draft"
        exceptions = {members[0]: "against"}
        given = {"mode": "show_of_hands", "exceptions": exceptions}
        votes.hold_all([item], given, "accept")
        meetings.change(meeting, "decide")
        decision = publishing.confirm(item)
    assert decision.getPhysicalPath() == draft.getPhysicalPath()
    assert (decision.shown, decision.registered[1]) == ("decision", 1)
    assert decision.counts["in_favour"] == 6
    [row] = publishing.decisions().records.query(portal.decisions, {}).rows
    assert (row["voters"], row["in_favour"], row["against"]) == (7, 6, 1)
    assert members[0] not in public_text(item)


def test_a_closed_item_and_a_body_without_publicity_stay_out(portal, members):
    closed = an_item(portal, convened(portal), privacy="closed")
    councils.seat("college")
    with acting(portal, "secretary"):
        publishing.prepare(closed, "Titre", PUBLIC)
        assert code(publishing.confirm, closed) == "item_not_public"
    college = councils.validated(portal, "college")
    meeting = convened(portal, "college")
    with acting(portal, "secretary"):
        agenda.present(college, meeting)
        publishing.prepare(college, "Titre", PUBLIC)
        assert code(publishing.confirm, college) == "body_not_public"
        assert code(publishing.confirm, college, release=True) == "body_not_public"
    assert len(publishing.decisions().records) == 0


def test_a_single_decision_of_a_college_is_released(portal, members):
    college = councils.seat("college")
    meeting = councils.plan(portal, "college")
    item = councils.validated(portal, "college")
    councils.sit(portal, meeting, college, item)
    with acting(portal, "secretary"):
        votes.hold_all([item], {"mode": "show_of_hands"}, "accept")
        meetings.change(meeting, "decide")
        publishing.prepare(item, "Titre", PUBLIC)
        assert publishing.confirm(item, release=True).shown == "decision"


def test_a_withdrawn_publication_is_a_tombstone_without_its_title(portal, members):
    item = an_item(portal, convened(portal))
    with acting(portal, "secretary"):
        with pytest.raises(RecordNotFound):
            publishing.withdraw(item, WhyWithdrawn.PRIVACY)
        publishing.prepare(item, "Titre public", "<p>Mot rarissime</p>")
        publishing.confirm(item)
        store = publishing.decisions().records
        assert store.query(portal.decisions, {"text": "rarissime"}).total == 1
        publishing.withdraw(item, WhyWithdrawn.PRIVACY)
    found = store.get(item.getId())
    assert (found.shown, found.withdrawn) == ("withdrawn", "privacy")
    assert found.day is not None
    assert "Titre public" not in public_text(item)
    assert "rarissime" not in public_text(item)
    assert store.query(portal.decisions, {"text": "rarissime"}).total == 0
    assert store.row(item.getId())["title"] == ""
    with acting(portal, "secretary"):
        assert publishing.confirm(item).shown == "draft"


def test_words_are_found_whatever_their_case_and_accents(portal, members):
    from plonegov.core.records.fulltext import words_query

    meeting, container = convened(portal), publishing.decisions()
    for title in ("Réfection de la voirie", "Budget communal"):
        item = an_item(portal, meeting)
        with acting(portal, "secretary"):
            publishing.prepare(item, title, "<p>Texte commun</p>")
            publishing.confirm(item)
    with woken(portal, (Publication,)) as awake:
        for typed, number in (
            ("REFECTION", 1),
            ("commun", 2),
            ("commun voirie ", 1),
            ("voi", 1),
            ("absent ", 0),
            ('"(AND voirie', 0),
        ):
            query = {"text": words_query(typed)}
            assert container.records.query(container, query).total == number, typed
        query = {"text": words_query("texte"), "body": "council"}
        counted = container.records.facets(container, query, ("subject", "shown"))
        everything = container.records.facets(container, {}, ("subject",))
    assert counted == {"subject": {"roads": 2}, "shown": {"draft": 2}}
    assert everything == {"subject": {"roads": 2}}
    assert awake == []
    assert words_query(" ?! ") == ""


@pytest.mark.parametrize("person", ["drafter", "reviewer", "councillor", "citizen"])
def test_the_secretary_alone_publishes(portal, members, person):
    item = an_item(portal, convened(portal))
    with acting(portal, person):
        for call in (
            lambda: publishing.prepare(item, "Titre", PUBLIC),
            lambda: publishing.confirm(item),
            lambda: publishing.withdraw(item, WhyWithdrawn.ERROR),
        ):
            with pytest.raises(ActionNotAllowed):
                call()


def test_a_body_that_becomes_private_publishes_no_more(portal, members):
    item = an_item(portal, convened(portal))
    bodies.get("council").publicity = "none"
    with acting(portal, "secretary"):
        publishing.prepare(item, "Titre", PUBLIC)
        assert code(publishing.confirm, item) == "body_not_public"
        items.edit(item, {"title": "Autre"})
    assert public_text(item) == ""
