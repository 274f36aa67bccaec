"""Items that a councillor adds to a convened agenda."""

from helpers import councils
from helpers.councils import acting
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.mail import outbox
from plonegov.core.records.events import entries
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import late
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import store
from plonegov.deliberations.api import votes

import pytest


VALUES = {"title": "Motion sur l'eau", "decision": "Article 1. <Le conseil> demande."}
NOTE = "La nappe baisse.\n\nVoir le rapport."


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


@pytest.fixture
def meeting(portal, members):
    """A council convened for the day after its delay of five clear days."""
    meeting = councils.plan(portal, days=8)
    with acting(portal, "secretary"):
        agenda.present(councils.validated(portal), meeting)
        meetings.change(meeting, "convene")
    meeting.starts -= councils.timedelta(days=2)
    return meeting


def refused(call, *arguments, **values):
    with pytest.raises(PlonegovError) as found:
        call(*arguments, **values)
    return found.value


def test_a_councillor_adds_an_item_five_clear_days_before(portal, meeting, members):
    """CDLD, article L1122-24."""
    with acting(portal, "councillor"):
        assert late.may_propose(meeting)
        item = late.propose(meeting, VALUES, NOTE)
    assert [row.key for row in meeting.agenda.rows][-1] == item.getId()
    assert (item.state, item.service, item.late) == ("presented", "", False)
    assert item.motivation == "<p>La nappe baisse.</p><p>Voir le rapport.</p>"
    assert item.decision == "<p>Article 1. &lt;Le conseil&gt; demande.</p>"
    assert (item.asked["by"], item.asked["name"]) == (members[1], "Bastin")
    [line] = item.asked["trace"]
    assert (line["id"], line["values"]) == ("item_in_time", {"given": 5, "needed": 5})
    assert [entry.who for entry in entries(item)] == ["councillor"] * len(entries(item))
    with acting(portal, "councillor"):
        found = [each.getId() for each in agenda.items_of(meeting)]
    assert item.getId() in found


def test_the_others_are_told_without_delay(portal, meeting, members):
    """CDLD, article L1122-24: the burgomaster passes it on without delay."""
    bodies.get("council")["collard"].email = ""
    with acting(portal, "councillor"):
        item = late.propose(meeting, VALUES, NOTE)
    mails = list(outbox.entries(portal).values())
    assert sorted(mail.recipient.partition("@")[0] for mail in mails) == [
        "aubry",
        "dumont",
        "evrard",
        "fontaine",
        "gilles",
    ]
    assert {mail.about for mail in mails} == {item.UID()}
    assert entries(item)[-1].details == {"members": ["Collard"]}


def test_one_day_later_is_too_late(portal, meeting):
    meeting.starts -= councils.timedelta(days=1)
    before = len(store.deliberations().records)
    with acting(portal, "councillor"):
        assert not late.may_propose(meeting)
        error = refused(late.propose, meeting, VALUES, NOTE)
    assert error.code == "late_item_too_late"
    yesterday = councils.now().astimezone(councils.ZONE).date() - councils.timedelta(1)
    assert error.context == {"latest": yesterday.isoformat()}
    assert len(store.deliberations().records) == before


def test_what_is_missing_is_told_and_keeps_nothing(portal, meeting):
    before = len(store.deliberations().records)
    with acting(portal, "councillor"):
        assert refused(late.propose, meeting, VALUES, " ").code == (
            "late_item_not_allowed"
        )
        for values, note, field in (
            ({"title": " "}, NOTE, "title"),
            (VALUES, "x" * 20_001, "note"),
            ({**VALUES, "decision": "a\x00b"}, NOTE, "decision"),
        ):
            with pytest.raises(InvalidInput) as wrong:
                late.propose(meeting, values, note)
            assert [fault.field for fault in wrong.value.faults] == [field]
    assert len(store.deliberations().records) == before
    assert len(meeting.agenda.rows) == 1


def test_no_member_of_the_college_adds_items(portal, meeting):
    """CDLD, article L1122-24."""
    [alderman] = councils.seat("college", ("Bastin",))
    assert alderman
    bodies.get("college")["bastin"].account = ""
    with acting(portal, "councillor"):
        assert not late.may_propose(meeting)
        error = refused(late.propose, meeting, VALUES, NOTE)
    assert (error.code, error.context["reason"]) == (
        "late_item_not_allowed",
        "college_member",
    )


def test_only_members_in_office_add_items(portal, meeting):
    for person in ("secretary", "drafter", "citizen"):
        with acting(portal, person):
            assert not late.may_propose(meeting)
            with pytest.raises(ActionNotAllowed):
                late.propose(meeting, VALUES, NOTE)
    bodies.get("council")["bastin"].last_day = councils.date(2025, 1, 1)
    with acting(portal, "councillor"), pytest.raises(ActionNotAllowed):
        late.propose(meeting, VALUES, NOTE)


def test_a_fixed_agenda_takes_it_and_asks_for_no_urgency(portal, meeting, members):
    with acting(portal, "secretary"):
        meetings.change(meeting, "freeze")
    with acting(portal, "councillor"):
        item = late.propose(meeting, VALUES, NOTE)
    assert (item.state, item.late) == ("frozen", False)
    with acting(portal, "secretary"):
        meeting.president, meeting.keeper = members[0], "director"
        meeting.starts -= councils.timedelta(days=10)
        meetings.change(meeting, "open")
        for member in members:
            councils.attendance.arrive(meeting, member)
        votes.hold(item, {"mode": "show_of_hands"})
        items.change(item, "accept")


@pytest.mark.parametrize("state", ["planned", "sitting"])
def test_items_are_added_between_convocation_and_sitting(portal, members, state):
    meeting = councils.plan(portal)
    if state == "sitting":
        councils.sit(portal, meeting, members)
    with acting(portal, "councillor"):
        assert not late.may_propose(meeting)
        code = refused(late.propose, meeting, VALUES, NOTE).code
    assert code == "meeting_not_convened"


def test_where_the_law_gives_no_such_right_there_is_none(portal, meeting):
    """The CGCT knows no items of councillors on the agenda."""
    bodies.get("council").rules = "fr-3500-and-over"
    with acting(portal, "councillor"):
        assert (late.until(meeting), late.may_propose(meeting)) == (None, False)
        assert refused(late.propose, meeting, VALUES, NOTE).code == "no_rule_in_force"
