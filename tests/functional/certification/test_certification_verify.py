"""Anybody asks what a document is worth: by page and by REST, and learns no name."""

from base64 import b64encode
from hashlib import sha256
from helpers.sealing import one_byte
from io import BytesIO
from lxml import html
from plonegov.certification.api import verifying
from plonegov.core.api import port
from plonegov.core.ops import limits
from plonegov.core.pdf.interfaces import IPdfRenderer
from plonegov.core.pdf.interfaces import ISealer
from plonegov.core.registers import sealed
from plonegov.core.registers.sealed import SealedKind
from plonegov.core.typed.codes import grouped
from pypdf import PdfReader

import pytest
import re
import transaction


PAGE = """<html lang="en"><head><title>A paper</title></head><body>
<h1>A paper</h1><p>WeasyPrint</p>
<input name="seal" title="Seal" type="text" style="appearance: auto" />
</body></html>"""
KIND = SealedKind("residence", {"fr": "Résidence", "en": "Residence"}, "population")


@pytest.fixture
def paper(portal):
    """Return a sealed PDF and its document in the register."""
    pdf = port(IPdfRenderer).render(PAGE, title="A paper", language="en")
    pdf = port(ISealer).seal(pdf)
    code = sealed.new_document_code()
    digest = sha256(pdf).hexdigest()
    document = sealed.enter(code, digest, KIND, who="clerk-canary", initials="A.E.")
    transaction.commit()
    return pdf, document


def shown(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_the_code_leads_to_a_page_that_names_nobody(paper, ask):
    _pdf, document = paper
    answer = ask("GET", f"verify/{document.code}")
    assert answer.status_code == 200
    assert "This code is valid" in answer.text
    assert "Residence" in shown(answer) and "A.E." in shown(answer)
    assert "canary" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_code_is_read_as_people_type_it(paper, ask):
    _pdf, document = paper
    code = document.code
    typed = f" {code[:4]}-{code[4:8]} {code[8:]}".lower().replace("0", "o")
    answer = ask("POST", "verify", data={"code": typed})
    assert "This code is valid" in answer.text


def test_a_typed_code_leads_to_the_address_of_its_document(paper, ask):
    _pdf, document = paper
    answer = ask("POST", "verify", data={"code": grouped(document.code)})
    assert answer.url.endswith(f"/verify/{document.code}")
    assert "<title>This code is valid" in answer.text


@pytest.mark.parametrize("typed", ["7K2M-9QXT", "0" * 19 + "1", "<b>x</b>", "é" * 20])
def test_a_mistyped_code_stays_to_be_corrected(portal, ask, typed):
    answer = ask("POST", "verify", data={"code": typed})
    assert answer.status_code == 400
    (field,) = html.fromstring(answer.text).xpath("//input[@name='code']")
    assert field.value == typed and field.get("aria-invalid") == "true"
    assert "No document of the town has such a code." in answer.text


def test_every_page_leads_to_the_check_of_a_document(portal, ask):
    for path, place in (("front-page", "pg-card"), ("accessibility", "pg-footer")):
        links = html.fromstring(ask("GET", path).text).xpath(
            f"//*[contains(@class, '{place}')]//a[text()='Check a document']/@href"
        )
        assert {link.rpartition("/")[2] for link in links} == {"verify"}


@pytest.mark.parametrize("path", ["verify/7K2M", "verify/" + "0" * 300])
def test_an_unknown_code_is_said_to_be_unknown(portal, ask, path):
    answer = ask("GET", path)
    assert answer.status_code == 404
    assert "The town knows no such document" in answer.text


def test_what_was_not_typed_or_chosen_is_asked_for(portal, ask):
    answer = ask("POST", "verify", data={"code": " "})
    assert "Write the code that stands beside the seal." in answer.text
    answer = ask("POST", "verify", files={"file": ("", b"")})
    assert "Choose the PDF that you received." in answer.text
    assert answer.status_code == 400


def test_a_file_that_is_too_large_is_refused(portal, ask, monkeypatch):
    monkeypatch.setattr(verifying, "MOST", 1 << 20)
    answer = ask("POST", "verify", files={"file": ("a.pdf", b"%PDF" * (1 << 19))})
    assert "at most 1 MB" in answer.text


def test_a_file_is_judged_and_kept_nowhere(paper, ask, portal):
    pdf, document = paper
    before = portal._p_jar.db().lastTransaction()
    for data, said in (
        (pdf, "This file is genuine"),
        (one_byte(pdf), "This file was changed"),
        (b"x", "This file can't be read"),
    ):
        answer = ask("POST", "verify", files={"file": ("a.pdf", data)})
        assert (answer.status_code, said in answer.text) == (200, True)
    assert portal._p_jar.db().lastTransaction() == before
    sealed.revoke(document.code, "Wrong person.", who="clerk")
    transaction.commit()
    answer = ask("POST", "verify", files={"file": ("a.pdf", pdf)})
    assert "This document was revoked" in answer.text
    assert "Wrong person" not in answer.text


def test_rest_answers_the_same(paper, ask):
    pdf, document = paper
    answer = ask("GET", f"@verify/{document.code}", rest=True).json()
    assert answer["status"] == "valid" and answer["title"]["en"] == "Residence"
    assert ask("GET", "@verify/7K2M", rest=True).json() == {"status": "unknown"}
    assert ask("GET", "@verify", rest=True).json() == {"status": "unknown"}
    data = b64encode(pdf).decode()
    answer = ask("POST", "@verify", rest=True, json={"data": data}).json()
    assert (answer["status"], answer["seal"]) == ("valid", "genuine")
    data = b64encode(one_byte(pdf)).decode()
    answer = ask("POST", "@verify", rest=True, json={"data": data}).json()
    assert (answer["status"], answer["seal"]) == ("unknown", "changed")


@pytest.mark.parametrize("data", [None, 3, "é", "a", [], ""])
def test_rest_says_what_would_have_been_right(portal, ask, data):
    answer = ask("POST", "@verify", rest=True, json={"data": data})
    assert answer.status_code == 400
    (fault,) = answer.json()["errors"]
    assert fault["field"] == "data" and fault["message"]


def test_who_asks_too_often_is_told_so(portal, ask, monkeypatch):
    monkeypatch.setattr(verifying, "CODES_A_DAY", 2)
    monkeypatch.setattr(limits, "client_network", lambda: "192.0.2.0/24")
    codes = [ask("GET", "@verify/7K2M", rest=True).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_the_seals_field_is_where_the_page_left_room(paper):
    pdf, _document = paper
    (page,) = PdfReader(BytesIO(pdf)).pages
    (annotation,) = page["/Annots"]
    assert annotation.get_object()["/T"] == "seal"
