from helpers.citizen import DELIVERY
from helpers.citizen import QUESTIONS
from helpers.citizen import WHO
from helpers.stores import only_draft
from helpers.stores import only_order
from helpers.stores import stored
from plonegov.ordering.api.counters import counter
from ZPublisher import HTTPRequest

import pytest
import transaction


def test_an_order_goes_from_the_counter_to_the_thank_you_page(portal, citizen):
    citizen.open("counter")
    assert "Certificat" in citizen.text()
    citizen.open("counter/residence")
    assert citizen.page.xpath("//main//a[contains(@href, '/residence/order')]")
    citizen.fill_up_to("check")
    assert "12.00" in citizen.text()
    assert "Ada" in citizen.text()
    citizen.send()
    assert citizen.path == "counter/thanks"
    assert stored(portal) == (1, 1)
    order = only_order()
    assert order.applicant["last_name"] == "Exemple"
    assert order.answers == {"purpose": "Inscription à l'école"}
    assert order.reference[:4] in citizen.text()


def test_a_page_that_is_only_read_writes_nothing(portal, citizen):
    for path in (
        "counter",
        "counter/residence",
        "counter/residence/order",
        "counter/residence/order/about",
        "counter/residence/order/check",
        "counter/thanks",
        "counter/track",
    ):
        citizen.open(path)
        assert citizen.answer.status_code == 200
    assert stored(portal) == (0, 0)


def test_what_the_pages_hold_is_kept_by_nobody_else(citizen):
    citizen.open("counter/residence/order/who")
    answer = citizen.session.post(
        citizen.form().action,
        data=dict(citizen.form().form_values()) | WHO,
        allow_redirects=False,
    )
    assert answer.status_code == 303
    assert answer.headers["Cache-Control"] == "no-store"
    cookie = answer.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Lax", "Path=/plone/counter"):
        assert part in cookie
    for word in ("Max-Age", "Expires"):
        assert word not in cookie


def test_going_back_keeps_what_was_typed(citizen):
    citizen.fill_up_to("questions")
    citizen.open("counter/residence/order/who")
    assert citizen.value("applicant.first_name") == "Ada"
    assert citizen.value("applicant.birth_date-year") == "1985"
    assert citizen.value("relation") == "self"
    citizen.open("counter/residence/order/delivery")
    assert citizen.value("copies") == "2"
    citizen.open("counter/residence/order/questions")
    citizen.send(QUESTIONS)
    citizen.open("counter/residence/order/questions")
    assert citizen.value("form.widgets.purpose") == "Inscription à l'école"


def test_a_changed_answer_leads_back_to_the_last_page(citizen):
    citizen.fill_up_to("check")
    link = citizen.page.xpath("//main//a[contains(@href, 'who?change=1')]")[0]
    citizen.open(link.get("href"))
    citizen.send({"applicant.first_name": "Zoé"})
    assert citizen.path == "counter/residence/order/check"
    assert "Zoé" in citizen.text()


def test_a_page_waits_for_the_ones_before_it(citizen):
    citizen.open("counter/residence/order/who")
    citizen.send(WHO)
    citizen.open("counter/residence/order/check")
    assert citizen.path == "counter/residence/order/delivery"


WRONG = [
    ("who", "relation", None, "Choose"),
    ("who", "relation", "heir", "desk"),
    ("who", "applicant.first_name", "", "fill this in"),
    ("who", "applicant.last_name", "…", "letter"),
    ("who", "applicant.last_name", "x" * 101, "100"),
    ("who", "applicant.birth_date-year", "2999", ""),
    ("who", "applicant.birth_date-month", "13", "no such day"),
    ("who", "applicant.birth_date-year", "85", "4 digits"),
    ("who", "applicant.national_number", "85.07.30-033.29", ""),
    ("who", "applicant.email", "ada@", ""),
    ("who", "applicant.phone", "12", ""),
    ("delivery", "delivery", None, "Choose"),
    ("delivery", "copies", "0", "1"),
    ("delivery", "copies", "1000", "5"),
    ("delivery", "copies", "two", "whole number"),
    ("delivery", "applicant.address.country", "ZZ", ""),
    ("delivery", "applicant.address.postal_code", "718", ""),
    ("delivery", "language", "de", ""),
    ("questions", "form.widgets.purpose", "", "fill this in"),
    ("questions", "form.widgets.purpose", "x" * 5000, "200"),
]

#: Choices that a page never offers, so that it can't show them again.
TAMPERED = ("heir", "ZZ", "de")


@pytest.mark.parametrize(("page", "field", "value", "words"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_changes_nothing(
    portal, citizen, page, field, value, words
):
    citizen.fill_up_to(page)
    before = stored(portal)
    right = {"who": WHO, "delivery": DELIVERY, "questions": QUESTIONS}[page]
    citizen.send({**right, field: value})
    assert citizen.answer.status_code == 422
    assert len(citizen.problems()) == 1
    assert words in citizen.problems()[0]
    target = citizen.page.xpath("//*[@id='error-summary']//li/a/@href")[0]
    name = target.partition("#")[2]
    [element] = citizen.page.xpath(f"//main//form//*[@id='{name}']")
    assert element.get("name").partition("-")[0] == field.partition("-")[0]
    assert citizen.page.xpath("//*[contains(@class, 'pg-error')]")
    offered = {**right, field: value} if value not in (None, *TAMPERED) else right
    for other, typed in offered.items():
        if other != field or offered is not right:
            assert citizen.value(other) == typed
    assert stored(portal) == before


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_page(citizen):
    citizen.open("counter/residence/order/who")
    citizen.send()
    assert [line.partition(" – ")[0] for line in citizen.problems()] == [
        "Who is the document about?",
        "First name",
        "Last name",
        "Date of birth",
    ]


@pytest.mark.parametrize(
    "name", ["Ελένη", "O'Neill-d’Hoé", "<script>alert(1)</script>", "${x} a&b"]
)
def test_a_name_is_kept_as_it_was_typed(portal, citizen, name):
    citizen.open("counter/residence/order/who")
    citizen.send({**WHO, "applicant.last_name": name})
    citizen.send(DELIVERY)
    citizen.send({"form.widgets.purpose": name})
    assert citizen.path == "counter/residence/order/check"
    assert citizen.text().count(name) == 2
    assert not citizen.page.xpath("//main//script")
    citizen.send()
    assert only_order().applicant["last_name"] == name


def test_without_a_right_token_nothing_is_saved_and_all_is_kept(portal, citizen):
    for token in (None, "0" * 40):
        citizen.open("counter/residence/order/who")
        citizen.send({**WHO, "_authenticator": token})
        assert citizen.answer.status_code == 403
        assert "Nothing was saved" in citizen.text()
        assert citizen.value("applicant.first_name") == "Ada"
        assert stored(portal) == (0, 0)
    citizen.send()
    assert citizen.path == "counter/residence/order/delivery"


def test_without_a_right_token_nothing_is_sent(portal, citizen):
    citizen.fill_up_to("check")
    citizen.send({"_authenticator": "0" * 40})
    assert citizen.answer.status_code == 403
    assert stored(portal)[0] == 0
    citizen.send()
    assert stored(portal)[0] == 1


def test_who_fills_in_the_trap_is_told_so(portal, citizen):
    citizen.open("counter/residence/order/who")
    citizen.send({**WHO, "website": "https://spam.example"})
    assert citizen.answer.status_code == 422
    assert "must stay empty" in citizen.text()
    assert stored(portal) == (0, 0)


@pytest.mark.parametrize("page", ["who", "delivery", "questions"])
def test_five_megabytes_of_text_get_a_message(portal, citizen, monkeypatch, page):
    monkeypatch.setattr(HTTPRequest, "FORM_MEMORY_LIMIT", 8 * 1024 * 1024)
    citizen.fill_up_to(page)
    before = stored(portal)
    field = {
        "who": "applicant.last_name",
        "delivery": "applicant.address.street",
        "questions": "form.widgets.purpose",
    }[page]
    citizen.send({field: "a" * 5_000_000})
    assert citizen.answer.status_code == 422
    assert any("characters" in line for line in citizen.problems())
    assert len(citizen.value(field)) == 5_000_000
    assert stored(portal) == before


def test_each_browser_has_its_own_draft(browser):
    first, second = browser(), browser()
    first.fill_up_to("questions")
    second.open("counter/residence/order/who")
    assert second.value("applicant.first_name") == ""
    second.open("counter/residence/order/questions")
    assert second.path == "counter/residence/order/who"


def test_two_documents_are_two_drafts_of_one_browser(citizen):
    citizen.fill_up_to("questions")
    citizen.open("counter/household/order/who")
    citizen.send({**WHO, "applicant.first_name": "Zoé"})
    citizen.open("counter/residence/order/who")
    assert citizen.value("applicant.first_name") == "Ada"


def test_the_number_is_nowhere_in_clear(portal, citizen):
    citizen.fill_up_to("check")
    assert "033.28" not in citizen.text()
    assert "85073003328" not in str(only_draft().sealed)


def test_a_retired_document_takes_no_order(portal, citizen):
    citizen.fill_up_to("questions")
    transaction.begin()
    counter()["residence"].retired = True
    transaction.commit()
    citizen.open("counter/residence")
    assert not citizen.page.xpath("//main//a[contains(@href, '/order')]")
    citizen.send(QUESTIONS) if citizen.page.xpath("//main//form") else None
    citizen.open("counter/residence/order/who")
    assert citizen.answer.status_code == 410
    assert "no longer issued" in citizen.text()


@pytest.mark.parametrize("path", ["nothing", "who/about", "check/who"])
def test_an_unknown_page_is_not_found(citizen, path):
    citizen.open(f"counter/residence/order/{path}")
    assert citizen.answer.status_code == 404


def test_the_thank_you_page_says_what_comes_next(citizen):
    citizen.order()
    text = citizen.text()
    assert "What happens next" in text
    assert "sending you a mail" in text
    assert "EUR 12.00" in text
    assert citizen.page.xpath("//main//a[contains(@href, 'secret=')]")
    citizen.open("counter/thanks")
    assert citizen.answer.headers["Cache-Control"] == "no-store"
    assert "secret=" in citizen.text()


def test_who_gave_no_mail_is_told_to_keep_the_link(citizen):
    citizen.open("counter/residence/order/who")
    citizen.send({**WHO, "applicant.email": ""})
    citizen.send(DELIVERY)
    citizen.send(QUESTIONS)
    citizen.send()
    assert "no e-mail address" in citizen.text()
