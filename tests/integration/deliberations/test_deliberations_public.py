"""What the public is told of sittings, drafts and decisions, and what follows a change."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from helpers import councils
from helpers import published
from helpers.councils import acting
from helpers.published import SECRET
from helpers.woken import woken
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import RecordNotFound
from plonegov.core.registers.register import Register
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import public
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import supervision
from plonegov.deliberations.domain.model import Control
from plonegov.deliberations.domain.publicsearch import Search
from plonegov.deliberations.domain.publishing import WhyWithdrawn
from plonegov.deliberations.domain.refusals import ItemWithdrawn

import pytest


@pytest.fixture
def council(portal):
    councils.add_staff(portal)
    councils.seat()
    return portal


def read(item):
    return publishing.publication_of(item)


def test_the_public_knows_a_meeting_once_it_is_convened(council):
    meeting = councils.plan(council, place="Salle du conseil")
    key = meeting.getId()
    with pytest.raises(RecordNotFound):
        public.sitting(key)
    assert public.sittings() == []
    with acting(council, "secretary"):
        meetings.change(meeting, "convene")
    [sitting] = public.sittings()
    assert (sitting.key, sitting.place) == (key, "Salle du conseil")
    assert sitting.starts == meeting.starts
    assert public.sitting(key) == sitting


def test_a_cancelled_sitting_stays_if_it_was_convened_and_not_else(council):
    never, once = councils.plan(council), published.convened(council)
    before = public.sitting(once.getId()).sequence
    with acting(council, "secretary"):
        meetings.change(never, "cancel", reason="Erreur")
        meetings.change(once, "cancel", reason="Grève")
    [sitting] = public.sittings()
    assert (sitting.key, sitting.is_cancelled) == (once.getId(), True)
    assert sitting.sequence > before


def test_of_a_body_without_publicity_no_sitting_is_known(council):
    councils.seat("college")
    meeting = published.convened(council, "college")
    assert public.sittings() == []
    with pytest.raises(RecordNotFound):
        public.sitting(meeting.getId())
    assert public.sittings(first=date(2020, 1, 1), last=date(2020, 12, 31)) == []


def test_an_item_is_no_sitting(council):
    item = published.an_item(council)
    for key in (item.getId(), "unknown", ""):
        with pytest.raises(RecordNotFound):
            public.sitting(key)


def test_the_agenda_has_confirmed_items_only_in_its_order(council):
    meeting = published.convened(council)
    first = published.drafted(council, meeting, "Premier")
    hidden = published.an_item(council)
    with acting(council, "secretary"):
        agenda.present(hidden, meeting)
        agenda.move(meeting, hidden.getId(), 0, meeting.agenda.serial)
    last = published.drafted(council, meeting, "Dernier")
    rows = public.agenda(meeting.getId())
    assert [(row["title"], row["place"]) for row in rows] == [
        ("Premier", 2),
        ("Dernier", 3),
    ]
    assert SECRET not in repr(rows)
    with acting(council, "secretary"):
        agenda.move(meeting, last.getId(), 0, meeting.agenda.serial)
    keys = [row["key"] for row in public.agenda(meeting.getId())]
    assert keys == [last.getId(), first.getId()]


def test_a_draft_online_too_late_is_flagged(council):
    """CDLD, article L3221-5: five clear days before the sitting."""
    soon = published.drafted(council, published.convened(council, days=14))
    assert (read(soon).late, read(soon).draft_due) != (True, None)
    meeting = published.convened(council, days=14)
    meeting.starts -= timedelta(days=11)
    late = published.drafted(council, meeting)
    assert read(late).late
    [row] = public.agenda(meeting.getId())
    assert row["late"]


def test_a_text_that_changes_is_online_since_its_change(council, monkeypatch):
    item = published.drafted(council, published.convened(council))
    first = read(item).online
    with acting(council, "secretary"):
        publishing.confirm(item)
        assert read(item).online == first
        later = first + timedelta(days=2)
        monkeypatch.setattr(publishing, "now", lambda: later)
        publishing.prepare(item, "Autre titre", published.TEXT)
        publishing.confirm(item)
    assert (read(item).online, read(item).draft_online) == (later, first)


def test_what_goes_to_the_closed_session_is_withdrawn(council):
    item = published.drafted(council, published.convened(council))
    with acting(council, "secretary"):
        items.edit(item, {"title": "Autre"})
        assert read(item).shown == "draft"
        items.edit(item, {"privacy": "closed"})
    assert (read(item).shown, read(item).withdrawn) == ("withdrawn", "privacy")
    assert public.search(Search()).total == 0


def test_what_leaves_the_agenda_leaves_the_public(council):
    meeting = published.convened(council)
    item = published.drafted(council, meeting)
    with acting(council, "secretary"):
        items.change(item, "take_off")
    assert (read(item).shown, read(item).withdrawn) == ("withdrawn", "taken_off")
    assert public.agenda(meeting.getId()) == []


def test_what_is_withdrawn_in_the_sitting_leaves_the_public(council):
    item, meeting = published.an_item(council), councils.plan(council)
    councils.sit(council, meeting, published.seated(council), item)
    with acting(council, "secretary"):
        publishing.prepare(item, "Titre", published.TEXT)
        publishing.confirm(item)
        items.change(item, "withdraw", reason="Sans objet")
        assert (read(item).shown, read(item).withdrawn) == ("withdrawn", "dropped")
        assert public.agenda(meeting.getId()) == []
        with pytest.raises(ItemWithdrawn):
            publishing.confirm(item)
        items.change(item, "reconsider")
        assert publishing.confirm(item).shown == "draft"


def test_a_decision_taken_back_is_withdrawn_and_may_come_again(council):
    item = published.an_item(council)
    meeting = published.decided(council, item)
    published.published(council, item)
    with acting(council, "secretary"):
        meetings.change(meeting, "resume", reason="Erreur de vote")
        assert read(item).withdrawn == "taken_back"
        assert read(item).registered[1] == 1
        meetings.change(meeting, "decide")
        publishing.confirm(item)
    assert (read(item).shown, read(item).registered[1]) == ("decision", 2)


def test_search_counts_each_facet_aside_from_its_own_choice(council):
    roads = [published.an_item(council) for _ in range(2)]
    money = published.an_item(council, category="finance")
    meeting = published.decided(council, *roads, money)
    published.published(council, *roads, money)
    year = meeting.starts.year
    with woken(council) as awake:
        found = public.search(Search(subject="roads"))
        words = public.search(Search(text="parv"))
        none = public.search(Search(text="absent ", year=year))
    assert (found.total, words.total, none.total) == (2, 3, 0)
    assert found.facets["subject"] == {"roads": 2, "finance": 1}
    assert found.facets["year"] == {year: 2}
    assert words.facets["body"] == {"council": 3}
    assert none.facets == {"body": {}, "year": {}, "subject": {}}
    woken_classes = {type(each).__name__ for each in awake}
    assert woken_classes <= {"Decisions"}


def test_the_preview_is_what_would_be_read_and_keeps_nothing(council):
    meeting = published.convened(council)
    item = published.an_item(council)
    with acting(council, "secretary"):
        agenda.present(item, meeting)
        publishing.prepare(item, "Titre public", published.TEXT)
        seen = publishing.preview(item)
    assert (seen.title, seen.shown, seen.late) == ("Titre public", "draft", False)
    assert seen.online is not None
    assert read(item) is None
    assert len(publishing.decisions().records) == 0


def test_a_public_title_is_one_clean_line(council):
    item = published.an_item(council)
    with acting(council, "secretary"):
        with pytest.raises(InvalidInput):
            publishing.prepare(item, "Titre\x00", "<p>x</p>")
        with pytest.raises(InvalidInput):
            publishing.prepare(item, "x" * 501, "<p>x</p>")


def test_a_regulation_is_posted_once_and_until_it_is_withdrawn(council):
    """CDLD, article L1133-2: the day of the publication must be provable."""
    rule = published.an_item(council, matter="regulation")
    other = published.an_item(council)
    published.decided(council, rule, other)
    published.published(council, rule, other)
    year, number = read(rule).posting
    assert (number, read(other).posting) == (1, ())
    assert [row["key"] for row in public.postings()] == [rule.getId()]
    register = Register("posting")
    assert register.get(year, number).about == rule.UID()
    with acting(council, "secretary"):
        publishing.confirm(rule)
        assert register.get(year, number).version == 1
        publishing.prepare(rule, "Autre titre", published.TEXT)
        publishing.confirm(rule)
        assert register.get(year, number).version == 2
        publishing.withdraw(rule, WhyWithdrawn.ANNULLED)
        entry = register.get(year, number)
        assert (entry.cancelled, entry.reason) == (True, "annulled")
        assert len(read(rule).posted) == 2
        assert public.postings() == []
        publishing.confirm(rule)
    assert read(rule).posting == (year, 2)


def test_the_day_of_the_transmission_is_copied(council):
    item = published.an_item(council)
    meeting = published.decided(council, item)
    with acting(council, "secretary"):
        supervision.set_control(item, Control.TRANSMISSION)
        supervision.send(item, meeting.starts.date() + timedelta(days=1))
    published.published(council, item)
    assert read(item).controlled == meeting.starts.date() + timedelta(days=1)


def test_a_released_decision_is_found_and_its_sitting_is_not(council):
    councils.seat("college")
    item = published.an_item(council, "college")
    meeting = published.decided(council, item, body="college")
    published.published(council, item, release=True)
    assert read(item).released
    assert public.search(Search(body="college")).total == 1
    with pytest.raises(RecordNotFound):
        public.sitting(meeting.getId())


def test_newest_are_listed_by_when_they_came_online(council, monkeypatch):
    meeting = published.convened(council)
    old = published.drafted(council, meeting)
    later = datetime.fromisoformat("2040-01-01T00:00:00+00:00")
    monkeypatch.setattr(publishing, "now", lambda: later)
    new = published.drafted(council, meeting)
    keys = [row["key"] for row in public.newest(10)]
    assert keys == [new.getId(), old.getId()]
    assert len(public.newest(1)) == 1


def test_pages_of_a_search_are_in_the_order_of_days(council):
    decided = []
    for days in (0, 400, 800):
        items_of_day = [published.an_item(council) for _ in range(2)]
        meeting = published.decided(council, *items_of_day)
        published.published(council, *items_of_day)
        for item in items_of_day:
            publication = read(item)
            publication.day = meeting.starts.date() - timedelta(days=days)
            publication.reindexObject()
        decided.append({item.getId() for item in items_of_day})
    everything = [row["key"] for row in public.search(Search()).rows]
    assert [set(everything[place : place + 2]) for place in (0, 2, 4)] == decided
    pages = [public.search(Search(start=start, size=4)) for start in (0, 4, 8)]
    assert [row["key"] for page in pages for row in page.rows] == everything
    assert {page.total for page in pages} == {6}


def test_facets_are_the_same_however_many_are_found(council):
    """Counted as they are, or as what is left over of everything."""
    meeting = published.convened(council)
    published.drafted(council, meeting, category="finance")
    for _ in range(3):
        published.drafted(council, meeting)
    records, container = publishing.decisions().records, publishing.decisions()
    few = records.facets(container, {"subject": "finance"}, ("subject", "shown"))
    many = records.facets(container, {"subject": "roads"}, ("subject", "shown"))
    every = records.facets(container, {"shown": "draft"}, ("subject", "shown"))
    assert few == {"subject": {"finance": 1}, "shown": {"draft": 1}}
    assert many == {"subject": {"roads": 3}, "shown": {"draft": 3}}
    assert every == {"subject": {"roads": 3, "finance": 1}, "shown": {"draft": 4}}
