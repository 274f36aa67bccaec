"""Rules of law that a sitting follows: names, urgency, deadlines, what is open at its end."""

from datetime import date
from datetime import timedelta
from helpers import councils
from helpers.councils import acting
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import PlonegovError
from plonegov.deliberations.adapters.minutes import sections_of
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import minuting
from plonegov.deliberations.api import sittings
from plonegov.deliberations.api import votes
from plonegov.deliberations.domain.errors import QuorumNotReached

import pytest


NAMED = {"mode": "named"}
HANDS = {"mode": "show_of_hands"}


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


def french():
    bodies.get("council").rules = "fr-3500-and-over"


def refused(call, *arguments, **values):
    with pytest.raises(PlonegovError) as found:
        call(*arguments, **values)
    return found.value.code


def said_of(meeting, key):
    return dict(sections_of(meeting))[key]


@pytest.mark.parametrize(
    ("law", "given", "told", "untold"),
    [
        # CDLD L1122-27, rules of procedure: against and abstaining, of any public vote.
        ("be", HANDS, ["Votent contre : Bastin."], ["Votent pour"]),
        ("be", NAMED, ["Votent contre : Bastin."], ["Votent pour"]),
        # CGCT L2121-15 and -21: everybody, of a vote by name; nobody of another one.
        ("fr", HANDS, [], ["Votent contre", "Votent pour"]),
        ("fr", NAMED, ["Votent pour : Aubry, Collard", "contre : Bastin."], []),
    ],
)
def test_the_minutes_name_whom_the_law_wants(portal, members, law, given, told, untold):
    meeting, item = councils.plan(portal), councils.validated(portal)
    councils.sit(portal, meeting, members, item)
    if law == "fr":
        french()
    asked = {**given, "exceptions": {members[1]: "against"}, "named_asked": 7}
    if given is HANDS:
        asked["named_asked"] = 0
    with acting(portal, "secretary"):
        votes.hold(item, asked)
    text = said_of(meeting, item.getId())
    assert "6 pour, 1 contre" in text
    assert all(one in text for one in told)
    assert not any(one in text for one in untold)


def urgent_sitting(portal, members, item):
    meeting = councils.plan(portal, urgency="La digue cède.")
    councils.sit(portal, meeting, members, item)
    return meeting


def points(meeting):
    return [str(one.point) for one in sittings.open_points(meeting)]


@pytest.mark.parametrize(
    ("found", "words"),
    [("urgent", "l'urgence est admise"), ("not_urgent", "n'est pas admise")],
)
def test_a_french_council_judges_the_urgency_of_its_call(portal, members, found, words):
    """CGCT, articles L2121-11 and L2121-12."""
    item = councils.validated(portal)
    meeting = urgent_sitting(portal, members, item)
    french()
    with acting(portal, "secretary"):
        votes.hold_all([item], HANDS, "accept")
        assert points(meeting) == ["call_not_judged"]
        assert refused(meetings.change, meeting, "decide") == "sitting_open"
    with acting(portal, "councillor"), pytest.raises(ActionNotAllowed):
        sittings.judge_call(meeting, sittings.Judged(found))
    with acting(portal, "secretary"):
        sittings.judge_call(meeting, sittings.Judged(found))
        assert points(meeting) == []
        assert words in said_of(meeting, "opening").replace("&#x27;", "'")
        meetings.change(meeting, "decide")
        code = refused(sittings.judge_call, meeting, sittings.Judged.URGENT)
    assert code == "meeting_not_sitting"


@pytest.mark.parametrize(("law", "urgency"), [("be", "La digue cède."), ("fr", "")])
def test_nobody_else_is_asked_whether_a_call_was_urgent(portal, members, law, urgency):
    meeting = councils.plan(portal, urgency=urgency)
    councils.sit(portal, meeting, members)
    if law == "fr":
        french()
    assert points(meeting) == []
    with acting(portal, "secretary"):
        code = refused(sittings.judge_call, meeting, sittings.Judged.URGENT)
    assert code == "no_rule_in_force"


def test_a_french_town_publishes_list_and_minutes_within_a_week(portal, members):
    """CGCT, articles L2121-25 and L2121-15."""
    meeting, item = councils.plan(portal), councils.validated(portal)
    councils.sit(portal, meeting, members, item)
    later = councils.plan(portal)
    french()
    day, week = meeting.starts.date(), timedelta(days=7)
    with acting(portal, "secretary"):
        minuting.renew(meeting)
        votes.hold_all([item], HANDS, "accept")
        assert sittings.list_due(meeting) is None
        meetings.change(meeting, "decide")
        assert sittings.list_due(meeting).day == day + week
        minuting.submit(meeting)
        assert minuting.publish_due(meeting) is None
        minuting.approve(meeting, later.getId())
        assert minuting.publish_due(meeting).day == later.starts.date() + week
        bodies.get("council").rules = "be-wal-council"
    assert (sittings.list_due(meeting), minuting.publish_due(meeting)) == (None, None)


def test_a_vote_without_quorum_is_refused_with_what_lacks(portal, members):
    meeting, item = councils.plan(portal), councils.validated(portal)
    councils.sit(portal, meeting, members[:3], item)
    with acting(portal, "secretary"), pytest.raises(QuorumNotReached) as found:
        votes.hold(item, HANDS)
    assert (found.value.context["present"], found.value.context["needed"]) == (3, 4)
    assert item.ballots.rows == ()


def test_closing_asks_who_could_sign_today(portal, members):
    """CDLD, articles L1122-16 and L1132-3; who signs holds the office that day."""
    meeting, item = councils.plan(portal), councils.validated(portal)
    councils.sit(portal, meeting, members, item)
    for one in bodies.functions(date.today()):
        one.last_day = date.today() - timedelta(days=1)
    with acting(portal, "secretary"):
        votes.hold_all([item], HANDS, "accept")
        assert refused(meetings.change, meeting, "decide") == "sitting_open"
        found = [(each.point, each.role) for each in sittings.open_points(meeting)]
        assert found == [
            ("signatory_missing", "mayor"),
            ("signatory_missing", "director"),
        ]
        councils.officials()
        meetings.change(meeting, "decide")
    assert item.registered
