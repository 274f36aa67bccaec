"""What the public is told of a sitting that was called back."""

from datetime import timedelta
from helpers import councils
from helpers import published
from helpers.councils import acting
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import public
from plonegov.deliberations.api import publishing

import pytest


@pytest.fixture
def council(portal):
    councils.add_staff(portal)
    councils.seat()
    return portal


def read(item):
    return publishing.publication_of(item)


def test_a_sitting_that_was_called_back_is_cancelled_until_it_is_convened_anew(council):
    """RFC 5545, 3.8.1.11: who knows of it is told; nothing of the new plan is."""
    meeting = published.convened(council, place="Salle du conseil")
    draft = published.drafted(council, meeting)
    before, day = public.sitting(meeting.getId()), read(draft).day
    with acting(council, "secretary"):
        meetings.change(meeting, "recall", reason="Erreur")
        later = before.starts + timedelta(days=21)
        meetings.edit(meeting, {"starts": later, "place": "Salle à confirmer"})
    [called_off] = public.sittings()
    assert called_off == public.sitting(meeting.getId())
    assert called_off.is_cancelled
    assert (called_off.key, called_off.starts, called_off.place) == (
        before.key,
        before.starts,
        "Salle du conseil",
    )
    assert called_off.sequence > before.sequence
    assert public.sittings(first=before.starts.date() + timedelta(days=1)) == []
    assert read(draft).day == day
    with acting(council, "secretary"):
        meetings.change(meeting, "convene")
    [anew] = public.sittings()
    assert (anew.is_cancelled, anew.starts) == (False, later)
    assert anew.place == "Salle à confirmer"
    assert anew.sequence > called_off.sequence
    assert read(draft).day == later.date()


def test_what_was_called_back_and_cancelled_then_stays_on_its_day(council):
    meeting = published.convened(council)
    starts = meeting.starts
    with acting(council, "secretary"):
        meetings.change(meeting, "recall", reason="Erreur")
        meetings.edit(meeting, {"starts": starts + timedelta(days=21)})
        meetings.change(meeting, "cancel", reason="Sans objet")
    [sitting] = public.sittings()
    assert (sitting.starts, sitting.is_cancelled) == (starts, True)


def test_drafts_follow_the_day_of_their_sitting(council):
    meeting = published.convened(council)
    item = published.drafted(council, meeting)
    moved = meeting.starts + timedelta(days=7)
    with acting(council, "secretary"):
        meetings.change(meeting, "recall", reason="La salle est prise")
        meetings.edit(meeting, {"starts": moved})
        meetings.change(meeting, "convene")
    assert read(item).day == moved.date()
    row = publishing.decisions().records.row(item.getId())
    assert row["day"] == moved.date().toordinal()
