from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from helpers.citizen import ABOUT
from helpers.citizen import DELIVERY
from helpers.citizen import QUESTIONS
from helpers.citizen import WHO
from helpers.stores import only_draft
from helpers.stores import only_order
from helpers.stores import stored
from plonegov.ordering.api.counters import counter

import pytest
import transaction


PDF = b"%PDF-1.4 signed"


def age(draft, hours):
    draft.touched -= timedelta(hours=hours)
    transaction.commit()


def test_another_person_is_asked_for_when_it_is_about_another(portal, citizen):
    citizen.open("counter/residence/order/who")
    citizen.send({**WHO, "relation": "parent"})
    assert citizen.path == "counter/residence/order/about"
    citizen.send(ABOUT)
    citizen.send(DELIVERY)
    citizen.send(QUESTIONS)
    assert "Bea" in citizen.text()
    citizen.send()
    order = only_order()
    assert order.relation == "parent"
    assert order.subject["first_name"] == "Bea"
    assert order.subject["birth_date"] == "2020-02-01"


def test_rules_over_two_persons_are_said_where_the_other_one_is_typed(citizen):
    citizen.open("counter/residence/order/who")
    citizen.send({**WHO, "relation": "parent"})
    citizen.send({**ABOUT, "subject.birth_date-year": "1970"})
    assert citizen.path == "counter/residence/order/about"
    assert "of age" in citizen.problems()[0]


def test_what_was_typed_about_another_stays_out_when_it_is_about_oneself(citizen):
    citizen.open("counter/residence/order/who")
    citizen.send({**WHO, "relation": "parent"})
    citizen.send(ABOUT)
    citizen.open("counter/residence/order/who")
    citizen.send({"relation": "self"})
    citizen.send(DELIVERY)
    citizen.send(QUESTIONS)
    assert "Bea" not in citizen.text()
    citizen.send()
    assert only_order().subject["first_name"] == "Ada"


@pytest.fixture
def with_mandate(citizen):
    """Return a citizen at the page about the person who gave the mandate."""
    citizen.open("counter/residence/order/who")
    citizen.send({**WHO, "relation": "mandatary"})
    citizen.fields = {**ABOUT, "subject.birth_date-year": "1960"}
    return citizen


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "power of attorney"),
        (("mandate.exe", b"MZ\x90"), "another type"),
        (("mandate.pdf", b""), "empty"),
        (("mandate.pdf", PDF + b"0" * 10 * 1024 * 1024), "10 MB"),
    ],
)
def test_a_wrong_file_is_said_at_its_field(portal, with_mandate, file, words):
    before = stored(portal)
    files = {"mandate": file} if file else None
    with_mandate.send({**with_mandate.fields, "mandate": None}, files=files)
    assert with_mandate.answer.status_code == 422
    assert words in with_mandate.problems()[0]
    target = with_mandate.page.xpath("//*[@id='error-summary']//li/a/@href")[0]
    assert target.endswith("#mandate")
    assert with_mandate.value("subject.first_name") == "Bea"
    assert stored(portal) == before
    assert not only_draft().files


def test_a_mandate_goes_with_the_order(with_mandate):
    with_mandate.send(
        {**with_mandate.fields, "mandate": None},
        files={"mandate": ("../mandate.pdf", PDF)},
    )
    assert with_mandate.path == "counter/residence/order/delivery"
    with_mandate.open("counter/residence/order/about")
    assert "mandate.pdf" in with_mandate.text()
    with_mandate.send({"mandate": None})
    with_mandate.send(DELIVERY)
    with_mandate.send(QUESTIONS)
    assert "mandate.pdf" in with_mandate.text()
    with_mandate.send()
    [(question, file)] = only_order().attachments
    assert (question, file.filename, file.data) == ("mandate", "mandate.pdf", PDF)
    assert not only_draft().files


def test_a_draft_is_gone_after_a_day(portal, citizen):
    citizen.fill_up_to("questions")
    age(only_draft(), hours=25)
    citizen.open("counter/residence/order/questions")
    assert citizen.answer.status_code == 410
    assert citizen.page.xpath("//main//a[contains(@href, '/order/who')]")
    assert "24 hours" in citizen.text()


def test_what_is_typed_after_a_day_is_kept_on_the_page_only(portal, citizen):
    citizen.fill_up_to("questions")
    age(only_draft(), hours=25)
    before = stored(portal)
    citizen.send({"form.widgets.purpose": "A long text"})
    assert citizen.answer.status_code == 410
    assert citizen.value("form.widgets.purpose") == "A long text"
    assert citizen.page.xpath("//main//a[contains(@href, '/order/who')]")
    assert stored(portal) == before


def test_sending_again_shows_the_order_that_was_made(portal, citizen):
    citizen.fill_up_to("check")
    form = citizen.form()
    citizen.send(form=form)
    reference = only_order().reference
    citizen.send(form=form)
    assert citizen.path == "counter/thanks"
    assert reference[:4] in citizen.text()
    citizen.open("counter/residence/order/check")
    assert citizen.path == "counter/thanks"
    assert stored(portal)[0] == 1


def test_a_double_click_makes_one_order(portal, citizen):
    citizen.fill_up_to("check")
    form = citizen.form()
    data = dict(form.form_values())

    def click(_number):
        answer = citizen.session.post(form.action, data=data, allow_redirects=False)
        return answer.status_code, answer.headers.get("Location", "")

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(click, range(4)))
    assert {status for status, _location in answers} == {303}
    assert all(location.endswith("/counter/thanks") for _status, location in answers)
    assert stored(portal)[0] == 1


def test_a_page_of_before_a_change_sends_nothing(portal, citizen):
    citizen.fill_up_to("check")
    form = citizen.form()
    citizen.open("counter/residence/order/delivery")
    citizen.send({"copies": "3"})
    citizen.send(form=form)
    assert citizen.answer.status_code == 409
    assert "another window" in citizen.text()
    assert stored(portal)[0] == 0
    citizen.send()
    assert citizen.path == "counter/thanks"
    assert only_order().copies == 3


def test_what_no_longer_holds_when_it_is_sent_leads_to_its_page(portal, citizen):
    citizen.fill_up_to("check")
    transaction.begin()
    counter()["residence"].max_copies = 1
    transaction.commit()
    citizen.send()
    assert citizen.answer.status_code == 422
    [link] = citizen.page.xpath("//*[@id='error-summary']//li/a/@href")
    assert link.endswith("/residence/order/delivery#copies")
    assert stored(portal)[0] == 0
