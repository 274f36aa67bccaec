"""What is entered at a sitting and after it: noted once, at its time, never overwritten."""

from datetime import timedelta
from helpers import councils
from helpers.councils import acting
from helpers.woken import woken
from plonegov.core.api import now
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.registers.register import Register
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import law
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import numbering
from plonegov.deliberations.api import sessions
from plonegov.deliberations.api import sittings
from plonegov.deliberations.api import supervision
from plonegov.deliberations.api import votes
from plonegov.deliberations.api.room import room_of
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.model import Control
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.supervising import Stage

import pytest


FOR_ALL = {"mode": "show_of_hands"}
DAY = timedelta(days=1)


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


@pytest.fixture
def sitting(portal, members):
    """A council of seven with five in the room, and two items."""
    meeting = councils.plan(portal)
    found = [councils.validated(portal, title=name) for name in ("Un", "Deux")]
    councils.sit(portal, meeting, members[:5], *found)
    return meeting, found


def code(call, *arguments, **values):
    with pytest.raises(PlonegovError) as refused:
        call(*arguments, **values)
    return refused.value.code


def faults(call, *arguments, **values):
    with pytest.raises(InvalidInput) as refused:
        call(*arguments, **values)
    return [(fault.field, fault.code) for fault in refused.value.faults]


def test_all_others_come_at_once(portal, members, sitting):
    meeting, _items = sitting
    with acting(portal, "secretary"):
        attendance.leave(meeting, members[0])
        attendance.excuse(meeting, members[6])
        attendance.arrive_all(meeting)
    assert attendance.present_now(meeting) == set(members[1:6])
    with acting(portal, "drafter"), pytest.raises(ActionNotAllowed):
        attendance.arrive_all(meeting)


def test_nobody_comes_at_a_time_that_is_still_to_come(portal, members, sitting):
    meeting, _items = sitting
    with acting(portal, "secretary"):
        later = now() + timedelta(minutes=10)
        assert faults(attendance.arrive, meeting, members[5], later) == [
            ("at", "moment_to_come")
        ]
        attendance.arrive(meeting, members[5], now() - timedelta(minutes=10))
    assert members[5] in attendance.present_now(meeting)


def test_an_absence_is_announced_once_the_meeting_is_convened(portal, members):
    meeting, item = councils.plan(portal), councils.validated(portal)
    with acting(portal, "secretary"):
        councils.agenda.present(item, meeting)
        assert code(attendance.excuse, meeting, members[0]) == "meeting_not_sitting"
        meetings.change(meeting, "convene")
        attendance.excuse(meeting, members[0])
        assert code(attendance.arrive, meeting, members[0]) == "meeting_not_sitting"
        attendance.strike(meeting, 0)
    assert attendance.attendance_of(meeting).excused == frozenset()


def test_a_run_of_items_names_the_one_that_is_refused(portal, members, sitting):
    """CDLD, article L1122-19: who has an interest in it takes no part."""
    meeting, (first, second) = sitting
    against = {**FOR_ALL, "exceptions": {members[1]: "against"}}
    with acting(portal, "secretary"):
        attendance.recuse(meeting, second, members[1], "personal")
        with pytest.raises(PlonegovError) as refused:
            votes.hold_all([first, second], against, "accept")
    assert refused.value.code == "member_not_entitled"
    assert refused.value.context["field"] == second.getId()


def test_who_saw_another_state_of_an_item_does_nothing(portal, sitting):
    _meeting, (item, _other) = sitting
    seen = len(item.events)
    with acting(portal, "secretary"):
        votes.check_seen(item, seen)
        votes.hold(item, FOR_ALL)
        assert code(votes.check_seen, item, seen) == "sitting_went_on"


def test_how_things_stand_with_an_item(portal, members, sitting):
    meeting, (item, _other) = sitting
    with acting(portal, "secretary"):
        attendance.recuse(meeting, item, members[0], "personal")
    room = room_of(item)
    assert room.voters.voters == set(members[1:5])
    assert (room.quorum.holds, room.wanted.mode) == (True, None)
    assert not (room.waivable or room.urgency_counts)
    item.matter = "appointment"
    assert room_of(item).wanted.mode is Mode.SECRET


def test_a_sitting_is_ended_once(portal, sitting):
    meeting, found = sitting
    year = law.day_of(meeting).year
    with acting(portal, "secretary"):
        assert Register("council").last(year) == 0
        assert code(sittings.end, meeting) == "sitting_open"
        votes.hold_all(found, FOR_ALL, "accept")
        sittings.end(meeting)
        assert Register("council").last(year) == 2
        assert code(sittings.end, meeting) == "sitting_ended"
    with acting(portal, "drafter"):
        assert code(sittings.end, councils.plan(portal)) == "action_not_allowed"


@pytest.fixture
def decided(portal, sitting):
    meeting, found = sitting
    with acting(portal, "secretary"):
        votes.hold_all(found, FOR_ALL, "accept")
        sittings.end(meeting)
    return found[0]


def test_a_rectified_text_stands_beside_the_former(portal, decided):
    old, new = decided.decision, "<p>Article 1. Corrigé.</p><script>x()</script>"
    rectify = numbering.rectify
    with acting(portal, "secretary"):
        assert faults(rectify, decided, "Faute", {"decision": old}) == [
            ("decision", "nothing_rectified")
        ]
        assert faults(rectify, decided, "Faute", {"decision": " "}) == [
            ("decision", "required")
        ]
        assert code(rectify, decided, " ", {"decision": new}) == (
            "reason_of_entry_missing"
        )
        assert (decided.decision, decided.former) == (old, ())
        rectify(decided, "Faute", {"decision": new, "state": "refused"})
    assert decided.decision == "<p>Article 1. Corrigé.</p>"
    [row] = decided.former
    assert (row["version"], row["decision"], row["who"]) == (1, old, "secretary")
    assert decided.state == "accepted"
    entry = Register("council").get(*decided.registered)
    assert (entry.version, entry.digest) == (2, numbering.digest(decided))


def test_the_lists_of_the_supervision_wake_no_item(portal, decided):
    """CDLD, article L3131-1: within fifteen days."""
    day = law.day_of(councils.store.meeting(decided.meeting))
    with acting(portal, "secretary"):
        supervision.set_control(decided, Control.APPROVAL)
        with woken(portal, (Item,)) as awake:
            [row] = supervision.at(Stage.TO_SEND)
        assert awake == []
        assert row["due"] == (day + 15 * DAY).toordinal()
        supervision.send(decided, day + DAY)
        assert supervision.at(Stage.AWAITING)[0]["due"] == 0
        supervision.complete(decided, day + DAY, day + 31 * DAY)
        assert supervision.at(Stage.AWAITING)[0]["due"] == (day + 31 * DAY).toordinal()


def test_what_was_sent_stays_supervised(portal, decided):
    day = law.day_of(councils.store.meeting(decided.meeting))
    with acting(portal, "secretary"):
        supervision.set_control(decided, Control.TRANSMISSION)
        supervision.send(decided, day + DAY)
        assert faults(supervision.set_control, decided, None) == [
            ("control", "required")
        ]
        supervision.set_control(decided, Control.APPROVAL)
    assert decided.supervision["sent"] == (day + DAY).isoformat()


@pytest.mark.parametrize(
    ("votes", "event"), [(5, "closed_session"), (1, "closing_refused")]
)
def test_the_closed_session_stands_in_the_meeting_s_history(
    portal, sitting, votes, event
):
    meeting, found = sitting
    with acting(portal, "secretary"):
        sessions.close(found[0], "Vie privée", in_favour=votes)
    assert meeting.events[-1][1] == event
