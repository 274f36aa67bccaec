"""A certificate is made, sealed and registered in one go; what it is worth is told."""

from email import message_from_bytes
from email.policy import default
from helpers.clerkwork import clerk_at_work
from helpers.clerkwork import confirm
from helpers.orders import ADA
from helpers.orders import request
from helpers.sealing import read_qr
from helpers.sealing import VERDICTS_OF_CHANGES
from io import BytesIO
from plone.app.testing import login
from plone.app.testing import TEST_USER_NAME
from plonegov.certification.api import verifying
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.identity.keys import TownKeys
from plonegov.core.mail import outbox
from plonegov.core.pdf.errors import SealKeyUnusable
from plonegov.core.records.events import entries
from plonegov.core.registers import chain
from plonegov.core.registers import sealed
from plonegov.core.registers.errors import SealedDocumentUnknown
from plonegov.ordering.api import bulk
from plonegov.ordering.api import erasing
from plonegov.ordering.api import handingout
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import seals
from plonegov.ordering.api import verbs
from plonegov.ordering.api.bulk import Shown
from plonegov.ordering.domain.desk import Entry
from plonegov.ordering.domain.errors import ActNotSealed
from plonegov.ordering.domain.errors import FindingsNotConfirmed
from plonegov.ordering.domain.model import Channel
from pypdf import PdfReader

import datetime
import pytest
import subprocess


@pytest.fixture
def clerk(portal):
    with clerk_at_work(portal) as name:
        yield name


@pytest.fixture
def order(portal, clerk):
    placed = orders.place(request())
    handling.take(placed)
    confirm(placed)
    return placed


def test_a_sealed_certificate_is_genuine_by_code_and_by_file(order):
    pdf = seals.seal(order)
    document = verifying.by_code(order.seal_code)
    assert (document.standing, document.kind.kind) == ("valid", "residence")
    assert document.initials == "E.A.", "those of the page, which names Exemple Ada"
    found = verifying.by_file(pdf)
    assert (found.verdict, found.document) == ("genuine", document)
    assert order.issued.data == pdf
    assert [entry.action for entry in entries(order)][-1] == "sealed"


def test_the_picture_of_the_page_leads_to_the_document(order):
    text = read_qr(seals.seal(order))
    assert text.endswith(f"/verify/{order.seal_code}")


def test_the_tags_survive_and_the_field_is_among_them(order):
    handling.produce(order)
    pdf = PdfReader(BytesIO(seals.seal(order)))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"]
    assert root["/Lang"] == "fr"
    (field,) = root["/AcroForm"]["/Fields"]
    field = field.get_object()
    assert (field["/FT"], field["/T"]) == ("/Sig", "seal")
    assert field["/TU"] and "/StructParent" in field
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "DEMO" in text and "qualifi" not in text.lower()


def test_popplers_reader_agrees(order, tmp_path):
    file = tmp_path / "sealed.pdf"
    file.write_bytes(seals.seal(order))
    done = subprocess.run(
        ["pdfsig", "-nocert", file], capture_output=True, text=True, check=True
    )
    assert "Signature is Valid." in done.stdout
    assert "Total document signed" in done.stdout


@pytest.mark.parametrize("change", VERDICTS_OF_CHANGES)
def test_a_changed_file_is_told_from_the_sealed_one(order, change):
    pdf = seals.seal(order)
    verdict, altered = VERDICTS_OF_CHANGES[change]
    found = verifying.by_file(altered(pdf))
    assert found.verdict == verdict


def test_one_made_anew_replaces_the_first(order):
    first_pdf, first = seals.seal(order), order.seal_code
    seals.seal(order)
    assert sealed.find(first).replaced_by == order.seal_code != first
    assert verifying.by_file(first_pdf).verdict == "replaced"


@pytest.mark.parametrize("how", ["produce", "reject"])
def test_one_that_is_not_needed_any_more_is_revoked(order, how):
    pdf = seals.seal(order)
    verbs.do(
        order, how, {"motive": "Doublon.", "law": "Art. 1", "motive_code": "other"}
    )
    document = sealed.find(order.seal_code)
    assert document.standing == "revoked" and document.reason
    assert verifying.by_file(pdf).verdict == "revoked"


def last_mail(portal):
    owed = max(outbox.entries(portal).values(), key=lambda mail: mail.queued)
    return message_from_bytes(owed.message, policy=default)


def test_one_that_was_handed_over_and_proved_wrong_counts_no_more(portal, order):
    handingout.register_address(order, ADA["address"])
    first_pdf, first = seals.seal(order), order.seal_code
    handling.make_ready(order)
    handling.hand_over(order)
    handling.reopen(order, "The name is wrong.")
    assert "n’est plus valable" in last_mail(portal).get_body(("plain",)).get_content()
    assert verifying.by_code(first).standing == "revoked"
    assert verifying.by_file(first_pdf).verdict == "revoked"
    assert seals.check_url(order) == ""
    confirm(order)
    seals.seal(order)
    assert verifying.by_code(order.seal_code).standing == "valid"
    assert seals.check_url(order).endswith(order.seal_code)


def test_many_are_sealed_at_once_and_what_is_no_certificate_is_left(order):
    attached = orders.place(request())
    handling.take(attached)
    confirm(attached)
    attached.kind = "attached"
    outcome = bulk.do_all("seal", [Shown.of(order), Shown.of(attached)])
    assert [each.reference for each in outcome.done] == [order.reference]
    [refusal] = outcome.refused
    assert refusal.error.code == ActNotSealed.code
    assert sealed.find(order.seal_code).standing == "valid"
    assert (attached.issued, attached.seal_code) == (None, "")


@pytest.mark.parametrize("how", ["seal", "produce"])
def test_the_mail_with_a_sealed_document_says_where_it_is_checked(portal, clerk, how):
    entry = Entry(Channel.DESK, orders.town_today(), "identity_card")
    order = orders.place(request(delivery="email"), entry=entry)
    handling.take(order)
    confirm(order)
    verbs.do(order, how, {})
    handling.make_ready(order)
    handling.hand_over(order)
    mail = last_mail(portal)
    [file] = mail.iter_attachments()
    assert file.get_content() == order.issued.data
    text = mail.get_body(("plain",)).get_content()
    assert ("sceau" in text) is (how == "seal") is ("/verify/" in text)
    assert seals.check_url(order) in text


def test_the_register_outlives_the_people(order):
    seals.seal(order)
    code = order.seal_code
    assert chain.seal("exempleville") is not None
    erasing.erase(order, datetime.date(2030, 1, 1))
    document = verifying.by_code(code)
    assert (document.standing, document.initials) == ("valid", "")
    assert chain.verify("exempleville") == []


def test_nothing_is_sealed_unchecked_by_a_stranger_or_of_a_register(portal, order):
    order.findings_confirmed = False
    with pytest.raises(FindingsNotConfirmed):
        seals.seal(order)
    order.findings_confirmed = True
    order.kind = "attached"
    with pytest.raises(ActNotSealed):
        seals.seal(order)
    order.kind = "certificate"
    login(portal, TEST_USER_NAME)
    with pytest.raises(ActionNotAllowed):
        seals.seal(order)
    assert not seals.is_offered(order)
    assert order.seal_code == "" and sealed.find_digest("0" * 64) is None


@pytest.mark.parametrize("code", ["", "7K2M", "0" * 20, "ééé"])
def test_what_is_no_code_is_unknown(portal, code):
    with pytest.raises(SealedDocumentUnknown):
        verifying.by_code(code)


def test_a_key_that_others_may_read_seals_nothing(order):
    seals.seal(order)
    file = TownKeys("exempleville").folder / "demo-seal.p12"
    file.chmod(0o640)
    try:
        with pytest.raises(SealKeyUnusable) as refused:
            seals.seal(order)
    finally:
        file.chmod(0o600)
    assert refused.value.context == {"reason": "exposed"}


@pytest.mark.parametrize("data", [b"x", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"<<" * 50_000])
def test_what_is_no_pdf_is_said_to_be_none(portal, data):
    assert verifying.by_file(data).verdict == "unreadable"
