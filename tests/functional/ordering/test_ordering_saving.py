"""A draft is saved as it is, opened by its link elsewhere, and never taken for sent."""

from datetime import timedelta
from helpers.citizen import DELIVERY
from helpers.citizen import QUESTIONS
from helpers.citizen import WHO
from helpers.saveddraft import ADDRESS
from helpers.saveddraft import age
from helpers.saveddraft import FORM
from helpers.saveddraft import link_in
from helpers.saveddraft import mails
from helpers.saveddraft import run
from helpers.saveddraft import save
from helpers.stores import only_draft
from helpers.stores import only_order
from helpers.stores import stored
from plonegov.ordering.api import drafts
from plonegov.ordering.api import saving
from plonegov.ordering.api.counters import counter

import pytest
import transaction


@pytest.fixture
def saved(portal, citizen):
    """Return a citizen who saved a draft on the page of the delivery."""
    return save(portal, citizen, DELIVERY)


WRONG = {
    "who": {**WHO, "applicant.last_name": "…", "applicant.birth_date-month": ""},
    "delivery": {**DELIVERY, "copies": "two", "applicant.address.postal_code": "x"},
    "questions": {"form.widgets.purpose": "x" * 500},
    "check": {},
}


@pytest.mark.parametrize("page", WRONG)
def test_each_page_is_saved_as_it_is_even_when_it_is_wrong(portal, browser, page):
    citizen = browser()
    citizen.fill_up_to(page)
    citizen.save(WRONG[page])
    assert citizen.path == f"{FORM}/save"
    assert "not sent yet" in citizen.text()
    citizen.send({"mail": ADDRESS})
    other = browser()
    other.open(link_in(mails(portal)[0]))
    assert other.path == f"{FORM}/{page}"
    for name, value in WRONG[page].items():
        assert other.value(name) == value
    assert stored(portal) == (0, 1)


def test_what_is_wrong_is_said_when_one_goes_on(saved, browser):
    other = browser()
    other.open(link_in(saved.mail))
    assert other.problems() == []
    other.send()
    assert "whole number" in other.problems()[0]
    other.send({"copies": "2"})
    other.send(QUESTIONS)
    other.send()
    assert other.path == "counter/thanks"
    assert only_order().copies == 2


def test_saving_asks_for_the_address_that_was_typed(citizen):
    citizen.fill_up_to("questions")
    citizen.save()
    assert citizen.value("mail") == WHO["applicant.email"]


@pytest.mark.parametrize(
    ("address", "words"), [("", "fill this in"), ("ada@", "name@example.org")]
)
def test_a_wrong_address_is_said_and_nothing_is_mailed(portal, citizen, address, words):
    citizen.fill_up_to("questions")
    citizen.save()
    citizen.send({"mail": address})
    assert citizen.answer.status_code == 422
    assert words in citizen.problems()[0]
    assert citizen.value("mail") == address
    assert mails(portal) == []
    assert not only_draft().saved


def test_page_and_mail_say_that_nothing_was_sent(saved):
    """People take "saved" for "sent", and wait for a document that nobody makes."""
    assert saved.page.xpath("//h1")[0].text_content().endswith("not sent yet")
    assert "not sent yet" in saved.text()
    assert ADDRESS in saved.text()
    assert "Not sent yet" in saved.mail["Subject"]
    assert "not sent yet" in saved.mail.get_body(("plain",)).get_content()


def test_the_mail_tells_nothing_of_what_was_typed(saved):
    for body in (saved.mail.get_body(("plain",)), saved.mail.get_body(("html",))):
        for word in ("Ada", "Exemple\n", "033.28", "Essai", "1985"):
            assert word not in body.get_content()


@pytest.mark.parametrize("language", ["fr", "nl", "es"])
def test_the_mail_is_in_the_language_of_the_page(portal, browser, language):
    citizen = browser(language=language)
    citizen.fill_up_to("questions")
    citizen.save()
    citizen.send({"mail": ADDRESS})
    [mail] = mails(portal)
    assert mail["Content-Language"] == language
    assert "Not sent" not in mail["Subject"]


def test_the_secret_leaves_the_address_for_a_cookie_and_is_stored_nowhere(
    saved, browser
):
    link = link_in(saved.mail)
    secret = link.rpartition("secret=")[2]
    other = browser()
    answer = other.session.get(link, allow_redirects=False)
    assert answer.status_code == 303
    assert "secret" not in answer.headers["Location"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert secret not in cookie
    draft = only_draft()
    assert secret not in repr(vars(draft))
    assert drafts.code(draft, drafts.COOKIE) not in repr(vars(draft))


def test_the_code_of_the_cookie_is_no_code_of_a_link(saved, browser):
    draft = only_draft()
    cookie = drafts.code(draft, drafts.COOKIE)
    other = browser()
    other.open(f"counter/resume?draft={draft.key}&secret={cookie}")
    assert other.answer.status_code == 404
    secret = drafts.code(draft, drafts.LINK)
    other.session.cookies.set("pg_draft_residence", f"{draft.key}.{secret}")
    other.open(f"{FORM}/delivery")
    assert other.answer.status_code == 410


def test_both_devices_go_on_and_none_sends_what_it_did_not_see(portal, saved, browser):
    other = browser()
    other.open(link_in(saved.mail))
    other.send({"copies": "2"})
    other.send(QUESTIONS)
    form = other.form()
    saved.open(f"{FORM}/delivery")
    assert saved.value("copies") == "2"
    saved.send({"copies": "3"})
    other.send(form=form)
    assert other.answer.status_code == 409
    assert stored(portal)[0] == 0
    other.send()
    assert only_order().copies == 3
    saved.open(f"{FORM}/check")
    assert saved.path == "counter/thanks"


GONE = {
    "unknown": lambda link, draft: link.replace(draft.key, "A" * 32),
    "wrong secret": lambda link, draft: f"{link.rpartition('=')[0]}={'a' * 32}",
    "no secret": lambda link, draft: link.partition("&")[0],
    "two secrets": lambda link, draft: f"{link}&secret=x",
    "neither": lambda link, draft: link.partition("?")[0],
}


@pytest.mark.parametrize("change", GONE.values(), ids=GONE)
def test_a_wrong_link_gets_the_same_page_as_an_expired_one(saved, browser, change):
    link, other = link_in(saved.mail), browser()
    other.open(change(link, only_draft()))
    assert other.answer.status_code == 404
    wrong = other.text()
    age(days=31)
    other.open(link)
    assert other.answer.status_code == 404
    assert other.text() == wrong
    assert "30 days" in wrong


def test_a_draft_that_was_never_saved_has_no_link(citizen, browser):
    citizen.fill_up_to("questions")
    other = browser()
    other.open(saving.resume_url(only_draft()))
    assert other.answer.status_code == 404


def test_the_link_of_a_sent_draft_opens_nothing(saved, browser):
    saved.open(f"{FORM}/delivery")
    saved.send({"copies": "2"})
    saved.send(QUESTIONS)
    saved.send()
    assert saved.path == "counter/thanks"
    other = browser()
    other.open(link_in(saved.mail))
    assert other.answer.status_code == 404
    assert only_draft().sealed is None


def test_a_saved_draft_lives_30_days_and_an_unsaved_one_24_hours(portal, saved):
    age(days=29, hours=23)
    assert run(portal, "forget_drafts") is None
    saved.open(f"{FORM}/delivery")
    assert saved.answer.status_code == 200
    age(hours=2)
    saved.open(f"{FORM}/delivery")
    assert saved.answer.status_code == 410
    assert run(portal, "forget_drafts") == "1 removed"


def test_one_is_reminded_once(portal, saved):
    age(days=22, hours=23)
    assert run(portal, "remind_of_drafts") is None
    age(hours=2)
    assert run(portal, "remind_of_drafts") == "1 reminded"
    assert run(portal, "remind_of_drafts") is None
    first, reminder = mails(portal)
    assert reminder["To"] == ADDRESS
    assert "Still not sent" in reminder["Subject"]
    assert link_in(reminder) == link_in(first)
    assert only_draft().ends - only_draft().touched == timedelta(days=30)


def test_nobody_is_reminded_of_what_is_sent_unsaved_deleted_or_retired(portal, saved):
    age(days=24)
    counter()["residence"].retired = True
    transaction.commit()
    assert run(portal, "remind_of_drafts") is None
    draft = only_draft()
    draft.reminded, draft.saved = False, False
    transaction.commit()
    assert run(portal, "remind_of_drafts") is None
    drafts.discard(draft)
    transaction.commit()
    assert run(portal, "remind_of_drafts") is None
    assert len(mails(portal)) == 1


def test_saving_again_keeps_the_address_and_mails_nothing(portal, saved):
    saved.open(f"{FORM}/delivery")
    saved.save({"copies": "3"})
    assert saved.path == f"{FORM}/saved"
    assert ADDRESS in saved.text()
    assert len(mails(portal)) == 1


def test_the_link_can_be_mailed_again_but_not_without_end(portal, saved):
    for count in range(2, saving.TO_ADDRESS + 1):
        saved.open(f"{FORM}/save")
        assert saved.value("mail") == ADDRESS
        saved.send()
        assert len(mails(portal)) == count
    saved.open(f"{FORM}/save")
    saved.send()
    assert saved.answer.status_code == 429
    assert saved.page.xpath("//*[@id='error-summary']")
    assert len(mails(portal)) == saving.TO_ADDRESS
    saved.send({"mail": "bea@exempleville.example"})
    assert saved.path == f"{FORM}/saved"


def test_a_draft_is_deleted_after_a_question(portal, saved, browser):
    saved.open(f"{FORM}/delivery")
    [link] = saved.page.xpath("//main//a[contains(@href, '/order/delete')]/@href")
    saved.open(link)
    assert stored(portal) == (0, 1)
    saved.send()
    assert saved.path == "counter/residence"
    assert "deleted" in saved.page.text_content()
    assert stored(portal) == (0, 0)
    assert "pg_draft_residence" not in saved.session.cookies
    saved.open(f"{FORM}/who")
    assert saved.value("applicant.first_name") == ""
    other = browser()
    other.open(link_in(saved.mail))
    assert other.answer.status_code == 404


@pytest.mark.parametrize("page", ["save", "saved", "delete"])
def test_without_a_draft_the_pages_about_it_lead_to_the_form(portal, citizen, page):
    citizen.open(f"{FORM}/{page}")
    assert citizen.path == f"{FORM}/who"


@pytest.mark.parametrize("page", ["save", "saved", "delete"])
def test_the_pages_about_a_draft_say_when_it_is_gone(portal, citizen, page):
    citizen.fill_up_to("questions")
    citizen.save()
    citizen.send({"mail": ADDRESS})
    citizen.open(f"{FORM}/{page}")
    form = citizen.page.xpath("//main//form")
    age(days=31)
    if form:
        citizen.send(form=form[0])
        assert citizen.answer.status_code == 410
    citizen.open(f"{FORM}/{page}")
    assert citizen.answer.status_code == 410


def test_an_unsaved_draft_has_no_page_that_says_it_is_saved(citizen):
    citizen.fill_up_to("questions")
    citizen.open(f"{FORM}/saved")
    assert citizen.path == f"{FORM}/save"


@pytest.mark.parametrize("page", ["who", "save", "delete"])
def test_nothing_is_saved_or_deleted_without_a_right_token(portal, citizen, page):
    citizen.fill_up_to("questions")
    citizen.open(f"{FORM}/{page}")
    before = only_draft().token
    citizen.press("save", "1", {"mail": ADDRESS, "_authenticator": "0" * 40})
    assert citizen.answer.status_code == 403
    assert only_draft().token == before
    assert mails(portal) == []


def test_a_text_without_end_is_not_kept_unchecked(portal, citizen):
    citizen.fill_up_to("questions")
    before = only_draft().token
    typed = {"form.widgets.purpose": "x" * saving.MOST}
    citizen.save(typed)
    assert citizen.answer.status_code == 422
    assert "too long to be saved" in citizen.text()
    assert citizen.value("form.widgets.purpose") == typed["form.widgets.purpose"]
    assert only_draft().token == before


def test_a_draft_keeps_nobodys_address_in_clear(saved):
    assert ADDRESS not in repr(vars(only_draft()))
