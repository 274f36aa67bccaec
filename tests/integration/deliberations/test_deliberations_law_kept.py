"""The law holds also where an evening went wrong, or went on in another sitting."""

from helpers import councils
from helpers.councils import acting
from plonegov.core.api import now
from plonegov.core.errors import PlonegovError
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import sending
from plonegov.deliberations.api import sittings
from plonegov.deliberations.api import store
from plonegov.deliberations.api import votes
from plonegov.deliberations.domain.meetingrules import Open
from plonegov.deliberations.domain.meetingrules import OpenPoint

import pytest


FOR_ALL = {"mode": "show_of_hands"}


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


@pytest.fixture
def college(portal):
    """Four members of the college, seats of the council beside them."""
    councils.add_staff(portal)
    councils.seat()
    return councils.seat("college", councils.NAMES[:4])


def code(call, *arguments, **values):
    with pytest.raises(PlonegovError) as refused:
        call(*arguments, **values)
    return refused.value.code


def again(portal, item, meeting, members, **values):
    """Postpone an item and bring its copy to a sitting called after this one."""
    with acting(portal, "secretary"):
        items.change(item, "postpone")
    [row] = store.rows({"kind": "item", "state": "validated"}).rows
    copy, body = store.item(row["key"]), meeting.body
    later = councils.plan(portal, body, **values)
    councils.sit(portal, later, members, copy)
    return copy, later


def call_after(meeting, number):
    return {"call": str(number), "call_of": meeting.getId()}


def test_a_last_call_does_without_a_quorum_for_what_stood_on_each_earlier_one(
    portal, members
):
    """CDLD, article L1122-17: what is put on the agenda for the third time."""
    first, item = councils.plan(portal), councils.validated(portal)
    councils.sit(portal, first, members[:1], item)
    second_item, second = again(
        portal, item, first, members[:1], **call_after(first, 2)
    )
    with acting(portal, "secretary"):
        assert code(votes.hold, second_item, FOR_ALL) == "quorum_not_reached"
    third_item, _third = again(
        portal, second_item, second, members[:1], **call_after(second, 3)
    )
    with acting(portal, "secretary"):
        row = votes.hold(third_item, FOR_ALL)
    assert row["result"]["verdict"] == "carried"
    assert row["result"]["trace"][0]["id"] == "quorum_waived"


@pytest.mark.parametrize("stood", [0, 1])
def test_a_last_call_waives_no_quorum_for_what_did_not_stand_on_all_earlier_ones(
    portal, members, stood
):
    first, item = councils.plan(portal), councils.validated(portal)
    councils.sit(portal, first, [], *([item] if stood else []))
    second = councils.plan(portal, **call_after(first, 2))
    councils.sit(portal, second, [])
    if stood:
        item, third = again(portal, item, first, members[:1], **call_after(second, 3))
    else:
        third = councils.plan(portal, **call_after(second, 3))
        councils.sit(portal, third, members[:1], item)
    with acting(portal, "secretary"):
        assert code(votes.hold, item, FOR_ALL) == "quorum_not_reached"


def test_what_never_stood_on_an_agenda_before_is_voted_on_as_usual(portal, college):
    """An item that another body sent on before it was on any agenda of its own."""
    with acting(portal, "secretary"):
        sent = sending.send_to(councils.validated(portal, "college"), "council")
    members = [one.UID() for one in bodies.members(bodies.get("council"), now().date())]
    councils.sit(portal, councils.plan(portal), members, sent)
    with acting(portal, "secretary"):
        assert votes.hold(sent, FOR_ALL)["result"]["verdict"] == "carried"


def tie(members):
    against = {members[2]: "against", members[3]: "against"}
    return {"mode": "show_of_hands", "exceptions": against}


def test_a_tie_in_three_sittings_is_ended_by_the_president_of_the_college(
    portal, college
):
    """CDLD, article L1123-22: three different sittings, not three votes."""
    meeting, item = (
        councils.plan(portal, "college"),
        councils.validated(portal, "college"),
    )
    councils.sit(portal, meeting, college, item)
    with acting(portal, "secretary"):
        for _again in range(4):
            assert votes.hold(item, tie(college))["result"]["verdict"] == "tied"
    item, meeting = again(portal, item, meeting, college)
    with acting(portal, "secretary"):
        assert votes.hold(item, tie(college))["result"]["verdict"] == "tied"
    item, meeting = again(portal, item, meeting, college)
    with acting(portal, "secretary"):
        result = votes.hold(item, tie(college))["result"]
    assert result["verdict"] == "carried"
    assert result["trace"][-1]["id"] == "tie_repeated_for"


def test_a_college_calls_in_a_councillor_whose_vote_ends_a_tie(portal, college):
    """CDLD, article L1123-22; who is called in counts for no quorum."""
    meeting, item = (
        councils.plan(portal, "college"),
        councils.validated(portal, "college"),
    )
    councils.sit(portal, meeting, college, item)
    offered = {one.title: one.UID() for one in attendance.callable_in(meeting)}
    assert list(offered) == list(councils.NAMES[4:])
    evrard = offered["Evrard"]
    with acting(portal, "secretary"):
        votes.hold(item, tie(college))
        assert code(attendance.call_in, meeting, item, college[0]) == (
            "member_not_entitled"
        )
        attendance.call_in(meeting, item, evrard)
        assert attendance.names_of(meeting)[evrard] == "Evrard"
        result = votes.hold(item, tie(college))["result"]
        assert (result["counts"]["in_favour"], result["verdict"]) == (3, "carried")
        votes.take_back(item, 1)
        votes.take_back(item, 0)
        assert code(votes.hold, item, {**FOR_ALL, "exceptions": {evrard: "against"}})


def test_a_council_calls_nobody_in(portal, members):
    meeting, item = councils.plan(portal), councils.validated(portal)
    councils.sit(portal, meeting, members[:6], item)
    against = dict.fromkeys(members[3:6], "against")
    with acting(portal, "secretary"):
        votes.hold(item, {"mode": "show_of_hands", "exceptions": against})
        assert attendance.callable_in(meeting) == []
        assert code(attendance.call_in, meeting, item, members[6]) == (
            "member_not_entitled"
        )


@pytest.mark.parametrize("struck", [1, 3])
def test_a_quorum_that_a_corrected_log_takes_away_is_doubtful(portal, members, struck):
    """CDLD, article L1122-17. Closing never decides: it asks for the vote anew."""
    meeting, item = councils.plan(portal), councils.validated(portal)
    councils.sit(portal, meeting, members[:4], item)
    with acting(portal, "secretary"):
        votes.hold_all([item], FOR_ALL, "accept")
        assert sittings.open_points(meeting) == ()
        for place in range(struck):
            attendance.strike(meeting, place)
        doubt = Open(OpenPoint.QUORUM_DOUBTFUL, item.getId())
        assert sittings.open_points(meeting) == (doubt,)
        assert code(sittings.end, meeting) == "sitting_open"


def test_a_voter_who_was_gone_by_the_corrected_log_makes_the_vote_doubtful(
    portal, members
):
    meeting, item = councils.plan(portal), councils.validated(portal)
    councils.sit(portal, meeting, members, item)
    with acting(portal, "secretary"):
        votes.hold_all([item], FOR_ALL, "accept")
        attendance.leave(meeting, members[6], meeting.starts)
        [last] = [
            place
            for place, row in enumerate(meeting.attendance.rows)
            if row["kind"] == "arrived" and row["member"] == members[6]
        ]
        attendance.strike(meeting, last)
        doubt = Open(OpenPoint.QUORUM_DOUBTFUL, item.getId())
        assert sittings.open_points(meeting) == (doubt,)


#: How a council sits at a distance.
REMOTE = {"remote_reason": "Intempéries", "remote_tool": "Visio"}


def test_a_meeting_becomes_remote_while_it_sits_only_if_the_law_lets_it(
    portal, members
):
    """CDLD, article L6511-1."""
    meeting, item = councils.plan(portal), councils.validated(portal)
    hard = councils.validated(portal, matter="discipline", privacy="closed")
    councils.sit(portal, meeting, members, item, hard)
    with acting(portal, "secretary"):
        assert code(meetings.edit, meeting, REMOTE) == "not_remotely"


def test_what_the_law_wants_dealt_with_in_the_room_comes_on_no_remote_agenda(
    portal, members
):
    meeting = councils.plan(portal, **REMOTE, extraordinary=True)
    hard = councils.validated(portal, matter="discipline", privacy="closed")
    councils.sit(portal, meeting, members, councils.validated(portal))
    with acting(portal, "secretary"):
        assert code(agenda.present, hard, meeting) == "remote_not_allowed"


@pytest.mark.parametrize("verb", [votes.hold, items.change])
def test_a_remote_sitting_decides_nothing_that_needs_the_room(portal, members, verb):
    meeting = councils.plan(portal)
    hard = councils.validated(portal, matter="discipline", privacy="closed")
    councils.sit(portal, meeting, members, hard)
    meeting.remote_reason, meeting.remote_tool = REMOTE.values()
    given = {"mode": "secret", "counts": {"in_favour": 7}}
    with acting(portal, "secretary"):
        asked = given if verb is votes.hold else "refuse"
        assert code(verb, hard, asked) == "remote_not_allowed"


def test_a_council_is_not_called_to_an_item_without_text_or_annex(portal, members):
    """CDLD, article L1122-24: each item comes with a note or a draft."""
    meeting, bare = councils.plan(portal), councils.validated(portal, title="Nu")
    with acting(portal, "secretary"):
        agenda.present(bare, meeting)
        items.edit(bare, {"motivation": "<p> </p>", "decision": ""})
        with pytest.raises(PlonegovError) as refused:
            meetings.change(meeting, "convene")
        assert refused.value.code == "notes_missing"
        assert refused.value.context["items"] == "Nu"
        items.edit(bare, {"motivation": "<p>Note.</p>"})
        meetings.change(meeting, "convene")


def test_what_came_after_the_cut_off_is_known(portal, members):
    early, late = councils.validated(portal), councils.validated(portal)
    meeting = councils.plan(portal)
    with acting(portal, "secretary"):
        agenda.present(early, meeting)
        assert agenda.after_cut_off(meeting) == frozenset()
        meeting.cut_off = now()
        agenda.present(late, meeting)
        assert agenda.after_cut_off(meeting) == frozenset([late.getId()])


def test_an_amount_that_is_raised_later_asks_the_finance_director(portal, members):
    """CDLD, article L1124-40: before the decision, however the amount came about."""
    bodies.get("council").finance_service = "population"
    meeting, item = councils.plan(portal), councils.validated(portal, amount="10.00")
    assert parts.asked(item) == set()
    with acting(portal, "secretary"):
        items.edit(item, {"amount": "50000.00"})
        assert [advice.by_rule for advice in item.parts.values()] == ["finance"]
        assert code(agenda.present, item, meeting) == "advice_missing"
        items.edit(item, {"amount": "60000.00"})
        assert len(item.parts) == 1
    [advice] = item.parts.values()
    with acting(portal, "adviser"):
        parts.give(advice.__of__(item), "favourable", "")
    with acting(portal, "secretary"):
        agenda.present(item, meeting)


def test_an_item_that_nobody_proposed_is_advised_on_before_its_decision(
    portal, members
):
    """CDLD, article L1124-40, also for a copy that another body sent on."""
    bodies.get("council").finance_service = "population"
    meeting, item = councils.plan(portal), councils.validated(portal)
    item.amount = "50000.00"
    councils.sit(portal, meeting, members, item)
    assert len(item.parts) == 1
    with acting(portal, "secretary"):
        votes.hold(item, FOR_ALL)
        assert code(items.change, item, "accept") == "advice_missing"
