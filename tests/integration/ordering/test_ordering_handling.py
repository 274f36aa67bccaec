"""What the clerk does: findings, checks, documents, the clock and the mails."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from helpers.clerkwork import clerk_at_work
from helpers.clerkwork import confirm
from helpers.clerkwork import REGISTER
from helpers.orders import ADA
from helpers.orders import request
from io import BytesIO
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.core.mail.outbox import ANNOTATION
from plonegov.core.municipality.facts import settings
from plonegov.core.records.events import entries
from plonegov.ordering.api import handingout
from plonegov.ordering.api import handling
from plonegov.ordering.api import links
from plonegov.ordering.api import orders
from plonegov.ordering.domain.errors import ActNotAttached
from plonegov.ordering.domain.errors import AddressProtectionNotChecked
from plonegov.ordering.domain.errors import FindingsNotConfirmed
from plonegov.ordering.domain.errors import MotiveMissing
from pypdf import PdfReader
from zope.annotation.interfaces import IAnnotations

import pytest


ACT = b"%PDF-1.7\n% sealed elsewhere\n%%EOF\n"


@pytest.fixture
def clerk(portal):
    with clerk_at_work(portal) as name:
        yield name


@pytest.fixture
def order(portal, clerk):
    placed = orders.place(request(answers={"purpose": "FAUX-MOTIF-PLANTÉ"}))
    handling.take(placed)
    return placed


def mails(portal):
    """Return the mails that are due, oldest first."""
    owed = IAnnotations(portal)[ANNOTATION]
    found = sorted(owed.values(), key=lambda mail: mail.queued)
    return [message_from_bytes(mail.message, policy=default) for mail in found]


def test_the_certificate_states_the_register_not_the_citizen(order):
    confirm(order)
    pdf = PdfReader(BytesIO(handling.produce(order)))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "Rue du Registre 7" in text
    assert ADA["address"]["street"] not in text
    assert "FAUX-MOTIF" not in text
    assert pdf.trailer["/Root"]["/Lang"] == "fr"
    handingout.register_address(order, ADA["address"])
    handling.make_ready(order)
    handling.hand_over(order)
    assert order.state == "delivered"


def test_nothing_is_made_before_it_is_confirmed(order):
    with pytest.raises(AddressProtectionNotChecked):
        handling.produce(order)
    confirm(order, address=False)
    with pytest.raises(AddressProtectionNotChecked):
        handling.produce(order)
    order.findings_confirmed = False
    order.address_unprotected = True
    with pytest.raises(FindingsNotConfirmed):
        handling.produce(order)
    assert order.issued is None


def test_a_missing_finding_is_named_and_changes_nothing(order):
    with pytest.raises(InvalidInput) as refused:
        confirm(order, {**REGISTER, "address": " ", "birth_date": "30/07/1985"})
    assert [fault.field for fault in refused.value.faults] == [
        "findings.birth_date",
        "findings.address",
    ]
    assert not order.findings_confirmed


def test_new_findings_drop_the_document_made_before(order):
    confirm(order)
    handling.produce(order)
    confirm(order, {**REGISTER, "address": "Rue Neuve 1"})
    assert order.issued is None


def test_an_act_is_attached_unchanged_and_never_drawn_up(portal, clerk):
    answers = {"form": "extract", "birth_place": "Tournai", "purpose": "Mariage"}
    order = orders.place(request(document="birth-act", answers=answers))
    handling.take(order)
    confirm(order, {})
    with pytest.raises(ActNotAttached):
        handling.produce(order)
    with pytest.raises(InvalidInput):
        handling.attach_act(order, "act.exe", b"MZ")
    handling.attach_act(order, "../acte.pdf", ACT)
    assert order.act.data == ACT
    assert order.act.filename == "acte.pdf"
    letter = PdfReader(BytesIO(handling.produce(order)))
    assert "Tournai" not in letter.pages[0].extract_text()
    assert order.act.data == ACT


def test_the_clock_stops_while_the_citizen_must_act(order):
    promised = order.due
    handling.ask(order, "Votre ancienne adresse ?")
    order.waiting_since -= timedelta(days=14)
    handling.answer(order, "Rue Haute")
    days = orders.working_days()
    today = orders.town_today()
    waited = days.between(today - timedelta(days=14), today)
    assert order.due == days.add(promised, waited)
    assert order.waiting_since is None


def test_findings_stay_as_they_are_once_the_order_has_ended(order):
    handling.reject(order, "Identité non prouvée", "A.R. 16-07-1992, art. 3")
    with pytest.raises(ActionNotAllowed):
        confirm(order)
    with pytest.raises(ActionNotAllowed):
        handling.attach_act(order, "a.pdf", ACT)
    with pytest.raises(ActionNotAllowed):
        handling.produce(order)


def test_a_rejection_tells_reasons_and_remedies(portal, order):
    with pytest.raises(MotiveMissing):
        handling.reject(order, "Non", " ")
    assert order.state == "in_progress"
    handling.reject(order, "Lien non prouvé", "A.R. 16-07-1992, art. 3")
    body = mails(portal)[-1].get_body(("plain",)).get_content()
    assert "Lien non prouvé" in body
    assert "A.R. 16-07-1992" in body
    assert "Conseil d'État" in body.replace("’", "'")


def test_the_receipt_carries_no_typed_text_but_the_link(portal, clerk):
    order = orders.place(request(language="nl", applicant__first_name="Spamnaam"))
    receipt = mails(portal)[-1]
    text = receipt.get_body(("plain",)).get_content()
    html = receipt.get_body(("html",)).get_content()
    assert receipt["To"] == ADA["email"]
    assert receipt["Auto-Submitted"] == "auto-generated"
    assert links.secret(order) in text
    for typed in ("Spamnaam", "Inscription", "Essai"):
        assert typed not in text + html
    assert 'lang="nl"' in html


def test_without_an_address_no_mail_is_owed(portal, clerk):
    before = len(mails(portal)) if ANNOTATION in IAnnotations(portal) else 0
    orders.place(request(applicant__email=""))
    after = len(mails(portal)) if ANNOTATION in IAnnotations(portal) else 0
    assert after == before


def test_all_that_happens_is_in_the_log(order):
    confirm(order)
    handling.note(order, "Vu au guichet")
    handling.mark_paid(order)
    handling.release(order)
    handling.take(order)
    with pytest.raises(InvalidInput):
        handling.note(order, " ")
    log = [(entry.who, entry.action) for entry in entries(order)]
    assert log == [
        ("clerk", "placed"),
        ("clerk", "taken"),
        ("clerk", "start"),
        ("clerk", "findings_confirmed"),
        ("clerk", "note"),
        ("clerk", "paid"),
        ("clerk", "released"),
        ("clerk", "taken"),
    ]
    assert all(entry.when.tzinfo for entry in entries(order))


@pytest.mark.parametrize("demo", [True, False])
def test_a_demonstration_says_on_the_paper_that_it_is_worth_nothing(order, demo):
    settings().demo = demo
    confirm(order)
    pdf = PdfReader(BytesIO(handling.produce(order)))
    assert ("SPÉCIMEN" in pdf.pages[0].extract_text()) is demo
