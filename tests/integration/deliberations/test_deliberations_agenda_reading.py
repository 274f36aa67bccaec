"""What the pages of meetings cost and show, and the rules behind their forms."""

from datetime import timedelta
from helpers import councils
from helpers.councils import acting
from helpers.woken import woken
from plonegov.core.errors import InvalidInput
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import reading
from plonegov.deliberations.api import store
from plonegov.deliberations.browser.entries import DeliberationsEntry
from plonegov.deliberations.browser.meetinglinks import document_links
from plonegov.deliberations.browser.meetinglinks import FOR_MEMBERS
from plonegov.deliberations.browser.meetinglinks import page_links
from plonegov.deliberations.browser.meetinglist import MeetingSource
from plonegov.deliberations.browser.meetingpage import MeetingPage
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.refusals import MeetingConvened
from plonegov.deliberations.interfaces import IDeliberationsLayer
from zope.interface import alsoProvides

import pytest


@pytest.fixture
def people(portal):
    councils.add_staff(portal)
    return councils.seat()


@pytest.fixture
def meeting(portal, people):
    meeting = councils.plan(portal, days=20)
    for number in range(4):
        item = councils.validated(portal, title=f"Point {number}")
        with acting(portal, "secretary"):
            agenda.present(item, meeting)
    return meeting


@pytest.fixture
def request_(portal):
    alsoProvides(portal.REQUEST, IDeliberationsLayer)
    return portal.REQUEST


def test_the_agenda_of_a_meeting_wakes_no_item(portal, meeting, request_):
    councils.validated(portal, title="Prêt")
    with acting(portal, "secretary"), woken(portal, (Item,)) as objects:
        html = MeetingPage(meeting, request_)()
    assert all(f"Point {number}" in html for number in range(4))
    assert "Prêt" in html
    assert objects == []


def test_the_list_of_meetings_wakes_no_meeting(portal, meeting):
    with acting(portal, "secretary"), woken(portal, (Item, Meeting)) as objects:
        rows, total = MeetingSource().query({"when": "coming"}, "day", False, 0, 30)
    assert (total, rows[0]["key"]) == (1, meeting.getId())
    assert objects == []


def test_a_member_lists_each_meeting_once_whatever_mandates_there_were(portal, people):
    """Who sits again after an election has two mandates in one body."""
    meeting = councils.plan(portal, days=20)
    with acting(portal, "secretary"):
        meetings.change(meeting, "convene")
    for mandate in bodies.get("council").objectValues():
        mandate.account = "councillor"
    with acting(portal, "councillor"):
        page = reading.meetings()
    assert [row["key"] for row in page.rows] == [meeting.getId()]


def test_pages_of_a_member_s_list_follow_each_other(portal, people):
    made = [councils.plan(portal, days=days) for days in (10, 20, 30)]
    with acting(portal, "secretary"):
        for meeting in made:
            meetings.change(meeting, "convene")
    with acting(portal, "councillor"):
        first = reading.meetings(size=2)
        second = reading.meetings(start=2, size=2)
    keys = [row["key"] for row in (*first.rows, *second.rows)]
    assert keys == [meeting.getId() for meeting in made]
    assert (first.total, second.total) == (3, 3)


def test_who_presides_is_in_office_that_day(portal, meeting, people):
    bodies.get("council").objectValues()[0].last_day = meeting.starts.date()
    with acting(portal, "secretary"):
        meetings.edit(meeting, {"president": people[0]})
        with pytest.raises(InvalidInput) as error:
            later = meeting.starts + timedelta(days=1)
            meetings.edit(meeting, {"starts": later, "president": people[0]})
    assert [fault.code for fault in error.value.faults] == ["not_in_office"]


@pytest.mark.parametrize("name", ["starts", "call", "fixed_day"])
def test_what_members_were_called_to_stays(portal, meeting, name):
    values = {
        "starts": meeting.starts + timedelta(days=1),
        "call": 2,
        "fixed_day": True,
    }
    with acting(portal, "secretary"):
        meetings.change(meeting, "convene")
        with pytest.raises(MeetingConvened):
            meetings.edit(meeting, {name: values[name]})
        meetings.edit(meeting, {name: getattr(meeting, name), "place": "Ferme"})
    assert meeting.place == "Ferme"


def test_a_meeting_is_no_second_call_of_itself(portal, meeting):
    with acting(portal, "secretary"), pytest.raises(InvalidInput):
        meetings.edit(meeting, {"call_of": meeting.getId()})


def test_the_law_s_last_day_to_convene(portal, meeting):
    """CDLD, articles L1122-13 and L1123-21."""
    day = meeting.starts.date()
    council, college = bodies.get("council"), bodies.get("college")
    assert law.convene_until(council, day) == day - timedelta(days=8)
    assert law.convene_until(council, day, number=2) == day - timedelta(days=3)
    assert law.convene_until(college, day, fixed_day=True) is None
    assert law.earliest_day(council, day) == day + timedelta(days=8)


def test_the_way_to_the_meetings_is_for_who_uses_them(portal, people, request_):
    entry = DeliberationsEntry(portal, request_)
    assert entry.url() == f"{portal.absolute_url()}/deliberations/today"
    for person, expected in (
        ("secretary", True),
        ("councillor", True),
        ("citizen", False),
    ):
        with acting(portal, person):
            assert bool(entry.available()) is expected


def test_late_items_say_so_in_the_metadata(portal, meeting):
    with acting(portal, "secretary"):
        meetings.change(meeting, "convene")
        meetings.change(meeting, "freeze")
        late = councils.validated(portal, title="Tard")
        agenda.present(late, meeting)
        rows = store.rows({"kind": "item", "meeting": meeting.getId()}).rows
    assert {row["title"] for row in rows if row["late"]} == {"Tard"}


LINKS = [
    ("created", ["convening"], ["convocation.pdf", "agenda.pdf"]),
    ("convened", ["convening"], ["convocation.pdf", "agenda.pdf"]),
    (
        "frozen",
        ["convening", "attendance"],
        ["convocation.pdf", "agenda.pdf", "attendance.pdf"],
    ),
    (
        "sitting",
        ["convening", "attendance", "sitting", "closing", "minutes"],
        ["convocation.pdf", "agenda.pdf", "attendance.pdf"],
    ),
    (
        "decided",
        ["convening", "attendance", "closing", "minutes", "extracts"],
        ["convocation.pdf", "agenda.pdf", "attendance.pdf", "minutes.pdf"],
    ),
    (
        "closed",
        ["convening", "attendance", "minutes", "extracts"],
        ["convocation.pdf", "agenda.pdf", "attendance.pdf", "minutes.pdf"],
    ),
    ("cancelled", [], []),
]


@pytest.mark.parametrize(("state", "pages", "documents"), LINKS)
def test_a_meeting_leads_to_what_its_state_has(
    portal, meeting, monkeypatch, state, pages, documents
):
    monkeypatch.setattr(Meeting, "state", state)
    assert [link["name"] for link in page_links(meeting, True)] == pages
    assert [link["name"] for link in document_links(meeting, True)] == documents
    assert page_links(meeting, False) == []
    for_members = [link["name"] for link in document_links(meeting, False)]
    assert for_members == [name for name in documents if name in FOR_MEMBERS]
