"""A document that leaves by mail or as a download, and one that proved wrong."""

from email import message_from_bytes
from email.policy import default
from helpers.orders import ADA
from helpers.orders import request
from helpers.tracking import address
from helpers.tracking import opened
from plone import api
from plonegov.core.errors import InvalidInput
from plonegov.core.mail import outbox
from plonegov.ordering.api import handingout
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.domain.desk import Entry
from plonegov.ordering.domain.errors import IdentityNotReached
from plonegov.ordering.domain.model import Channel
from pypdf import PdfReader

import io
import pytest
import transaction


SEEN = "identity_card"


def placed(delivery, seen=SEEN):
    """Place an order of somebody at the desk who showed an identity document."""
    entry = Entry(Channel.DESK, town_today(), seen)
    return orders.place(request(delivery=delivery), entry=entry)


def made(order, **findings):
    """Make the order's document, as a clerk does."""
    dates = {"birth_date": "1985-07-30", "address_since": "2019-02-01"}
    values = {item.id: dates.get(item.id, "X") for item in handling.findings_of(order)}
    handling.confirm_findings(order, values | findings, address_unprotected=True)
    handling.produce(order)
    handling.make_ready(order)


def delivered(delivery, **findings):
    order = placed(delivery)
    with api.env.adopt_roles(["Service Clerk"]):
        handling.take(order)
        made(order, **findings)
        handling.hand_over(order)
    transaction.commit()
    return order


def last_mail(portal):
    owed = max(outbox.entries(portal).values(), key=lambda mail: mail.queued)
    return message_from_bytes(owed.message, policy=default)


def text_of(data):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_by_mail_it_comes_as_a_file_of_the_mail(portal):
    order = delivered("email")
    [file] = last_mail(portal).iter_attachments()
    assert file.get_content_type() == "application/pdf"
    assert file.get_content() == order.issued.data


def test_a_very_large_act_is_fetched_instead(portal, monkeypatch):
    monkeypatch.setattr("plonegov.ordering.api.notices.LARGEST", 100)
    delivered("email")
    mail = last_mail(portal)
    assert list(mail.iter_attachments()) == []
    assert "/counter/track" in mail.get_body(("plain",)).get_content()


def test_a_download_waits_behind_the_birth_date(portal, citizen):
    order = delivered("download")
    assert list(last_mail(portal).iter_attachments()) == []
    citizen.open(address(order))
    citizen.open("counter/my-document")
    assert citizen.path == "counter/track", "the link alone gives no document"
    opened(citizen, order)
    [link] = citizen.page.xpath("//main//a[contains(@href, 'my-document')]/@href")
    answer = citizen.session.get(link)
    assert answer.content == order.issued.data
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("delivery", ["post", "counter"])
def test_what_comes_on_paper_is_never_downloaded(portal, citizen, delivery):
    order = placed(delivery)
    with api.env.adopt_roles(["Service Clerk"]):
        handling.take(order)
        made(order)
        handling.hand_over(order)
    transaction.commit()
    citizen.open(address(order))
    opened(citizen, order)
    assert not citizen.page.xpath("//main//a[contains(@href, 'my-document')]")
    citizen.open("counter/my-document")
    assert citizen.answer.status_code == 404


@pytest.mark.parametrize("delivery", ["email", "download"])
def test_who_showed_nothing_orders_no_mail_and_no_download(portal, delivery):
    with pytest.raises(InvalidInput) as refused:
        orders.place(request(delivery=delivery))
    assert [fault.code for fault in refused.value.faults] == ["delivery_needs_identity"]


def test_a_level_that_is_gone_stops_the_mail(portal):
    order = placed("email")
    with api.env.adopt_roles(["Service Clerk"]):
        handling.take(order)
        made(order)
        order.identity = "account"
        with pytest.raises(IdentityNotReached):
            handling.hand_over(order)
    assert order.state == "ready"


def test_a_wrong_document_is_replaced_and_the_first_kept(portal):
    order = delivered("email", full_name="Exemple Adda")
    first = order.issued
    with api.env.adopt_roles(["Service Clerk"]):
        handling.reopen(order, "Misspelt name")
        assert order.issued is None and not order.findings_confirmed
        made(order, full_name="Exemple Ada")
        handling.hand_over(order)
    [(_when, reason, kept)] = order.former
    assert (reason, kept) == ("Misspelt name", first)
    assert "Exemple Adda" in text_of(kept.data)
    second = text_of(order.issued.data)
    assert "Exemple Adda" not in second and "Exemple Ada" in second
    assert "remplace" in second and "remplace" not in text_of(kept.data)


def test_the_letter_of_an_act_goes_to_the_address_of_the_register(portal):
    order = orders.place(request(document="birth-act", answers=BIRTH))
    elsewhere = ADA["address"] | {"street": "Rue du Registre", "number": "7"}
    with api.env.adopt_roles(["Service Clerk"]):
        handling.take(order)
        handling.confirm_findings(order, {}, address_unprotected=True)
        handling.attach_act(order, "act.pdf", b"%PDF-1.7 act")
        handling.produce(order)
        handingout.register_address(order, elsewhere)
        assert order.issued is None, "a letter to the typed address is dropped"
        letter = text_of(handling.produce(order))
    assert "Rue du Registre 7" in letter and ADA["address"]["street"] not in letter


BIRTH = {"form": "copy", "birth_place": "Exempleville", "purpose": "Mariage"}
