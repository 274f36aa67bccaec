"""Items that go on as copies, each with a life of its own."""

from helpers import councils
from helpers.councils import acting
from helpers.lives import bring_to
from plonegov.core.errors import PlonegovError
from plonegov.core.records.events import entries
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import sending
from plonegov.deliberations.api import votes
from plonegov.deliberations.domain.states import ItemState

import pytest


#: States in which an item is accepted for an agenda, or was adopted by its body.
SENT_FROM = {"validated", "presented", "frozen", "accepted", "accepted_modified"}
EARLY = {"drafted", "proposed", "reviewed_1", "reviewed_2"}


def refused(call, *arguments):
    with pytest.raises(PlonegovError) as error:
        call(*arguments)
    return error.value


@pytest.fixture
def sent_on(portal):
    """An item of the college on which an advice was given."""
    councils.add_staff(portal)
    item = councils.validated(portal, "college")
    with acting(portal, "secretary"):
        advice = parts.ask(item, "population")
    with acting(portal, "adviser"):
        parts.give(advice, "unfavourable", "Trop cher")
    with acting(portal, "secretary"):
        yield item


def test_an_advice_that_is_asked_again_on_a_copy_stays_given_on_the_first(
    portal, sent_on
):
    made = sending.send_to(sent_on, "council")
    [first], [second] = parts.advices(sent_on), parts.advices(made)
    parts.ask_again(second, "Le conseil veut savoir plus")
    assert (first.state, first.opinion, first.text) == (
        "given",
        "unfavourable",
        "Trop cher",
    )
    assert (second.state, second.opinion) == ("asked", "")
    with acting(portal, "adviser"):
        parts.give(second, "favourable")
    assert (first.opinion, second.opinion) == ("unfavourable", "favourable")
    assert [row[1] for row in second.former] == ["unfavourable"]
    assert first.former == ()


def test_an_item_is_sent_to_a_body_once_as_long_as_its_copy_lives(portal, sent_on):
    made = sending.send_to(sent_on, "council")
    error = refused(sending.send_to, sent_on, "council")
    assert (error.code, error.status) == ("goes_on_already", 409)
    assert error.context["copy"] == made.getId()
    assert sent_on.copies == (made.UID(),)
    items.change(made, "send_back", reason="Sans objet")
    with acting(portal, "drafter"):
        items.change(made, "withdraw", reason="Sans objet")
    again = sending.send_to(sent_on, "council")
    assert sent_on.copies == (made.UID(), again.UID())


@pytest.mark.parametrize("state", ItemState)
def test_what_is_not_ready_or_was_not_adopted_goes_to_no_other_body(sent_on, state):
    bring_to(sent_on, sent_on.workflow, state)
    if state in SENT_FROM:
        assert sending.send_to(sent_on, "council").state == "validated"
        return
    code = refused(sending.send_to, sent_on, "council").code
    # Before it is accepted for an agenda, the secretary may not even ask.
    assert code == ("action_not_allowed" if state in EARLY else "not_sent_on")
    assert sent_on.copies == ()


def test_an_item_is_not_sent_to_the_body_that_it_is_for(sent_on):
    assert refused(sending.send_to, sent_on, "college").code == "not_sent_on"


@pytest.fixture
def registered(portal):
    """A decision of the council with its number."""
    councils.add_staff(portal)
    item, meeting = councils.validated(portal), councils.plan(portal)
    councils.sit(portal, meeting, councils.seat(), item)
    with acting(portal, "secretary"):
        votes.hold_all([item], {"mode": "show_of_hands"}, "accept")
        meetings.change(meeting, "decide")
    return item


def test_a_change_of_substance_begins_as_a_draft_of_the_service(portal, registered):
    with acting(portal, "drafter"):
        made = sending.renew(registered)
        items.edit(made, {"decision": "<p>Article 1. Autrement.</p>"})
    assert (made.state, made.service, made.body) == ("drafted", "works", "council")
    assert (made.origin, registered.copies) == (registered.UID(), (made.UID(),))
    assert (made.parts, made.registered, made.number) == ({}, (), 0)
    assert "Autrement" not in registered.decision
    assert sending.made_by(made) == "replaced"
    assert entries(registered)[-1].action == "replaced_on"


def test_a_second_new_decision_waits_for_the_first(portal, registered):
    with acting(portal, "drafter"):
        made = sending.renew(registered)
    with acting(portal, "secretary"):
        error = refused(sending.renew, registered)
    assert (error.code, error.context["copy"]) == ("goes_on_already", made.getId())
    with acting(portal, "drafter"):
        items.change(made, "withdraw", reason="Sans objet")
        assert sending.renew(registered).state == "drafted"


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        ("drafter", True),
        ("secretary", True),
        *[(name, False) for name in ("reviewer", "adviser", "councillor", "citizen")],
    ],
)
def test_its_service_or_the_secretary_begins_a_new_decision(
    portal, registered, person, allowed
):
    with acting(portal, person):
        if allowed:
            assert sending.renew(registered).state == "drafted"
        else:
            assert refused(sending.renew, registered).code == "action_not_allowed"


def test_what_has_no_service_is_begun_anew_by_the_secretary(portal, registered):
    registered.service = ""
    with acting(portal, "drafter"):
        assert refused(sending.renew, registered).code == "action_not_allowed"
    with acting(portal, "secretary"):
        assert sending.renew(registered).state == "validated"


def test_what_was_not_decided_is_not_decided_anew(sent_on):
    assert refused(sending.renew, sent_on).code == "not_decided"
