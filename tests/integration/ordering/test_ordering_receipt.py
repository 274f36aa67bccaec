"""A receipt says what the law wants, leads to the order, and is read aloud in order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from PIL import Image
from plonegov.core.api import municipality
from plonegov.core.languages import LANGUAGES
from plonegov.core.money import Money
from plonegov.core.pdf.qrcode import qr_code
from plonegov.ordering.adapters.certificate import words
from plonegov.ordering.adapters.receipt import Part
from plonegov.ordering.adapters.receipt import ReceiptFacts
from plonegov.ordering.adapters.receipt import render_receipt
from plonegov.ordering.domain.remedies import remedies
from plonegov.ordering.domain.silence import silence
from pypdf import PdfReader

import pdfstructure
import pytest
import subprocess
import zxingcpp


LINK = "https://exempleville.example/counter/track?order=7K3Q9XW2ME4&secret=" + "a" * 32


def part(language):
    return Part(language, f"Document {language}", "Au guichet", ("Un.", "Deux."))


@pytest.fixture
def facts(portal):
    return ReceiptFacts(
        municipality=municipality(),
        title="Accusé de réception",
        reference="7K3Q9-XW2ME-4",
        service="population",
        issued=date(2026, 11, 26),
        due=date(2026, 12, 1),
        name="Odile <b>Guichet</b>",
        clerk="Claude Commis",
        copies=2,
        price=Money(Decimal("5.00"), "EUR"),
        link=LINK,
        parts=(part("fr"),),
    )


def read(facts):
    return PdfReader(BytesIO(render_receipt(facts)))


def test_it_names_town_service_telephone_date_document_day_price_and_clerk(facts):
    text = pdfstructure.text(read(facts))
    for said in (
        "Exempleville",
        "Service population",
        "+32 2 555 00 01",
        "population@exempleville.example",
        "Place de l'Exemple 1, 9999 Exempleville",
        "7K3Q9-XW2ME-4",
        "Document fr",
        "jeudi 26 novembre 2026",
        "mardi 1er décembre 2026",
        "5,00 EUR",
        "Claude Commis",
        "Odile <b>Guichet</b>",
    ):
        assert said in text


def test_nothing_to_pay_is_said_so(facts):
    free = replace(facts, price=Money(Decimal(0), "EUR"))
    assert "gratuit" in pdfstructure.text(read(free))


def test_it_is_accessible_and_its_code_has_a_text(facts):
    reader = read(facts)
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.metadata.title == "Accusé de réception"
    figures = [element["/Alt"] for element in pdfstructure.elements(reader, "/Figure")]
    assert "Code QR\xa0: lien de suivi de la demande 7K3Q9-XW2ME-4" in figures
    assert len(pdfstructure.elements(reader, "/H1")) == 1
    assert all(
        "/Scope" in str(head.get("/A", ""))
        for head in pdfstructure.elements(reader, "/TH")
    )


def test_a_telephone_reads_the_code(facts, tmp_path):
    file = tmp_path / "receipt.pdf"
    file.write_bytes(render_receipt(facts))
    command = ["pdftoppm", "-r", "110", "-png", str(file), str(tmp_path / "page")]
    subprocess.run(command, check=True)
    [page] = tmp_path.glob("page*.png")
    with Image.open(page) as picture:
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [LINK]


def test_the_code_says_nothing_but_the_link():
    assert qr_code(LINK) == qr_code(LINK)
    assert b"<script" not in qr_code(LINK)


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_language_follows_as_a_translation(facts, language):
    two = replace(facts, parts=(part("fr"), part(language)))
    text = pdfstructure.text(read(two))
    found = words(language, "BE")
    assert text.index("Accusé de réception") < text.index(found["receipt_translation"])
    assert text.count(found["receipt_your_reference"]) == 1 + (language == "fr")


def test_in_france_it_says_what_silence_means_and_the_remedies(facts):
    """CRPA, article R112-5."""
    french = replace(facts, silence=silence("FR"), remedies=dict(remedies("FR").texts))
    text = pdfstructure.text(read(french))
    assert "mardi 26 janvier 2027" in text
    assert "notre silence vaut rejet" in text
    assert "tribunal administratif" in text


def test_in_belgium_silence_is_not_spoken_of(facts):
    assert "silence" not in pdfstructure.text(read(facts))
