"""Passing to the closed session in mid-sitting, and back."""

from helpers import councils
from helpers.councils import acting
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import sessions
from plonegov.deliberations.api import store
from plonegov.deliberations.api import votes

import pytest


WHY = "Situation financière d'un tiers"
FOR_ALL = {"mode": "show_of_hands"}


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


def sat_on(portal, members, *values):
    """Return items on which a council with these members sits."""
    found = [councils.validated(portal, **each) for each in values]
    councils.sit(portal, councils.plan(portal), members, *found)
    return found


def refused(call, *arguments, **values):
    with pytest.raises(PlonegovError) as found:
        call(*arguments, **values)
    return found.value.code


def test_two_thirds_of_those_present_keep_the_public_out(portal, members):
    """CDLD, article L1122-20."""
    [item] = sat_on(portal, members[:6], {})
    meeting = store.meeting(item.meeting)
    with acting(portal, "secretary"):
        assert not sessions.close(item, WHY, in_favour=3)
        assert not sessions.is_closed(meeting)
        assert sessions.close(item, WHY, in_favour=4)
        assert sessions.is_closed(meeting)
        assert refused(sessions.close, item, WHY, in_favour=4) == "session_closed"
        sessions.reopen(meeting)
        assert not sessions.is_closed(meeting)
        assert refused(sessions.reopen, meeting) == "session_not_closed"
        before, closed, opened = meeting.attendance.rows[-3:]
    assert (before["kind"], before["needed"]) == ("closing_refused", 4)
    assert (closed["kind"], closed["reason"], closed["item"]) == (
        "closed_session",
        WHY,
        item.getId(),
    )
    assert set(closed["trace"][0]["text"]) == {"fr", "nl", "en", "es"}
    assert closed["trace"][0]["law"]
    assert opened["kind"] == "open_session"
    assert attendance.attendance_of(meeting).entries


def test_a_question_of_persons_closes_at_once(portal, members):
    """CDLD, article L1122-21: the president says so at once, nobody votes."""
    [item] = sat_on(portal, members, {})
    with acting(portal, "secretary"):
        assert sessions.close(item, "Question de personnes", persons=True)
        row = store.meeting(item.meeting).attendance.rows[-1]
    assert [line["id"] for line in row["trace"]] == ["closed_by_matter"]


def test_a_budget_is_always_public(portal, members):
    """CDLD, article L1122-20."""
    [item] = sat_on(portal, members, {"matter": "budget"})
    with acting(portal, "secretary"):
        code = refused(sessions.close, item, WHY, in_favour=7)
    assert code == "closed_session_not_allowed"


def test_the_closed_part_comes_after_the_public_one(portal, members):
    """CDLD, article L1122-22."""
    public, closed, person = sat_on(
        portal,
        members,
        {},
        {"privacy": "closed"},
        {"privacy": "closed", "matter": "person"},
    )
    meeting = store.meeting(public.meeting)
    with acting(portal, "secretary"):
        for call in (
            lambda: sessions.close(closed, WHY, in_favour=7),
            lambda: sessions.close(person, WHY),
            lambda: attendance.close_session(meeting),
        ):
            assert refused(call) == "closed_session_not_allowed"
        votes.hold_all([public], FOR_ALL, "accept")
        assert refused(attendance.close_session, meeting) == "session_vote_missing"
        assert sessions.close(closed, WHY, in_favour=5)
        votes.hold_all([closed], FOR_ALL, "accept")
        sessions.reopen(meeting)
        attendance.close_session(meeting)
        assert sessions.is_closed(meeting)


def test_discipline_may_come_first(portal, members):
    """CDLD, article L1122-22."""
    case, _public = sat_on(
        portal, members, {"privacy": "closed", "matter": "discipline"}, {}
    )
    with acting(portal, "secretary"):
        assert sessions.close(case, "Procédure disciplinaire")


def test_a_french_council_closes_when_three_ask_and_most_want_it(portal, members):
    """CGCT, article L2121-18."""
    bodies.get("council").rules = "fr-3500-and-over"
    [item] = sat_on(portal, members, {})
    with acting(portal, "secretary"):
        code = refused(sessions.close, item, WHY, in_favour=7, asked_by=2)
        assert code == "closed_session_not_allowed"
        assert not sessions.close(item, WHY, in_favour=3, asked_by=3)
        assert sessions.close(item, WHY, in_favour=4, president_asks=True)


def test_what_can_t_be_is_not_kept(portal, members):
    [item] = sat_on(portal, members[:5], {})
    meeting = store.meeting(item.meeting)
    before = meeting.attendance.rows
    with acting(portal, "secretary"):
        assert refused(sessions.close, item, WHY, in_favour=6) == "too_many_votes"
        with pytest.raises(InvalidInput):
            sessions.close(item, " ", in_favour=5)
    for person in ("drafter", "councillor"):
        with acting(portal, person):
            with pytest.raises(ActionNotAllowed):
                sessions.close(item, WHY, in_favour=5)
            with pytest.raises(ActionNotAllowed):
                sessions.reopen(meeting)
    assert meeting.attendance.rows == before
    other = councils.plan(portal)
    with acting(portal, "secretary"):
        assert refused(sessions.reopen, other) == "meeting_not_sitting"
        items.change(item, "postpone")
        code = refused(sessions.close, item, WHY, in_favour=5)
    assert code == "meeting_not_sitting"
