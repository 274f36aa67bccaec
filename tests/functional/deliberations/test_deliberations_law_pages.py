"""The pages of an election and of a councillor's item, as a browser sees them."""

from helpers import councils
from helpers.councils import acting
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import elections
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import store

import pytest
import transaction


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


@pytest.fixture
def item(portal, members):
    """An appointment on which a council of seven sits."""
    item = councils.validated(portal, matter="appointment")
    councils.sit(portal, councils.plan(portal), members, item)
    transaction.commit()
    return item


@pytest.fixture
def page(browser):
    """Return a function that makes the browser of somebody who is signed in."""

    def of(person):
        made = browser()
        made.session.auth = (person, "A-long-secret-1")
        return made

    return of


def address(item, name):
    return f"deliberations/{item.getId()}/{name}"


def a_round(*lines, **papers):
    fields = {"seats": "1", "blank": "", "void": "", "verb": "hold", **papers}
    for place, (name, votes) in enumerate(lines):
        fields[f"candidates.{place}.name"] = name
        fields[f"candidates.{place}.votes"] = votes
    return fields


def test_an_election_from_the_first_round_to_the_run_off(page, item):
    secretary = page("secretary")
    secretary.open(address(item, "item-election"))
    assert secretary.answer.status_code == 200
    assert secretary.answer.headers["Cache-Control"] == "no-store"
    rows = (("Marie Petit", "3"), ("Jean Lambert", "2"), ("Luc Simon", "2"))
    secretary.send(a_round(*rows, papers="7"))
    assert secretary.path.endswith("item-election")
    assert "Round 2" in secretary.text()
    assert "A further round is needed" in secretary.text()
    assert secretary.value("candidates.1.name") == "Jean Lambert"
    assert not secretary.page.xpath("//input[@name='candidates.2.name']")
    # Equal votes: the eldest of the run-off is elected.
    secretary.send(
        {"candidates.0.votes": "3", "candidates.1.votes": "3", "papers": "6"}
        | {"void": "1", "verb": "hold"}
    )
    transaction.begin()
    assert elections.elected(store.item(item.getId())) == ("Marie Petit",)
    assert "The election is over" in secretary.text()
    assert "L1122-28" in secretary.text()
    secretary.send({"verb": "take_back"})
    assert "Round 2" in secretary.text()


def test_what_is_wrong_comes_back_with_all_that_was_typed(page, item):
    secretary = page("secretary")
    secretary.open(address(item, "item-election"))
    rows = (("Marie Petit", "x"), ("", ""), ("Marie Petit", "2"))
    secretary.send(a_round(*rows, papers="7", seats="0"))
    assert secretary.answer.status_code == 400
    assert [line.partition(" – ")[0] for line in secretary.problems()] == [
        "Candidate 1",
        "Candidate 2",
    ]
    assert secretary.value("candidates.1.name") == "Marie Petit"
    assert secretary.value("seats") == "0"
    secretary.send(a_round(("Marie Petit", "8"), ("", ""), papers="8"))
    assert secretary.answer.status_code == 422
    assert "There are 8 votes, but only 7 may vote" in secretary.problems()[0]
    transaction.begin()
    assert elections.rounds(store.item(item.getId())) == []


def test_a_round_is_posted_from_our_page_by_the_secretary(portal, page, item):
    secretary = page("secretary")
    url = f"{secretary.base}/{address(item, 'item-election')}"
    answer = secretary.session.post(url, data=a_round(("P", "7"), papers="7"))
    assert answer.status_code == 403
    for person in ("drafter", "councillor"):
        answer = page(person).session.get(url, allow_redirects=False)
        assert answer.status_code in (302, 401)
    transaction.begin()
    assert elections.rounds(store.item(item.getId())) == []


def test_other_matters_have_no_such_page(portal, page, members):
    other = councils.validated(portal)
    councils.sit(portal, councils.plan(portal), members, other)
    transaction.commit()
    secretary = page("secretary")
    secretary.open(address(other, "item-election"))
    assert secretary.answer.status_code == 404


@pytest.fixture
def meeting(portal, members):
    meeting = councils.plan(portal, days=10)
    with acting(portal, "secretary"):
        agenda.present(councils.validated(portal), meeting)
        meetings.change(meeting, "convene")
    transaction.commit()
    return meeting


def test_a_councillor_adds_an_item(page, meeting):
    """CDLD, article L1122-24."""
    councillor = page("councillor")
    councillor.open(address(meeting, "add-late-item"))
    assert "Possible until" in councillor.text()
    councillor.send({"title": " ", "note": ""})
    assert [line.partition(" – ")[0] for line in councillor.problems()] == [
        "What it is about",
        "Explanation",
    ]
    councillor.send({"title": "Motion", "note": "", "decision": "Article 1."})
    assert councillor.answer.status_code == 400
    assert [line.partition(" – ")[0] for line in councillor.problems()] == [
        "Explanation"
    ]
    assert councillor.value("title") == "Motion"
    councillor.send({"note": "Voici pourquoi."}, allow_redirects=False)
    assert councillor.answer.status_code == 303
    transaction.begin()
    [_first, row] = store.meeting(meeting.getId()).agenda.rows
    assert councillor.answer.headers["Location"].endswith(f"{row.key}/item-page")
    assert store.item(row.key).asked["name"] == "Bastin"


def test_nobody_else_adds_an_item(portal, page, meeting):
    for person, codes in {
        "secretary": (403,),
        "drafter": (302, 401, 403),
        "citizen": (302, 401),
    }.items():
        session = page(person).session
        url = f"{page(person).base}/{address(meeting, 'add-late-item')}"
        answer = session.get(url, allow_redirects=False)
        assert answer.status_code in codes, person


def test_when_it_is_too_late_the_page_says_so(portal, page, meeting):
    meeting.starts -= councils.timedelta(days=6)
    transaction.commit()
    councillor = page("councillor")
    councillor.open(address(meeting, "add-late-item"))
    assert "Not possible now" in councillor.text()
    assert not councillor.page.xpath("//main//textarea")
