"""A sitting: who is there, how they vote, and what the law makes of it."""

from helpers import councils
from helpers.councils import acting
from helpers.woken import woken
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import votes
from plonegov.deliberations.content.item import Item

import json
import pytest


FOR_ALL = {"mode": "show_of_hands"}


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


def council(portal, members, there, **values):
    """Return a council that sits on one item, with so many members in the room."""
    meeting, item = councils.plan(portal), councils.validated(portal, **values)
    councils.sit(portal, meeting, members[:there], item)
    return meeting, item


def code(call, *arguments, **values):
    with pytest.raises(PlonegovError) as refused:
        call(*arguments, **values)
    return refused.value.code


def test_without_a_quorum_nothing_is_decided(portal, members):
    """CDLD, article L1122-17: more than half of the members in office."""
    meeting, item = council(portal, members, 3)
    with acting(portal, "secretary"):
        assert code(votes.hold, item, FOR_ALL) == "quorum_not_reached"
        assert item.ballots.rows == ()
        attendance.arrive(meeting, members[3])
        assert votes.hold(item, FOR_ALL)["result"]["verdict"] == "carried"


def test_who_leaves_counts_no_more_and_who_comes_late_votes_from_then_on(
    portal, members
):
    meeting, item = council(portal, members, 4)
    with acting(portal, "secretary"):
        attendance.leave(meeting, members[3])
        assert code(votes.hold, item, FOR_ALL) == "quorum_not_reached"
        attendance.arrive(meeting, members[4])
        attendance.arrive(meeting, members[5])
        counts = votes.hold(item, FOR_ALL)["result"]["counts"]
    assert counts["in_favour"] == 5


def test_an_item_s_quorum_counts_when_it_is_called(portal, members):
    meeting, item = council(portal, members, 3)
    with acting(portal, "secretary"):
        attendance.open_item(meeting, item)
        attendance.arrive(meeting, members[3])
        assert code(votes.hold, item, FOR_ALL) == "quorum_not_reached"
        attendance.open_item(meeting, item)
        votes.hold(item, FOR_ALL)


def test_who_has_an_interest_takes_no_part(portal, members):
    """CDLD, article L1122-19."""
    meeting, item = council(portal, members, 6)
    with acting(portal, "secretary"):
        attendance.recuse(meeting, item, members[1], "personal")
        against = {**FOR_ALL, "exceptions": {members[1]: "against"}}
        assert code(votes.hold, item, against) == "member_not_entitled"
        row = votes.hold(item, FOR_ALL)
    assert row["result"]["counts"]["in_favour"] == 5
    assert members[1] not in row["votes"]


def test_equal_votes_reject_in_a_walloon_council(portal, members):
    """CDLD, article L1122-26."""
    _meeting, item = council(portal, members, 4)
    given = {**FOR_ALL, "exceptions": {members[2]: "against", members[3]: "against"}}
    with acting(portal, "secretary"):
        row = votes.hold(item, given)
        assert (row["result"]["verdict"], row["carried"]) == ("rejected", False)
        assert code(items.change, item, "accept") == "result_against"
        items.change(item, "refuse")
    assert set(row["result"]["trace"][-1]["text"]) == {"fr", "nl", "en", "es"}


def test_a_college_s_tie_decides_nothing_yet(portal, members):
    """CDLD, article L1123-22."""
    college = councils.seat("college", ("Aubry", "Bastin"))
    meeting = councils.plan(portal, "college")
    item = councils.validated(portal, "college")
    councils.sit(portal, meeting, college, item)
    tie = {**FOR_ALL, "exceptions": {college[1]: "against"}}
    with acting(portal, "secretary"):
        row = votes.hold(item, tie)
        assert (row["result"]["verdict"], row["carried"]) == ("tied", None)
        row = votes.hold(item, {**tie, "urgent": True})
    assert (row["result"]["verdict"], row["carried"]) == ("carried", True)


def test_an_appointment_is_voted_in_secret_and_names_nobody(portal, members):
    """CDLD, article L1122-27."""
    _meeting, item = council(portal, members, 5, matter="appointment")
    papers = {"mode": "secret", "counts": {"in_favour": 3, "against": 1, "blank": 1}}
    with acting(portal, "secretary"):
        assert code(votes.hold, item, FOR_ALL) == "ballot_must_be_secret"
        row = votes.hold(item, papers)
    assert (row["votes"], row["carried"]) == ({}, True)
    assert not [member for member in members if member in json.dumps(row)]
    with acting(portal, "secretary"):
        votes.take_back(item, 0)
        assert item.ballots.rows == ()
        assert code(votes.take_back, item, 0) == "not_on_agenda"


def test_more_votes_than_members_are_refused(portal, members):
    _meeting, item = council(portal, members, 5, matter="appointment")
    with acting(portal, "secretary"), pytest.raises(PlonegovError) as refused:
        votes.hold(item, {"mode": "secret", "counts": {"in_favour": 6}})
    assert refused.value.code == "too_many_votes"
    assert refused.value.context == {"votes": 6, "allowed": 5}


def test_a_walloon_council_knows_no_proxies(portal, members):
    meeting, _item = council(portal, members, 5)
    with acting(portal, "secretary"):
        give = attendance.give_proxy
        assert code(give, meeting, members[5], members[0]) == "proxy_not_allowed"


def test_a_french_council_knows_one_proxy_for_each_member(portal, members):
    """CGCT, article L2121-20."""
    from plonegov.deliberations.api import bodies

    bodies.get("council").rules = "fr-3500-and-over"
    meeting, item = council(portal, members, 4)
    with acting(portal, "secretary"):
        attendance.give_proxy(meeting, members[5], members[0])
        give = attendance.give_proxy
        assert code(give, meeting, members[6], members[0]) == "proxy_not_allowed"
        row = votes.hold(item, FOR_ALL)
    assert row["result"]["counts"]["in_favour"] == 5


def test_only_members_in_office_come_and_a_wrong_line_is_struck_out(portal, members):
    meeting, item = council(portal, members, 4)
    with acting(portal, "secretary"):
        assert code(attendance.arrive, meeting, "stranger") == "member_not_entitled"
        attendance.excuse(meeting, members[5])
        attendance.strike(meeting, 3)
        assert code(votes.hold, item, FOR_ALL) == "quorum_not_reached"
        assert code(attendance.strike, meeting, 99) == "not_on_agenda"
    assert len(meeting.attendance.rows) == 5
    assert len(meeting.attendance.standing) == 4
    assert attendance.attendance_of(meeting).excused == {members[5]}


def test_nothing_is_entered_before_or_after_the_sitting(portal, members):
    meeting, item = councils.plan(portal), councils.validated(portal)
    with acting(portal, "secretary"):
        assert code(attendance.arrive, meeting, members[0]) == "meeting_not_sitting"
        assert code(votes.hold, item, FOR_ALL) == "meeting_not_sitting"
        other = councils.validated(portal)
    councils.sit(portal, meeting, members, item)
    with acting(portal, "secretary"):
        with pytest.raises(PlonegovError):
            attendance.recuse(meeting, other, members[0], "personal")
        votes.hold_all([item], FOR_ALL, "accept")
        assert code(votes.hold, item, FOR_ALL) == "meeting_not_sitting"
        meetings.change(meeting, "decide")
        assert code(attendance.arrive, meeting, members[0]) == "meeting_not_sitting"


def test_a_vote_that_can_t_be_read_keeps_nothing(portal, members):
    _meeting, item = council(portal, members, 5)
    with acting(portal, "secretary"), pytest.raises(InvalidInput) as wrong:
        votes.hold(item, {"mode": "loud"})
    assert [fault.field for fault in wrong.value.faults] == ["mode"]
    assert item.ballots.rows == ()


@pytest.mark.parametrize("person", ["drafter", "reviewer", "councillor", "citizen"])
def test_the_secretary_alone_keeps_a_sitting(portal, members, person):
    meeting, item = council(portal, members, 5)
    with acting(portal, person):
        for call in (
            lambda: votes.hold(item, FOR_ALL),
            lambda: attendance.arrive(meeting, members[5]),
            lambda: attendance.strike(meeting, 0),
            lambda: votes.declare_urgency(item, members, "Motif"),
        ):
            with pytest.raises(ActionNotAllowed):
                call()


def test_a_vote_on_a_part_is_none_on_the_whole(portal, members):
    """CDLD, article L1122-26: articles of a budget on request."""
    meeting, item = council(portal, members, 5, matter="budget")
    with acting(portal, "secretary"):
        votes.hold(item, {**FOR_ALL, "label": "Article 104/123-06"})
        items.change(item, "accept")
        assert code(meetings.change, meeting, "decide") == "sitting_open"
        items.change(item, "reconsider")
        votes.hold(item, FOR_ALL)
        items.change(item, "accept")
        meetings.change(meeting, "decide")
    assert [row["whole"] for row in item.ballots.rows] == [False, True]


def test_what_the_law_wants_in_the_room_is_not_dealt_with_at_a_distance(
    portal, members
):
    """CDLD, articles L6511-1 and following."""
    remote = {"remote_tool": "Visio", "remote_reason": "Neige"}
    meeting = councils.plan(portal, **remote)
    item = councils.validated(portal, matter="discipline", privacy="closed")
    with acting(portal, "secretary"):
        councils.agenda.present(item, meeting)
        assert code(meetings.change, meeting, "convene") == "not_remotely"
        meetings.edit(meeting, {"extraordinary": True})
        assert code(meetings.change, meeting, "convene") == "not_remotely"
        meetings.edit(meeting, {"remote_tool": "", "remote_reason": ""})
        meetings.change(meeting, "convene")


def test_a_college_s_weeks_are_planned_once(portal, members):
    from datetime import time
    from plonegov.deliberations.api import series

    first = councils.date(2027, 1, 4)
    last = councils.date(2027, 1, 31)
    with acting(portal, "secretary"):
        made = series.plan("college", first, last, 0, time(9, 0), place="Salle")
        assert [each.starts.isoformat()[:16] for each in made] == [
            "2027-01-04T09:00",
            "2027-01-11T09:00",
            "2027-01-18T09:00",
            "2027-01-25T09:00",
        ]
        assert made[0].cut_off == made[0].starts - councils.timedelta(days=1)
        assert series.plan("college", first, last, 0, time(9, 0)) == []
        with pytest.raises(InvalidInput):
            series.plan("college", first, councils.date(2029, 1, 1), 0, time(9, 0))
    with acting(portal, "drafter"), pytest.raises(ActionNotAllowed):
        series.plan("college", first, last, 1, time(9, 0))


def test_an_urgency_shortens_the_delay_as_far_as_the_law_lets_it(portal, members):
    """CGCT, article L2121-12: never less than one clear day."""
    from plonegov.deliberations.api import bodies

    bodies.get("council").rules = "fr-3500-and-over"
    tomorrow = councils.plan(portal, days=1, urgency="Digue menacée")
    after = councils.plan(portal, days=2, urgency="Digue menacée")
    with acting(portal, "secretary"), pytest.raises(PlonegovError) as refused:
        meetings.change(tomorrow, "convene")
    assert refused.value.code == "convocation_too_late"
    assert (refused.value.context["given"], refused.value.context["needed"]) == (0, 1)
    with acting(portal, "secretary"):
        meetings.change(after, "convene")


def test_moving_a_row_wakes_no_item(portal, members):
    meeting = councils.plan(portal)
    found = [councils.validated(portal, title=name) for name in ("Un", "Deux")]
    with acting(portal, "secretary"):
        for item in found:
            councils.agenda.present(item, meeting)
        key, serial = found[1].getId(), meeting.agenda.serial
        with woken(portal, (Item,)) as awake:
            councils.agenda.move(meeting, key, 0, serial)
    assert awake == []
    assert meeting.agenda.rows[0].key == key
