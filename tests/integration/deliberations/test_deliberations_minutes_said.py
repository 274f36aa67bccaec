"""The minutes say what the law wants in them."""

from datetime import timedelta
from helpers import councils
from helpers.councils import acting
from plonegov.core.api import now
from plonegov.deliberations.adapters.minutes import sections_of
from plonegov.deliberations.adapters.sittingpapers import attendance_list
from plonegov.deliberations.adapters.sittingpapers import extracts
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import sessions
from plonegov.deliberations.api import votes

import pytest


FOR_ALL = {"mode": "show_of_hands"}


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


@pytest.fixture
def held(portal, members):
    """A council of seven that sits on one item; the last member is not there."""
    keeper = councils.function("director", "Delvaux")
    item, meeting = councils.validated(portal), councils.plan(portal)
    councils.sit(portal, meeting, members[:6], item)
    meeting.keeper = keeper
    with acting(portal, "secretary"):
        yield meeting, item


def said(meeting):
    return dict(sections_of(meeting))


def test_the_opening_says_who_keeps_the_minutes_and_how_many_are_there(held):
    """CGCT, article L2121-15."""
    meeting, item = held
    attendance.open_item(meeting, item)
    votes.hold(item, FOR_ALL)
    opening = said(meeting)["opening"]
    assert "Président de séance : Aubry." in opening
    assert "Secrétaire de séance : Delvaux." in opening
    assert (
        "Membres en exercice : 7 ; présents à l’ouverture : 6 ; représentés : 0."
        in (opening)
    )


def test_an_urgency_stands_in_the_minutes_with_its_reason_and_the_names(
    portal, held, members
):
    """CDLD, article L1122-24: the names of who declares it are in the minutes."""
    meeting, _item = held
    late = councils.validated(portal, title="Tempête")
    agenda.present(late, meeting)
    votes.declare_urgency(late, members[:5], "Toit arraché")
    votes.hold_all([late], FOR_ALL, "accept")
    text = said(meeting)[late.getId()]
    assert "Motif : Toit arraché" in text
    names = ", ".join(councils.NAMES[:5])
    assert f"Votent l’urgence : {names}." in text
    votes.hold_all([_item], FOR_ALL, "accept")
    meetings.change(meeting, "decide")
    paper = extracts([late])
    assert f"Votent l’urgence : {names}." in paper.html


def test_passing_to_the_closed_session_and_back_is_told_where_it_happened(held):
    """CDLD, article L1122-21: the vote and why stand before the item."""
    meeting, item = held
    begin = now()
    attendance.open_item(meeting, item, begin)
    sessions.close(
        item, "Vie privée", in_favour=6, asked_by=3, president_asks=True, at=begin
    )
    sessions.reopen(meeting, begin + timedelta(seconds=1))
    votes.hold(item, FOR_ALL)
    text = said(meeting)[item.getId()]
    assert text.index("Huis clos prononcé à") < text.index("<h2>")
    assert "Motif : Vie privée" in text
    assert "Séance publique reprise à" in text
    listed = attendance_list(meeting).html
    assert "Huis clos prononcé à" in listed
    assert "Séance publique reprise à" in listed
