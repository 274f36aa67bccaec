"""Who got the mail of a draft that somebody else saved has the last word; guesses at
links are stopped."""

from helpers.citizen import DELIVERY
from helpers.saveddraft import ADDRESS
from helpers.saveddraft import age
from helpers.saveddraft import FORM
from helpers.saveddraft import link_in
from helpers.saveddraft import mails
from helpers.saveddraft import not_mine_in
from helpers.saveddraft import run
from helpers.saveddraft import save
from helpers.stores import only_draft
from plonegov.core.ops import limits
from plonegov.core.ops.home import home
from plonegov.core.ops.readlog import reads_of
from plonegov.ordering.api import links
from plonegov.ordering.api import misuse
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.orders import town_today

import pytest
import shutil
import transaction


@pytest.fixture
def saved(portal, citizen):
    """Return a citizen who saved a draft on the page of the delivery."""
    return save(portal, citizen, DELIVERY)


def block(citizen, mail):
    """Say, as who got a mail, that the draft is somebody else's."""
    citizen.open(not_mine_in(mail))
    assert citizen.answer.status_code == 200
    citizen.send()
    return citizen


def test_who_got_the_mail_can_stop_further_ones_without_reading_the_draft(
    portal, saved, browser
):
    other = block(browser(), saved.mail)
    assert "30 days" in other.text()
    assert "Exemple" not in other.text()
    assert not only_draft().saved
    other.open(link_in(saved.mail))
    assert other.answer.status_code == 404
    saved.open(f"{FORM}/delivery")
    assert saved.value("copies") == "two"
    saved.save({"copies": "3"})
    saved.send({"mail": ADDRESS.upper()})
    assert saved.answer.status_code == 422
    assert "its owner" in saved.problems()[0]
    assert len(mails(portal)) == 1


def test_opening_that_page_stops_nothing(saved, browser):
    browser().open(not_mine_in(saved.mail))
    assert only_draft().saved
    assert not misuse.is_blocked(ADDRESS)


def test_a_wrong_link_to_that_page_stops_nothing(saved, browser):
    other, link = browser(), not_mine_in(saved.mail)
    wrong = link.replace(misuse.code_of(ADDRESS), misuse.code_of("bea@demo.example"))
    assert wrong != link
    for address in (wrong, f"{link[:-1]}{'a' if link[-1] != 'a' else 'b'}"):
        other.open(address)
        assert other.answer.status_code == 404
        assert not other.page.xpath("//main//form")


def test_a_draft_saved_for_another_or_deleted_takes_no_right_away(saved, browser):
    """Else who pesters somebody saves it elsewhere afterwards."""
    saved.open(f"{FORM}/save")
    saved.send({"mail": "bea@exempleville.example"})
    block(browser(), saved.mail)
    assert only_draft().saved
    assert misuse.is_blocked(ADDRESS)
    assert not misuse.is_blocked("bea@exempleville.example")
    saved.open(f"{FORM}/delete")
    saved.send()
    assert "30 days" in block(browser(), saved.mail).text()


def test_who_blocked_the_address_is_not_reminded(portal, saved):
    age(days=24)
    misuse.block(ADDRESS)
    transaction.commit()
    assert run(portal, "remind_of_drafts") is None
    assert len(mails(portal)) == 1


def test_guesses_at_links_of_drafts_are_counted_stopped_and_logged_once(
    saved, browser, monkeypatch
):
    monkeypatch.setattr(limits, "client_network", lambda: "192.0.2.0/24")
    monkeypatch.setattr(links, "TRIES", 3)
    shutil.rmtree(home() / "audit", ignore_errors=True)
    other, wrong = browser(), f"counter/resume?draft={'A' * 32}&secret={'a' * 32}"
    answers = []
    for _ in range(5):
        other.open(wrong)
        answers.append(other.answer.status_code)
    other.open(wrong.replace("resume", "not-my-draft"))
    answers.append(other.answer.status_code)
    assert answers == [404, 404, 404, 429, 429, 429]
    transaction.begin()
    read = reads_of(counter().getId(), town_today())
    assert [each.action for each in read] == ["guess_links"]
    other.open(link_in(saved.mail))
    assert other.path == f"{FORM}/delivery"
