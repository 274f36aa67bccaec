"""Which files may be annexes."""

from helpers.officefiles import docx
from helpers.officefiles import ods
from helpers.officefiles import odt
from helpers.officefiles import xlsx
from plonegov.core.municipality.model import MEGABYTE
from plonegov.deliberations.domain.annexes import check_annex

import pytest


PDF = b"%PDF-1.7"
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff\xe0"
HEIC = b"\x00\x00\x00\x1cftypheic\x00\x00\x00\x00"
EXE = b"MZ\x90\x00"

FILES = [
    ("plan.pdf", PDF, ""),
    ("note.docx", docx(), ""),
    ("note.odt", odt(), ""),
    ("budget.xlsx", xlsx(), ""),
    ("budget.ods", ods(), ""),
    ("photo.png", PNG, ""),
    ("photo.JPG", JPEG, ""),
    ("IMG_1.HEIC", HEIC, ""),
    # A name that says nothing is no lie.
    ("plan", PDF, ""),
    ("vide.pdf", b"", "file_empty"),
    ("grand.pdf", PDF + bytes(10 * MEGABYTE), "file_too_large"),
    # A PDF that is none; one kind under another's name.
    ("plan.pdf", EXE, "annex_differs"),
    ("plan.pdf", b"<html>%PDF-1.7</html>", "annex_differs"),
    ("plan.pdf", PNG, "annex_differs"),
    ("note.docx", odt(), "annex_differs"),
    ("note.docx", docx(kind="application/vnd.ms-word.document.macro"), "annex_differs"),
    ("jeu.exe", EXE, "annex_type_refused"),
    ("page.html", b"<script>alert(1)</script>", "annex_type_refused"),
    ("dessin.svg", b"<svg onload='alert(1)'/>", "annex_type_refused"),
]


@pytest.mark.parametrize(("filename", "data", "code"), FILES)
def test_an_annex_is_what_it_says_and_can_be_opened(filename, data, code):
    fault = check_annex(filename, data, 10 * MEGABYTE)
    assert (fault.code if fault else "") == code


def test_the_refusal_says_what_is_right():
    wrong = check_annex("jeu.exe", EXE, MEGABYTE)
    assert wrong.context == {"allowed": "PDF, DOCX, ODT, XLSX, ODS, PNG, JPG, HEIC"}
    wrong = check_annex("plan.pdf", bytes(40 * MEGABYTE), 10 * MEGABYTE)
    assert wrong.context == {"limit": 10}
