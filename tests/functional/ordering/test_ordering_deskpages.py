"""A clerk enters orders at the desk and on paper; another service's clerk can't."""

from helpers.citizen import Citizen
from helpers.people import PASSWORD
from io import BytesIO
from plonegov.core.municipality.calendar import WorkingDays
from plonegov.core.records.events import entries
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.links import secret
from plonegov.ordering.api.orders import town_today
from pypdf import PdfReader

import datetime
import pdfstructure
import pytest
import transaction


SCAN = b"%PDF-1.7 a scanned paper"
ODILE = {
    "channel": "desk",
    "identity_document": "identity_card",
    "relation": "self",
    "applicant.first_name": "Odile",
    "applicant.last_name": "Guichet",
    "applicant.birth_date-day": "30",
    "applicant.birth_date-month": "7",
    "applicant.birth_date-year": "1985",
    "delivery": "counter",
    "copies": "2",
    "language": "fr",
    "form.widgets.purpose": "Inscription à l'école",
}
CHILD = {
    "relation": "parent",
    "subject.first_name": "Bea",
    "subject.last_name": "Guichet",
    "subject.birth_date-day": "1",
    "subject.birth_date-month": "2",
    "subject.birth_date-year": "2020",
}


@pytest.fixture
def clerk(portal, order, browser):
    """The clerk of the population office at a browser; a works clerk exists too."""
    return at_work(browser(), "clerk")


def at_work(made: Citizen, name: str) -> Citizen:
    made.session.auth = (name, PASSWORD)
    return made


def enter(clerk, document="residence", take=True, files=None, **fields):
    """Fill in the page of the desk and send it; return the order that came of it."""
    clerk.open(f"counter/{document}/desk-order")
    before = set(counter().records)
    button = {"take": "1"} if take else {}
    clerk.send({**ODILE, **button, **fields}, files=files)
    counter()._p_jar.sync()
    new = set(counter().records) - before
    return counter().records.get(new.pop()) if new else None


def test_from_today_one_button_leads_to_the_documents_of_one_s_services(clerk):
    clerk.open("counter/today")
    clerk.open(
        clerk.page.xpath("//main//a[contains(@class, 'pg-button-primary')]")[0].get(
            "href"
        )
    )
    assert clerk.path == "counter/desk"
    links = clerk.page.xpath("//ul[contains(@class, 'pg-desk-documents')]//a/@href")
    assert f"{clerk.base}/counter/residence/desk-order" in links


def test_a_clerk_of_a_service_without_documents_is_told_so(clerk, browser):
    works = at_work(browser(), "works-clerk")
    works.open("counter/desk")
    assert works.page.xpath("//ul[contains(@class, 'pg-desk-documents')]") == []
    assert "Your services issue no document" in works.text()


@pytest.mark.parametrize(
    "who", ["works-clerk", "drafter", "citizen", "itstaff", "owner", ""]
)
def test_nobody_else_enters_an_order(clerk, browser, who):
    other = at_work(browser(), who) if who else browser()
    other.open("counter/residence/desk-order", allow_redirects=False)
    assert other.answer.status_code in (302, 401, 403)
    clerk.open("counter/residence/desk-order")
    before = len(counter().records)
    form = clerk.form()
    other.send({**ODILE, "take": "1"}, form=form, allow_redirects=False)
    assert other.answer.status_code in (302, 401, 403)
    counter()._p_jar.sync()
    assert len(counter().records) == before


def test_the_order_says_who_was_seen_and_who_entered_it(clerk):
    placed = enter(clerk)
    assert clerk.path == f"counter/{placed.reference}#top"
    assert (placed.channel, placed.identity) == ("desk", "substantial")
    assert placed.identity_document == "identity_card"
    assert (placed.assigned, placed.state) == ("clerk", "in_progress")
    entry = entries(placed)[1]
    assert (entry.who, entry.action) == ("clerk", "entered_desk")
    assert entry.details["identity_document"] == "identity_card"
    assert placed.owner_id == ""
    assert "How it came in At the desk" in clerk.text()
    assert "Identity card" in clerk.text()


def test_it_can_be_left_to_the_service(clerk):
    placed = enter(clerk, take=False)
    assert (placed.assigned, placed.state) == ("", "submitted")


def test_the_clock_of_a_paper_starts_on_the_day_of_receipt(clerk, portal):
    received = town_today() - datetime.timedelta(days=10)
    placed = enter(
        clerk,
        channel="paper",
        identity_document="",
        **{
            "received-day": str(received.day),
            "received-month": str(received.month),
            "received-year": str(received.year),
        },
    )
    assert (placed.channel, placed.identity) == ("paper", "none")
    assert town_today(placed.placed) == received
    delay = portal["counter"]["residence"].terms.delay_days
    assert placed.due == WorkingDays("BE").add(received, delay)


def test_an_order_about_a_child_keeps_both_people(clerk):
    placed = enter(clerk, **CHILD)
    assert placed.applicant["first_name"] == "Odile"
    assert placed.subject["first_name"] == "Bea"


def test_what_is_typed_about_somebody_else_is_not_dropped_silently(clerk):
    assert enter(clerk, **{**CHILD, "relation": "self"}) is None
    assert clerk.answer.status_code == 422
    assert clerk.value("subject.first_name") == "Bea"


def test_all_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(clerk):
    wrong = {
        "channel": "paper",
        "applicant.first_name": "",
        "copies": "99",
        "form.widgets.purpose": "",
        "applicant.phone": "123",
    }
    assert enter(clerk, **wrong) is None
    assert clerk.answer.status_code == 422
    said = " | ".join(clerk.problems())
    for label in (
        "Received on",
        "Identity document seen",
        "First name",
        "Telephone number",
        "Number of copies",
        "certificate for",
    ):
        assert label.lower() in said.lower(), said
    assert clerk.value("applicant.last_name") == "Guichet"
    assert clerk.value("copies") == "99"
    assert clerk.value("applicant.birth_date-year") == "1985"
    targets = clerk.page.xpath("//*[@id='error-summary']//a/@href")
    ids = set(clerk.page.xpath("//@id"))
    assert {target.partition("#")[2] for target in targets} <= ids


def test_a_mandate_comes_as_a_scan(clerk):
    mother = {**CHILD, "relation": "mandatary", "subject.birth_date-year": "1952"}
    assert enter(clerk, **mother) is None
    assert [line.partition(" –")[0] for line in clerk.problems()] == [
        "Scan of the mandate or of the paper"
    ]
    files = {"scan": ("mandate.pdf", SCAN, "application/pdf")}
    [(question, blob)] = enter(clerk, files=files, **mother).attachments
    assert (question, blob.data) == ("mandate", SCAN)


def test_a_file_that_cannot_be_kept_is_asked_for_again(clerk):
    files = {"scan": ("paper.pdf", SCAN, "application/pdf")}
    assert enter(clerk, files=files, copies="99") is None
    assert any("choose it again" in problem for problem in clerk.problems())


def test_sent_twice_it_is_one_order(clerk):
    clerk.open("counter/residence/desk-order")
    form, before = clerk.form(), len(counter().records)
    for _each in range(2):
        clerk.send({**ODILE, "take": "1"}, form=form)
        assert clerk.answer.status_code == 200
    counter()._p_jar.sync()
    assert len(counter().records) == before + 1


def test_without_the_form_s_own_token_nothing_is_stored(clerk):
    assert enter(clerk, _authenticator="") is None
    assert clerk.answer.status_code == 403
    assert clerk.value("applicant.first_name") == "Odile"


def test_a_key_that_is_none_is_refused(clerk):
    assert enter(clerk, key="1") is None
    assert clerk.answer.status_code == 400


def test_the_receipt_is_for_the_clerk_of_the_service_and_says_what_the_law_wants(
    clerk, browser
):
    placed = enter(clerk, language="nl")
    path = f"counter/{placed.reference}/order-receipt"
    for who in ("works-clerk", "citizen", "itstaff"):
        other = at_work(browser(), who)
        answer = other.session.get(f"{other.base}/{path}", allow_redirects=False)
        assert answer.status_code in (302, 401, 403)
    answer = clerk.session.get(f"{clerk.base}/{path}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    reader = PdfReader(BytesIO(answer.content))
    assert len(reader.pages) == 2
    text = pdfstructure.text(reader)
    for part in ("Accusé de réception", "Service population", "+32 2 555 00 01"):
        assert part in text
    assert "Ontvangstbewijs" in text
    assert secret(placed.__of__(counter())) in text.replace(" ", "")


def test_an_order_from_the_website_has_no_receipt_to_print(clerk, order):
    clerk.open(f"counter/{order.reference}")
    assert not clerk.page.xpath("//*[@id='open-receipt']")
    path = f"{clerk.base}/counter/{order.reference}/order-receipt"
    assert clerk.session.get(path).status_code == 404


def test_a_retired_document_is_ordered_at_no_desk(clerk, portal):
    portal["counter"]["residence"].retired = True
    transaction.commit()
    clerk.open("counter/residence/desk-order")
    assert clerk.answer.status_code == 410
