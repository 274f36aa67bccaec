"""What citizens and programs read of the town's bodies, over HTTP."""

from datetime import timedelta
from helpers import councils
from helpers import published
from helpers.councils import acting
from helpers.published import PUBLIC
from helpers.published import SECRET
from helpers.scdl import problems
from helpers.scdl import TABLE_SCHEMA
from lxml import html
from plonegov.core.municipality.example import FACTS
from plonegov.core.testing import set_facts
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import supervision
from plonegov.deliberations.domain.model import Control
from plonegov.deliberations.domain.publishing import SCDL
from plonegov.deliberations.domain.publishing import WhyWithdrawn

import csv
import feedparser
import icalendar
import io
import json
import pytest
import transaction


JSON = {"Accept": "application/json"}
FRENCH = {
    "country": "FR",
    "official_code": "86194",
    "enterprise_number": "732 829 320 00074",
}


class Town:
    """A site with a draft, a decision with a file, a regulation and a tombstone."""

    def __init__(self, portal):
        councils.add_staff(portal)
        members = councils.seat()
        assert members
        self.portal, self.url = portal, portal.absolute_url()
        self.next = published.convened(portal, place="Maison communale")
        self.draft = published.drafted(portal, self.next)
        self.decision, self.rule, self.gone = (
            published.an_item(portal),
            published.an_item(portal, matter="regulation", category="regulations"),
            published.an_item(portal),
        )
        annex = published.annexed(portal, self.decision)
        published.annexed(portal, self.decision, confidential=True)
        self.held = published.decided(portal, self.decision, self.rule, self.gone)
        with acting(portal, "secretary"):
            supervision.set_control(self.decision, Control.TRANSMISSION)
            day = self.held.starts.date() + timedelta(days=1)
            supervision.send(self.decision, day)
        published.published(portal, self.decision, annexes={annex.getId(): "Plan"})
        published.published(portal, self.rule, self.gone)
        with acting(portal, "secretary"):
            publishing.withdraw(self.gone, WhyWithdrawn.PRIVACY)
        transaction.commit()

    def public(self, item):
        return f"{self.url}/decisions/{item.getId()}"


@pytest.fixture
def town(portal):
    return Town(portal)


@pytest.fixture
def get(town, visit):
    """Return a function that asks as anybody."""
    session = visit("anonymous")
    return lambda path="", **values: session.get(
        path if path.startswith("http") else f"{town.url}/{path}", **values
    )


def test_the_first_page_names_the_sittings_and_leads_to_them(town, get):
    answer = get("decisions")
    assert answer.status_code == 200
    for meeting in (town.next, town.held):
        assert f"/decisions/meeting/{meeting.getId()}" in answer.text
    assert "Maison communale" in answer.text
    assert 'rel="alternate"' in answer.text
    assert get("decisions?year=1999").status_code == 200
    assert SECRET not in answer.text


def test_a_sitting_shows_its_confirmed_items(town, get):
    page = get(f"decisions/meeting/{town.next.getId()}")
    assert page.status_code == 200
    assert town.public(town.draft) in page.text
    assert "Draft, not adopted" in page.text
    held = get(f"decisions/meeting/{town.held.getId()}")
    assert town.public(town.decision) in held.text
    assert town.public(town.gone) not in held.text


@pytest.mark.parametrize("path", ["", "/nothing", "/{item}", "/{next}/more"])
def test_what_is_no_public_sitting_is_not_there(town, get, path):
    path = path.format(item=town.draft.getId(), next=town.next.getId())
    assert get(f"decisions/meeting{path}").status_code == 404


def test_a_draft_is_marked_and_the_decision_stands_at_its_address(town, get):
    draft = get(town.public(town.draft))
    assert "This is a draft" in draft.text
    assert PUBLIC in draft.text
    assert "<script>x" not in draft.text
    decision = get(town.public(town.decision))
    assert "This is a draft" not in decision.text
    assert 'role="img"' in decision.text
    assert "<h2>Motif</h2>" in decision.text


def test_a_draft_of_a_sitting_that_was_held_says_so(town, get):
    """An item that was postponed has no decision that takes its draft's place."""
    publication = publishing.publication_of(town.decision)
    publication.shown = "draft"
    transaction.commit()
    page = get(town.public(town.decision))
    assert "for a sitting that was held" in page.text
    assert "may still change" not in page.text


def test_a_tombstone_tells_number_day_and_kind_of_reason_only(town, get):
    answer = get(town.public(town.gone))
    assert answer.status_code == 410
    assert "privacy" in answer.text
    number = "/".join(map(str, publishing.publication_of(town.gone).registered))
    assert number in answer.text
    assert PUBLIC not in answer.text
    assert "noindex" in answer.headers["X-Robots-Tag"]
    told = get(town.public(town.gone), headers=JSON)
    assert told.status_code == 410
    assert told.json()["withdrawn"] == "privacy"
    assert PUBLIC not in told.text


def test_a_file_is_sent_as_a_download_that_can_do_nothing(town, get):
    [ready] = publishing.publication_of(town.decision).files()
    answer = get(f"{town.public(town.decision)}/annex/{ready.address}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert SECRET not in answer.headers["Content-Disposition"]
    for name in ("", "/other.png", f"/{ready.address}/x"):
        address = f"{town.public(town.decision)}/annex{name}"
        assert get(address).status_code == 404
    gone = get(f"{town.public(town.gone)}/annex/x.png", headers=JSON)
    assert gone.status_code == 410


def test_words_and_facets_find_in_one_request(town, get):
    found = get(f"decisions/decisions-search?text={PUBLIC}&subject=regulations")
    assert town.public(town.rule) in found.text
    assert town.public(town.decision) not in found.text
    wrong = get("decisions/decisions-search?year=never&b_start=x")
    assert wrong.status_code == 200
    assert "Year, Page" in wrong.text
    assert get("decisions/decisions-search?text=introuvable ").status_code == 200
    assert get("decisions/decisions-search?b_start=9999").status_code == 200
    assert get("decisions/postings").text.count("/decisions/" + town.rule.getId()) == 1


def test_the_service_answers_items_facets_and_what_is_wrong(town, get):
    answer = get("@deliberations?b_size=1", headers=JSON)
    body = answer.json()
    assert (answer.status_code, body["items_total"], len(body["items"])) == (200, 3, 1)
    roads = {"value": "roads", "title": "Voirie et mobilité", "count": 2}
    assert roads in body["facets"]["subject"]
    found = get("@deliberations?body=council&text=projet", headers=JSON).json()
    assert [item["state"] for item in found["items"]] == ["draft"]
    wrong = get("@deliberations?year=x&body=y&b_size=1000", headers=JSON)
    assert wrong.status_code == 400
    fields = [error["field"] for error in wrong.json()["errors"]]
    assert sorted(fields) == ["b_size", "body", "year"]
    one = get(town.public(town.decision), headers=JSON).json()
    assert one["votes"]["in_favour"] == 6
    assert [file["title"] for file in one["annexes"]] == ["Plan"]


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_open_data_of_a_belgian_town_claim_no_schema(town, get):
    answer = get("deliberations.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "Link" not in answer.headers
    rows = rows_of(answer)
    assert tuple(rows[0]) == SCDL == tuple(TABLE_SCHEMA)
    assert {row["DELIB_URL"] for row in rows} == {
        town.public(town.decision),
        town.public(town.rule),
    }
    assert {row["COLL_SIRET"] for row in rows} == {""}


def test_the_open_data_of_a_french_town_follow_the_schema(town, get, tmp_path):
    set_facts(town.portal, {**FACTS, **FRENCH})
    transaction.commit()
    answer = get("deliberations.csv")
    assert "2.1.4" in answer.headers["Link"]
    assert problems(answer.content, tmp_path) == []
    [sent] = [row for row in rows_of(answer) if row["PREF_DATE"]]
    assert sent["PREF_ID"] == "PREF086"


def test_decisions_and_sittings_are_linked_data(town, get):
    answer = get("deliberations.jsonld")
    assert answer.headers["Content-Type"] == "application/ld+json"
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    graph = {thing["@id"]: thing for thing in answer.json()["@graph"]}
    acts = {key for key, each in graph.items() if "Legislation" in each["@type"]}
    assert acts == {town.public(town.decision), town.public(town.rule)}
    decision = graph[town.public(town.decision)]
    held = graph[decision["recordedAt"]["@id"]]
    assert held["@id"].endswith(f"/decisions/meeting/{town.held.getId()}")
    assert held["startDate"] == town.held.starts.isoformat(timespec="minutes")
    year, number = town.decision.registered
    assert decision["eli:number"] == f"{year}/{number}"
    assert decision["legislationPassedBy"]["parentOrganization"]["@id"] in graph
    assert SECRET not in answer.text


def linked(page):
    """Return what a page says of itself as linked data."""
    tree = html.fromstring(page.text)
    found = tree.xpath("//head/script[@type='application/ld+json']/text()")
    return [json.loads(text) for text in found]


def test_a_page_says_of_itself_what_the_file_says(town, get):
    graph = get("deliberations.jsonld").json()["@graph"]
    for path in (
        town.public(town.decision),
        f"{town.url}/decisions/meeting/{town.next.getId()}",
    ):
        page = get(path)
        [said] = linked(page)
        assert said.pop("@context")
        assert said in graph
        assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    for item in (town.draft, town.gone):
        assert linked(get(town.public(item))) == []


def test_the_feed_of_news_is_read_by_feedparser(town, get):
    answer = get("deliberations.rss")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    links = {entry.link for entry in feed.entries}
    assert links == {
        town.public(each) for each in (town.draft, town.decision, town.rule)
    }
    assert all(entry.published_parsed for entry in feed.entries)
    [draft] = [each for each in feed.entries if each.link == town.public(town.draft)]
    assert draft.title.endswith(f"{PUBLIC} projet")
    assert draft.title != f"{PUBLIC} projet"


def event_of(get, meeting):
    """Return what the calendar says of a meeting."""
    calendar = icalendar.Calendar.from_ical(get("agenda.ics").content)
    [found] = [
        each for each in calendar.walk("VEVENT") if meeting.getId() in str(each["URL"])
    ]
    return found


def test_a_cancelled_sitting_stays_in_the_calendar(town, get):
    before = event_of(get, town.next)
    assert before["STATUS"] == "CONFIRMED"
    assert before["DTSTART"].dt == town.next.starts
    with acting(town.portal, "secretary"):
        items.change(town.draft, "take_off")
        meetings.change(town.next, "cancel", reason="Grève")
    transaction.commit()
    after = event_of(get, town.next)
    assert (after["STATUS"], after["UID"]) == ("CANCELLED", before["UID"])
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_sitting_that_moves_is_cancelled_then_confirmed_on_its_new_day(town, get):
    """RFC 5545, 3.8.1.11 and 3.8.7.4: the same UID all along, its sequence grows."""
    first = event_of(get, town.next)
    later = town.next.starts + timedelta(days=21)
    with acting(town.portal, "secretary"):
        meetings.change(town.next, "recall", reason="Salle occupée")
        meetings.edit(town.next, {"starts": later})
    transaction.commit()
    off = event_of(get, town.next)
    assert (off["STATUS"], off["DTSTART"].dt) == ("CANCELLED", first["DTSTART"].dt)
    page = get(f"decisions/meeting/{town.next.getId()}")
    assert "This sitting does not take place" in page.text
    assert later.date().isoformat() not in page.text
    with acting(town.portal, "secretary"):
        meetings.change(town.next, "convene")
    transaction.commit()
    anew = event_of(get, town.next)
    assert (anew["STATUS"], anew["DTSTART"].dt) == ("CONFIRMED", later)
    assert first["UID"] == off["UID"] == anew["UID"]
    assert first["SEQUENCE"] < off["SEQUENCE"] < anew["SEQUENCE"]


def test_a_withdrawal_drops_it_from_everything_at_once(town, get):
    with acting(town.portal, "secretary"):
        for item in (town.draft, town.decision, town.rule):
            publishing.withdraw(item, WhyWithdrawn.OTHER)
    transaction.commit()
    for path in (
        "deliberations.csv",
        "deliberations.jsonld",
        "deliberations.rss",
        "decisions/decisions-search",
        "decisions/postings",
        "@deliberations",
        f"decisions/meeting/{town.next.getId()}",
        f"decisions/meeting/{town.held.getId()}",
    ):
        kind = JSON if path.startswith("@") else {}
        assert PUBLIC not in get(path, headers=kind).text, path


def test_the_front_page_leads_to_the_decisions(town, get):
    assert f"{town.url}/decisions" in get().text
