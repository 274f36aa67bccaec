"""A mail is worded safely, as text and HTML, from the town to one recipient."""

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from email import message_from_bytes
from email.policy import default
from hypothesis import given
from hypothesis import strategies
from plonegov.core.mail.backoff import Backoff
from plonegov.core.mail.backoff import GIVE_UP
from plonegov.core.mail.backoff import SERVER
from plonegov.core.mail.compose import build
from plonegov.core.mail.compose import check_recipient
from plonegov.core.mail.errors import MailAddressInvalid
from plonegov.core.mail.errors import MailLinkInvalid
from plonegov.core.mail.model import Facts
from plonegov.core.mail.model import Link
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.mail.model import Steps
from plonegov.core.municipality.model import Contact
from plonegov.core.municipality.model import Municipality
from plonegov.core.municipality.model import Service
from plonegov.core.municipality.model import Theme
from zope.i18nmessageid import Message

import pytest


MOMENT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SENDER = "commune@exempleville.example"
TOWN = Municipality(
    id="exempleville",
    name={"fr": "Exempleville", "nl": "Voorbeeldstad"},
    country="BE",
    region="wallonia",
    official_code="99999",
    postal_codes=("9999",),
    localities=("Exempleville",),
    timezone="Europe/Brussels",
    currency="EUR",
    interface_languages=("fr", "nl"),
    content_languages=("fr",),
    legal_language="fr",
    theme=Theme("#1f5f3f", "#b3541e"),
    contact=Contact(email=SENDER),
    services=(
        Service(
            "population",
            {"fr": "Service population", "nl": "Dienst bevolking"},
            Contact(email="population@exempleville.example", phone="+32 2 555 00 01"),
        ),
    ),
)
MAIL = Mail(
    recipient="maria@example.org",
    language="nl",
    subject="Uw aanvraag",
    blocks=(
        Paragraph("Wij hebben uw aanvraag <b>ontvangen</b>."),
        Link("Volg uw aanvraag", "https://exempleville.example/track?a=1&b=2"),
        Steps(("Wij kijken na", "U ontvangt het")),
        Facts((("Referentie", "7K3Q9XW2ME4"), ("Prijs", "5,00 EUR"))),
    ),
    service="population",
    key="0" * 32,
)


def parsed(mail=MAIL, town=TOWN, sender=SENDER):
    data = build(mail, town, sender, MOMENT).as_bytes()
    return message_from_bytes(data, policy=default)


def body(message, kind):
    return message.get_body((kind,)).get_content()


def test_a_mail_names_town_recipient_language_and_that_no_one_wrote_it():
    message = parsed()
    assert str(message["From"]) == "Voorbeeldstad <commune@exempleville.example>"
    assert message["To"] == "maria@example.org"
    assert str(message["Reply-To"]).endswith("<population@exempleville.example>")
    assert message["Content-Language"] == "nl"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == MOMENT


def test_text_and_html_say_the_same():
    message = parsed()
    text, html = body(message, "plain"), body(message, "html")
    for part in ("Wij kijken na", "7K3Q9XW2ME4", "5,00 EUR", "Dienst bevolking"):
        assert part in text
        assert part in html
    assert "https://exempleville.example/track?a=1&b=2" in text
    assert 'href="https://exempleville.example/track?a=1&amp;b=2"' in html
    assert '<html lang="nl">' in html


def test_no_text_is_read_as_html():
    assert "&lt;b&gt;ontvangen&lt;/b&gt;" in body(parsed(), "html")


def test_the_message_is_seven_bit_safe():
    mail = replace(MAIL, blocks=(Paragraph("Ελένη, été"),), subject="Été")
    data = build(mail, TOWN, SENDER, MOMENT).as_bytes()
    assert data.isascii()
    assert "Ελένη, été" in body(message_from_bytes(data, policy=default), "plain")
    assert max(map(len, data.split(b"\r\n"))) <= 998


def test_the_same_mail_has_the_same_message_id():
    assert parsed()["Message-ID"] == parsed()["Message-ID"]
    assert parsed()["Message-ID"] == f"<{'0' * 32}@exempleville.example>"
    assert replace(MAIL, key="1" * 32).key != MAIL.key


def test_a_town_without_an_address_makes_none_up():
    message = parsed(
        town=replace(TOWN, contact=Contact(), services=()),
        sender="",
        mail=replace(MAIL, service=""),
    )
    assert message["From"] is None
    assert message["Reply-To"] is None
    assert message["Message-ID"].endswith("@exempleville.invalid>")


def test_a_subject_can_not_add_a_header():
    message = parsed(replace(MAIL, subject="Bonjour\r\nBcc: all@example.org"))
    assert message["Bcc"] is None
    assert message["Subject"] == "Bonjour Bcc: all@example.org"


def test_messages_are_filled_with_their_values():
    subject = Message("s", "plonegov.core", "Order ${ref}", {"ref": "7K3Q"})
    assert parsed(replace(MAIL, subject=subject))["Subject"] == "Order 7K3Q"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "maria",
        "maria@example",
        "@example.org",
        "maria@example.org\nBcc: x@example.org",
        "maria@example.org\r\n",
        "a@example.org,b@example.org",
        "Maria <maria@example.org>",
        "maria @example.org",
        "maría@example.org",
        "maria@example.org\x00",
    ],
)
def test_a_recipient_is_one_plain_address(text):
    with pytest.raises(MailAddressInvalid):
        check_recipient(text)


@given(strategies.text(max_size=40))
def test_what_passes_as_recipient_is_safe_in_a_header(text):
    try:
        address = check_recipient(text)
    except MailAddressInvalid:
        return
    assert address.addr_spec == text
    assert not set(text) & set("\r\n\x00 ")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/track", "http://", ""])
def test_a_link_is_a_web_address(url):
    with pytest.raises(MailLinkInvalid):
        build(replace(MAIL, blocks=(Link("Go", url),)), TOWN, SENDER, MOMENT)


def test_pauses_grow_and_outlive_the_process(tmp_path):
    backoff = Backoff(tmp_path)
    assert backoff.put_off("k", 1000)
    assert not backoff.is_ready("k", 1059)
    assert backoff.is_ready("k", 1060)
    assert backoff.put_off("k", 1060)
    again = Backoff(tmp_path)
    assert not again.is_ready("k", 1179)
    assert again.is_ready("k", 1180)
    again.forget("k")
    assert Backoff(tmp_path).is_ready("k", 1061)


def test_a_server_is_asked_again_after_ten_minutes_at_most(tmp_path):
    backoff = Backoff(tmp_path)
    for _try in range(50):
        backoff.put_off(SERVER, 0)
    assert backoff.is_ready(SERVER, 600)


def test_there_is_no_hope_after_five_days(tmp_path):
    backoff = Backoff(tmp_path)
    assert backoff.put_off("k", 0)
    assert backoff.put_off("k", GIVE_UP - 1)
    assert not backoff.put_off("k", GIVE_UP)
