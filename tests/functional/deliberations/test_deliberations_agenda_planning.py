"""The pages on which meetings are planned, listed, and the bodies' people kept."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from helpers import councils
from helpers.councils import acting
from helpers.people import PASSWORD
from plonegov.core.api import town_today
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import store

import csv
import io
import pytest
import transaction


DAY = timedelta(days=1)
BASE = "deliberations"


@pytest.fixture
def people(portal):
    councils.add_staff(portal)
    members = councils.seat()
    transaction.commit()
    return members


@pytest.fixture
def by(browser, people):
    """Return a function that makes the browser of a person."""

    def at(person):
        made = browser()
        if person:
            made.session.auth = (person, PASSWORD)
        return made

    return at


@pytest.fixture
def secretary(by):
    return by("secretary")


def planned():
    store.deliberations()._p_jar.sync()
    return [store.meeting(row["key"]) for row in store.rows({"kind": "meeting"}).rows]


def in_days(count):
    return (town_today() + count * DAY).isoformat()


def facts(**changed):
    return {"body": "council", "day": in_days(20), "time": "19:30", **changed}


# --- Plan and change


def test_a_meeting_is_planned_in_the_town_s_time(secretary, people):
    keeper = councils.function("director", "Martin")
    transaction.commit()
    secretary.open(f"{BASE}/plan-meeting")
    assert "convened today, the first day is" in secretary.text()
    more = {"place": "Salle", "president": people[0], "keeper": keeper}
    cut_off = {"cut_off_day": in_days(13), "cut_off_time": "12:00"}
    secretary.send(facts(**more, **cut_off))
    (meeting,) = planned()
    assert secretary.path == f"{BASE}/{meeting.getId()}"
    assert meeting.starts.replace(tzinfo=councils.ZONE) == meeting.starts
    assert f"{meeting.starts:%Y-%m-%d %H:%M}" == f"{in_days(20)} 19:30"
    assert f"{meeting.cut_off:%Y-%m-%d %H:%M}" == f"{in_days(13)} 12:00"
    assert (meeting.place, meeting.president, meeting.keeper) == (
        "Salle",
        people[0],
        keeper,
    )
    assert "Aubry" in secretary.text()
    assert "at the latest" in secretary.text()


WRONG = [
    ({"day": ""}, "day"),
    ({"day": "2026-02-30"}, "day"),
    ({"time": ""}, "time"),
    ({"time": "25:00"}, "time"),
    ({"time": "19:00+01:00"}, "time"),
    ({"cut_off_day": "2026-12-01"}, "cut_off_time"),
    ({"cut_off_time": "12:00"}, "cut_off_day"),
    ({"cut_off_day": "2999-01-01", "cut_off_time": "12:00"}, "cut_off_day"),
    ({"remote_tool": "Visio"}, "remote_reason"),
    ({"president": "nobody"}, "president"),
    ({"keeper": "nobody"}, "keeper"),
    ({"call": "7"}, "call"),
    ({"call": "2", "call_of": "nothing"}, "call_of"),
    ({"body": "senate"}, "body"),
]


@pytest.mark.parametrize("changed, field", WRONG)
def test_wrong_input_comes_back_with_all_that_was_typed(secretary, changed, field):
    secretary.open(f"{BASE}/plan-meeting")
    typed = facts(place="Salle du conseil", urgency="Inondations", fixed_day="yes")
    secretary.send({**typed, **changed})
    assert secretary.answer.status_code in (400, 422)
    links = secretary.page.xpath("//*[@id='error-summary']//a/@href")
    assert [link.rpartition("#")[2] for link in links] == [field]
    assert secretary.page.xpath(f"//*[@id='{field}']")
    assert secretary.value("place") == "Salle du conseil"
    assert secretary.value("urgency") == "Inondations"
    assert secretary.value("fixed_day") == "yes"
    for name in ("day", "time"):
        assert secretary.value(name) == changed.get(name, typed[name])
    assert planned() == []


def test_who_is_out_of_office_that_day_does_not_preside(secretary, people):
    bodies.get("council").objectValues()[0].last_day = town_today() + 5 * DAY
    transaction.commit()
    secretary.open(f"{BASE}/plan-meeting")
    secretary.send(facts(president=people[0]))
    assert "in office on" in secretary.problems()[0]
    secretary.send(facts(president=people[1]))
    assert len(planned()) == 1


def test_a_second_call_follows_a_meeting_of_the_same_body(portal, secretary, people):
    first = councils.plan(portal, days=10)
    other = councils.plan(portal, "college", days=10)
    for meeting in (first, other):
        councils.sit(portal, meeting, ())
    transaction.commit()
    secretary.open(f"{BASE}/plan-meeting")
    secretary.send(facts(call="2", call_of=other.getId()))
    assert len(secretary.problems()) == 1
    secretary.send(facts(call="2", call_of=first.getId()))
    made = [meeting for meeting in planned() if meeting.call == 2]
    assert [meeting.call_of for meeting in made] == [first.getId()]
    assert "The second, after a lack of quorum" in secretary.text()


def test_a_meeting_is_changed_and_what_it_was_stands_in_the_form(portal, secretary):
    meeting = councils.plan(portal, days=20, place="Salle", urgency="Crue")
    transaction.commit()
    secretary.open(f"{BASE}/{meeting.getId()}/edit-meeting")
    assert secretary.value("place") == "Salle"
    assert secretary.value("day") == f"{meeting.starts:%Y-%m-%d}"
    assert secretary.value("time") == "19:00"
    assert "Call the members by" in secretary.text()
    secretary.send({"place": "Ferme", "time": "20:00", "fixed_day": "yes"})
    meeting._p_jar.sync()
    assert (meeting.place, meeting.starts.hour, meeting.fixed_day) == (
        "Ferme",
        20,
        True,
    )
    secretary.open(f"{BASE}/{meeting.getId()}/edit-meeting")
    secretary.send({"fixed_day": None})
    meeting._p_jar.sync()
    assert not meeting.fixed_day


def test_nobody_is_called_to_a_day_that_changes_afterwards(portal, secretary):
    """The delay of a convocation would be worth nothing (CDLD, article L1122-13)."""
    meeting = councils.plan(portal, days=20, place="Salle")
    with acting(portal, "secretary"):
        meetings.change(meeting, "convene")
    transaction.commit()
    before = meeting.starts
    secretary.open(f"{BASE}/{meeting.getId()}/edit-meeting")
    assert secretary.page.xpath("//input[@name='day']") == []
    secretary.send({"day": in_days(1), "time": "08:00", "place": "Ferme"})
    meeting._p_jar.sync()
    assert (meeting.starts, meeting.place) == (before, "Ferme")


def test_a_meeting_that_was_held_is_not_changed(portal, secretary):
    meeting = councils.plan(portal, days=20)
    with acting(portal, "secretary"):
        meetings.change(meeting, "cancel", reason="Grève")
    transaction.commit()
    secretary.open(f"{BASE}/{meeting.getId()}/edit-meeting")
    assert secretary.answer.status_code == 403


# --- The college's week


def series(**changed):
    first = date(2027, 4, 19)
    return {
        "body": "college",
        "weekday": "0",
        "first": first.isoformat(),
        "last": (first + 20 * DAY).isoformat(),
        "time": "09:00",
        "cut_off": "3",
        "place": "Cabinet",
        **changed,
    }


def test_a_series_is_planned_once(secretary):
    secretary.open(f"{BASE}/plan-series")
    secretary.send(series())
    made = sorted(planned(), key=lambda meeting: meeting.starts)
    assert [f"{one.starts:%d/%m %H:%M}" for one in made] == [
        "19/04 09:00",
        "26/04 09:00",
        "03/05 09:00",
    ]
    assert all(one.starts - one.cut_off == 3 * DAY for one in made)
    assert "Meetings planned: 3." in secretary.answer.text
    secretary.open(f"{BASE}/plan-series")
    secretary.send(series())
    assert len(planned()) == 3


@pytest.mark.parametrize(
    "changed, field",
    [
        ({"body": ""}, "body"),
        ({"weekday": "9"}, "weekday"),
        ({"first": ""}, "first"),
        ({"last": "2026-13-01"}, "last"),
        ({"last": "2027-04-01"}, "last"),
        ({"last": "2029-04-01"}, "last"),
        ({"time": "9"}, "time"),
        ({"cut_off": "-1"}, "cut_off"),
        ({"cut_off": "31"}, "cut_off"),
    ],
)
def test_a_wrong_series_comes_back_with_all_that_was_typed(secretary, changed, field):
    secretary.open(f"{BASE}/plan-series")
    secretary.send(series(**changed))
    links = secretary.page.xpath("//*[@id='error-summary']//a/@href")
    assert [link.rpartition("#")[2] for link in links] == [field]
    assert secretary.value("place") == "Cabinet"
    assert planned() == []


# --- The list


def days_of(browser):
    return browser.page.xpath("//table//tbody/tr/*[1]/a/@href")


@pytest.fixture
def three(portal, people):
    """Return a past meeting, one that is convened and one that is being prepared."""
    past, coming, prepared = (councils.plan(portal, days=n) for n in (12, 11, 30))
    with acting(portal, "secretary"):
        for meeting in (past, coming):
            meetings.change(meeting, "convene")
    past.starts -= timedelta(days=40)
    past.reindexObject()
    transaction.commit()
    return past, coming, prepared


@pytest.mark.parametrize(
    "person, query, expected",
    [
        ("secretary", "", (1, 2)),
        ("secretary", "when=past", (0,)),
        ("secretary", "when=all", (2, 1, 0)),
        ("secretary", "when=all&body=college", ()),
        ("secretary", "when=all&state=created", (2,)),
        ("secretary", "when=all&year=1999", (2, 1, 0)),
        ("drafter", "", (1,)),
        ("drafter", "when=all&state=created", ()),
        ("councillor", "when=all", (1, 0)),
        ("councillor", "when=all&body=college", ()),
    ],
)
def test_each_lists_the_meetings_that_one_reads(three, by, person, query, expected):
    browser = by(person)
    browser.open(f"{BASE}/meetings?{query}")
    assert browser.answer.status_code == 200
    keys = [url.rpartition("/")[2] for url in days_of(browser)]
    assert keys == [three[number].getId() for number in expected]


def test_meetings_of_a_year_are_found(three, secretary):
    year = three[0].starts.year
    secretary.open(f"{BASE}/meetings?when=all&year={year}")
    found = [url.rpartition("/")[2] for url in days_of(secretary)]
    of_year = [one.getId() for one in three if one.starts.year == year]
    assert sorted(found) == sorted(of_year)


def test_a_member_lists_the_meetings_of_the_mandate_only(three, by):
    for mandate in bodies.get("council").objectValues():
        mandate.last_day = three[0].starts.date()
    transaction.commit()
    councillor = by("councillor")
    councillor.open(f"{BASE}/meetings?when=all")
    keys = [url.rpartition("/")[2] for url in days_of(councillor)]
    assert keys == [three[0].getId()]


def test_the_list_is_a_file_too(three, by):
    drafter = by("drafter")
    answer = drafter.session.get(f"{drafter.base}/{BASE}/meetings?when=all&format=csv")
    rows = list(
        csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    )
    rows = rows if len(rows[0]) > 1 else list(csv.reader(io.StringIO(answer.text)))
    assert len(rows) == 3
    assert all(datetime.fromisoformat(row[0]).tzinfo for row in rows[1:])


@pytest.mark.parametrize("page", ["meetings", "plan-meeting", "plan-series", "bodies"])
@pytest.mark.parametrize("person", ["citizen", ""])
def test_a_stranger_sees_none_of_it(three, by, person, page):
    other = by(person)
    answer = other.session.get(f"{other.base}/{BASE}/{page}", allow_redirects=False)
    assert answer.status_code in (302, 401, 403)


@pytest.mark.parametrize("page", ["plan-meeting", "plan-series"])
@pytest.mark.parametrize("person", ["drafter", "councillor"])
def test_only_the_secretary_plans(by, person, page):
    other = by(person)
    answer = other.session.get(f"{other.base}/{BASE}/{page}", allow_redirects=False)
    assert answer.status_code in (302, 401, 403)


@pytest.mark.parametrize(
    "person, expected",
    [("secretary", 1), ("drafter", 1), ("councillor", 1), ("citizen", 0), ("", 0)],
)
def test_who_works_with_meetings_finds_the_way_to_them(by, person, expected):
    browser = by(person)
    browser.open("")
    links = browser.page.xpath("//a[contains(@href, '/deliberations/today')]")
    assert len(links) == expected
