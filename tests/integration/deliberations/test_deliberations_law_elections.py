"""Elections of candidates in rounds: entered, counted by the law, carried into the item."""

from helpers import councils
from helpers.councils import acting
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.deliberations.adapters.minutes import sections_of
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import elections
from plonegov.deliberations.api import itemfacts
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import sittings
from plonegov.deliberations.api import store
from plonegov.deliberations.api import votes

import json
import pytest


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


@pytest.fixture
def item(portal, members):
    """An appointment on which a council of seven sits; the secretary acts."""
    item = councils.validated(portal, matter="appointment")
    councils.sit(portal, councils.plan(portal), members, item)
    with acting(portal, "secretary"):
        yield item


def a_round(papers=7, **given):
    seats, votes = given.pop("seats", 1), given.pop("votes")
    rows = [{"name": name, "votes": number} for name, number in votes.items()]
    return {"seats": seats, "candidates": rows, "papers": papers, **given}


def refused(call, *arguments, **values):
    with pytest.raises(PlonegovError) as found:
        call(*arguments, **values)
    return found.value.code


def points(item):
    meeting = meeting_of(item)
    return [each.point for each in sittings.open_points(meeting)]


def meeting_of(item):
    return store.meeting(item.meeting)


def test_a_majority_in_the_first_round_elects(item):
    """CDLD, article L1122-28: absolute majority of the valid papers."""
    assert elections.applies(item)
    row = elections.hold(item, a_round(votes={"Marie Petit": 4, "Jean Lambert": 3}))
    assert (row["carried"], row["mode"]) == (True, "secret")
    assert row["election"]["elected"] == ["Marie Petit"]
    assert itemfacts.carried(item) is True
    items.change(item, "accept")
    assert points(item) == []
    for line in row["result"]["trace"]:
        assert set(line["text"]) == {"fr", "nl", "en", "es"}
    assert json.loads(json.dumps(row)) == row


def test_a_second_round_is_between_the_two_first(item):
    first = elections.hold(
        item, a_round(votes={"Marie Petit": 3, "Jean Lambert": 2, "Luc Simon": 2})
    )
    assert (first["carried"], first["result"]["verdict"]) == (None, "next_round")
    now = elections.standing_of(item)
    # Two with equal votes: the elder goes on.
    assert now.run_off == ("Marie Petit", "Jean Lambert")
    assert points(item) == ["election_unfinished"]
    assert refused(items.change, item, "accept") == "election_unfinished"
    stranger = a_round(votes={"Luc Simon": 7})
    assert refused(elections.hold, item, stranger) == "candidate_not_listed"
    second = elections.hold(
        item, a_round(votes={"Marie Petit": 3, "Jean Lambert": 3}, papers=6, void=1)
    )
    # Equal votes again: the eldest is elected.
    assert second["election"]["elected"] == ["Marie Petit"]
    assert refused(elections.hold, item, a_round(votes={"X": 1})) == "election_over"
    assert refused(votes.take_back, item, 0) == "round_followed"
    items.change(item, "accept")


def test_several_seats_are_filled_over_the_rounds(item):
    elections.hold(item, a_round(seats=2, votes={"A B": 6, "C D": 3, "E F": 3, "G": 2}))
    assert elections.elected(item) == ("A B",)
    elections.hold(item, a_round(votes={"C D": 3, "E F": 4}))
    assert elections.elected(item) == ("A B", "E F")


def test_nobody_elected_refuses_the_item(item):
    elections.hold(item, a_round(votes={"Marie Petit": 0}, papers=0, blank=7))
    row = elections.hold(item, a_round(votes={"Marie Petit": 0}, papers=0, blank=7))
    assert (row["carried"], row["result"]["verdict"]) == (False, "rejected")
    assert refused(items.change, item, "accept") == "result_against"
    items.change(item, "refuse")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (a_round(votes={"P": 8}, papers=8), "too_many_votes"),
        (a_round(votes={"P": 5}, papers=4), "too_many_votes"),
        (a_round(votes={"P": 5}, void=1), "too_many_votes"),
        (a_round(votes={"P": 5}, mode="show_of_hands"), "ballot_must_be_secret"),
        (a_round(votes={}), "invalid_input"),
        (a_round(votes={"P": -1}), "invalid_input"),
    ],
)
def test_an_unlawful_round_is_not_kept(item, given, code):
    assert refused(elections.hold, item, given) == code
    assert item.ballots.rows == ()


def test_a_wrong_round_is_taken_back(item):
    elections.hold(item, a_round(votes={"P": 3, "Q": 2, "R": 2}))
    elections.hold(item, a_round(votes={"P": 3, "Q": 4}))
    votes.take_back(item, 1)
    votes.take_back(item, 0)
    assert (elections.rounds(item), elections.is_open(item)) == ([], False)


def test_no_quorum_no_election(portal, members):
    item, meeting = (
        councils.validated(portal, matter="appointment"),
        councils.plan(portal),
    )
    councils.sit(portal, meeting, members[:3], item)
    with acting(portal, "secretary"):
        given = a_round(votes={"P": 3}, papers=3)
        assert refused(elections.hold, item, given) == "quorum_not_reached"
        attendance.arrive(meeting, members[3])
        assert elections.hold(item, given)["carried"] is True


def test_other_matters_have_no_election(portal, members):
    item = councils.validated(portal)
    councils.sit(portal, councils.plan(portal), members, item)
    with acting(portal, "secretary"):
        assert not elections.applies(item)
        given = a_round(votes={"P": 7})
        assert refused(elections.hold, item, given) == "no_rule_in_force"
    assert not elections.applies(councils.validated(portal, matter="appointment"))


def test_only_the_secretary_holds_an_election(portal, item):
    for person in ("drafter", "councillor"):
        with acting(portal, person), pytest.raises(ActionNotAllowed):
            elections.hold(item, a_round(votes={"P": 7}))


def test_a_french_council_appoints_who_stands_alone(portal, members):
    """CGCT, article L2121-21: as many candidates as seats need no vote."""
    bodies.get("council").rules = "fr-under-3500"
    item = councils.validated(portal, matter="appointment")
    mayor = councils.validated(portal, matter="executive")
    meeting = councils.plan(portal)
    councils.sit(portal, meeting, members, item, mayor)
    with acting(portal, "secretary"):
        row = elections.hold(item, a_round(votes={"Marie Petit": 0}, papers=0))
        assert (row["election"]["unopposed"], row["carried"]) == (True, True)
        assert row["result"]["trace"][-1]["id"] == "unopposed"
        assert elections.elected(item) == ("Marie Petit",)
        elections.hold(mayor, a_round(votes={"P": 3, "Q": 2, "R": 2}))
        elections.hold(mayor, a_round(votes={"P": 3, "Z": 3}, papers=6, blank=1))
        elections.hold(mayor, a_round(votes={"P": 3, "Z": 3}, papers=6, blank=1))
        assert elections.elected(mayor) == ("P",)
        texts = "".join(text for _key, text in sections_of(meeting))
    assert "nomination sans vote" in texts
    assert "tour 2 : 6 bulletin(s) valable(s), 1 blanc(s), 0 nul(s)" in texts
    assert "P : 3 voix; Z : 3 voix." in texts
    assert "Personne n&#x27;est élu à ce tour." in texts
    assert "Élu(s) : Marie Petit." in texts


def test_an_unanimous_french_council_may_vote_in_public(portal, members):
    """CGCT, article L2121-21."""
    bodies.get("council").rules = "fr-3500-and-over"
    item = councils.validated(portal, matter="appointment")
    councils.sit(portal, councils.plan(portal), members, item)
    with acting(portal, "secretary"):
        given = a_round(votes={"P": 5, "Q": 2}, mode="show_of_hands")
        assert refused(elections.hold, item, given) == "ballot_must_be_secret"
        row = elections.hold(item, {**given, "waived": True})
    assert (row["mode"], row["result"]["trace"][0]["id"]) == (
        "show_of_hands",
        "secret_waived",
    )


def test_a_sitting_ends_after_its_election_only(portal, item):
    meeting = meeting_of(item)
    elections.hold(item, a_round(votes={"P": 3, "Q": 2, "R": 2}))
    assert refused(meetings.change, meeting, "decide") == "sitting_open"
    items.change(item, "postpone")
    meetings.change(meeting, "decide")


def test_all_that_is_wrong_is_told_at_once(item):
    with pytest.raises(InvalidInput) as wrong:
        elections.hold(item, {"seats": 0, "candidates": []})
    assert [(each.field, each.code) for each in wrong.value.faults] == [
        ("seats", "seats_missing"),
        ("candidates", "candidates_missing"),
    ]
