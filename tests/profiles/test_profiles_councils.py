"""The demonstration's councils: past sittings as the law and the workflows want them."""

from collections import Counter
from helpers.inprocess import InProcess
from helpers.scdl import problems
from pathlib import Path
from plone import api
from plonegov.core.api import port
from plonegov.core.api import town_today
from plonegov.core.interfaces import IClock
from plonegov.core.ops.clock import SystemClock
from plonegov.core.records.events import entries
from plonegov.core.records.events import verify
from plonegov.core.registers.register import Register
from plonegov.deliberations.adapters.demo import DemoDeliberations
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import sittings
from plonegov.deliberations.api import store
from plonegov.deliberations.api.html import clean_html
from plonegov.deliberations.domain.ballots import Counts
from plonegov.deliberations.domain.ballots import OpenBallot
from plonegov.deliberations.domain.ballots import SecretBallot
from plonegov.deliberations.domain.ballots import Vote
from plonegov.deliberations.domain.cases import Case
from plonegov.deliberations.domain.model import Choice
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.outcome import outcome
from plonegov.deliberations.domain.outcome import stored
from plonegov.municipalities.loader.demo import create_demo
from tests.profiles.conftest import apply
from tests.profiles.conftest import changing
from tests.profiles.conftest import town

import csv
import datetime
import feedparser
import icalendar
import io
import pytest
import shutil


PROFILES = Path(__file__).parents[2] / "profiles"
#: A town of its own, and the one whose profile it has.
TOWNS = {"demo-be": "seneffe", "demo-fr": "poitiers"}
SIZES = {"demo-be": (24, 40), "demo-fr": (6, 20)}


@pytest.fixture(scope="module")
def towns(home, zope):
    for name, model in TOWNS.items():
        folder = home / "profiles" / name
        shutil.copytree(PROFILES / model, folder)
        file = folder / "municipality.toml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f'id = "{model}"', f'id = "{name}"', 1))
        apply(name)
        with changing(name) as site:
            assert DemoDeliberations().has_real_data(site) is False
            assert create_demo(site, "secret-secret") is True
    return TOWNS


@pytest.fixture(params=TOWNS)
def site(request, towns):
    with town(request.param) as found:
        yield found


def past():
    rows = store.rows({"kind": "meeting", "body": "council"}, "day").rows
    over = [row for row in rows if row["state"] in ("decided", "closed")]
    return [store.meeting(row["key"]) for row in over]


def test_past_sittings_are_decided_and_closed(site):
    number, count = SIZES[site.getId()]
    meetings = past()
    assert len(meetings) == number
    assert [meeting.state for meeting in meetings[:-1]] == ["closed"] * (number - 1)
    assert {len(agenda.items_of(meeting)) for meeting in meetings} == {count}
    for meeting in meetings:
        assert sittings.open_points(meeting) == ()
        assert meeting.starts.date() < town_today()
        assert verify(meeting) == []


def test_numbers_follow_one_another_and_are_the_registers(site):
    held = Counter()
    for meeting in past():
        items = [item for item in agenda.items_of(meeting) if item.registered]
        for item in items:
            year, number = item.registered
            held[year] += 1
            assert number == held[year]
            entry = Register("council").get(year, number)
            assert entry.about == item.UID()
            assert entry.when.date() == meeting.starts.date()
    for year, last in held.items():
        assert Register("council").problems(year) == []
        assert len(list(Register("council").entries(year))) == last


def test_each_item_went_the_way_of_its_workflow(site):
    tool = api.portal.get_tool("portal_workflow")
    for item in agenda.items_of(past()[-1]):
        workflow, state = tool[item.workflow], "drafted"
        for row in item.workflow_history[item.workflow][1:]:
            assert row["action"] in workflow.states[state].transitions
            state = workflow.transitions[row["action"]].new_state_id
            assert row["review_state"] == state
        assert not workflow.updateRoleMappingsFor(item)
        assert verify(item) == []
        times = [entry.when for entry in entries(item)]
        assert times == sorted(times)
        for text in (item.motivation, item.decision):
            assert clean_html(text) == text


def recomputed(meeting, item):
    """What the law says of a stored vote."""
    row = item.ballots.rows[-1]
    at = datetime.datetime.fromisoformat(row["at"])
    case = Case(
        members=attendance.members_of(meeting),
        presence=attendance.presence_of(meeting, item, at),
        president=meeting.president,
        matter=Matter(item.matter),
    )
    if row["mode"] == "secret":
        ballot = SecretBallot(Counts(**row["result"]["counts"]))
    else:
        votes = [Vote(who, Choice(how)) for who, how in row["votes"].items()]
        ballot = OpenBallot(tuple(votes))
    return stored(outcome(ballot, case, law.rules_of(meeting)))


def test_each_result_is_what_the_law_says_of_the_votes(site):
    seen = Counter()
    for meeting in past()[-3:]:
        for item in agenda.items_of(meeting):
            if item.state == "withdrawn":
                assert not item.ballots.rows
                continue
            row = item.ballots.rows[-1]
            assert row["result"] == recomputed(meeting, item)
            assert row["carried"] is item.state.startswith("accepted")
            seen[row["mode"]] += 1
            counts = row["result"]["counts"]
            seen["against"] += bool(counts["against"])
            seen["abstained"] += bool(counts["abstained"])
    assert set(seen) == {"show_of_hands", "secret", "against", "abstained"}
    assert min(seen.values()) > 0


def test_the_public_reads_the_decisions_of_the_open_session_only(site):
    container = publishing.decisions()
    closed = 0
    for meeting in past():
        for item in agenda.items_of(meeting):
            found = container.records.get(item.getId())
            shown = item.privacy == "open" and bool(item.registered)
            assert (found is not None) is shown
            closed += item.privacy == "closed"
            if shown:
                assert (found.shown, found.number) == ("decision", item.number)
    assert closed


def test_the_town_s_own_clock_runs_again(site):
    assert isinstance(port(IClock), SystemClock)


def test_a_town_with_a_past_is_no_place_for_another(site):
    assert DemoDeliberations().has_real_data(site) is True


@pytest.fixture
def belgian(towns):
    with town("demo-be") as found:
        yield found


def test_the_council_and_the_college_have_their_people(belgian):
    today = town_today()
    council = bodies.members(bodies.get("council"), today)
    assert (len(council), council[0].role) == (25, "Bourgmestre")
    assert [each.account for each in council if each.account] == ["councillor"]
    assert len(bodies.members(bodies.get("college"), today)) == 6
    offices = {function.office for function in bodies.functions(today)}
    assert offices == {"mayor", "director", "finance"}


def test_one_sitting_is_on(belgian):
    [row] = store.rows({"kind": "meeting", "state": "sitting"}).rows
    meeting = store.meeting(row["key"])
    assert (town_today() - meeting.starts.date()).days in (0, 1)
    items = agenda.items_of(meeting)
    states = [item.state for item in items]
    assert states[5:] == ["frozen"] * (len(items) - 5)
    assert all(item.ballots.rows for item in items[:5])
    with api.env.adopt_user(username="councillor"):
        assert api.user.has_permission("View", obj=items[-1])
    with api.env.adopt_user(username="citizen"):
        assert not api.user.has_permission("View", obj=items[-1])


def test_one_meeting_is_in_preparation(belgian):
    rows = store.rows({"kind": "meeting", "body": "council", "state": "created"}).rows
    [meeting] = [store.meeting(row["key"]) for row in rows]
    assert meeting.starts.date() > town_today()
    states = Counter(item.state for item in agenda.items_of(meeting))
    assert states == {"presented": 5, "returned": 1}  # the minutes joined by themselves
    wishes = store.rows({"kind": "item", "wish": meeting.getId()}).rows
    assert {row["state"] for row in wishes} == {
        "drafted",
        "proposed",
        "reviewed_1",
        "validated",
    }
    items = [store.item(row["key"]) for row in wishes]
    given = Counter(advice.state for item in items for advice in parts.advices(item))
    assert given == {"asked": 2, "given": 2}


def test_the_college_has_a_week_ahead(belgian):
    [row] = store.rows({"kind": "meeting", "body": "college"}).rows
    assert len(agenda.items_of(store.meeting(row["key"]))) == 2


@pytest.fixture
def french(towns):
    """What the demonstration of Poitiers answers to anybody."""
    with town("demo-fr") as found:
        client = InProcess(found)
        yield lambda path: client.get("anonymous", path)


def test_the_open_data_of_poitiers_follow_the_schema(french, tmp_path):
    answer = french("deliberations.csv")
    assert "2.1.4" in answer.headers["Link"]
    assert problems(answer.content, tmp_path) == []
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) > 50
    assert len({row["DELIB_ID"] for row in rows}) == len(rows)
    assert {row["COLL_SIRET"] for row in rows} == {"21860194600013"}
    assert {row["PREF_ID"] for row in rows if row["PREF_DATE"]} == {"PREF086"}


def test_the_check_of_the_open_data_sees_what_is_wrong(french, tmp_path):
    content = french("deliberations.csv").content
    wrong = content.replace(b"21860194600013", b"21860194600", 1)
    assert [name for _row, name, _note in problems(wrong, tmp_path)] == ["COLL_SIRET"]


def test_the_feed_of_poitiers_is_read_by_feedparser(french):
    feed = feedparser.parse(french("deliberations.rss").content)
    assert not feed.bozo
    assert len(feed.entries) == 50
    assert all(entry.published_parsed and entry.title for entry in feed.entries)
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def test_the_calendar_of_poitiers_is_read_by_icalendar(french):
    calendar = icalendar.Calendar.from_ical(french("agenda.ics").content)
    events = calendar.walk("VEVENT")
    assert len(events) >= 6
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert all(event["DTSTART"].dt.tzinfo for event in events)
