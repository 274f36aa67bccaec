"""Annexes: what they are is told by their content."""

from helpers import councils
from helpers import pictures as taken
from helpers.councils import acting
from helpers.officefiles import docx
from helpers.officefiles import odt
from plonegov.core.errors import InvalidInput
from plonegov.core.files import kinds
from plonegov.core.records.events import entries
from plonegov.deliberations.api import items
from plonegov.deliberations.api import parts

import pytest


@pytest.fixture
def item(portal):
    councils.add_staff(portal)
    with acting(portal, "drafter"):
        yield items.draft("council", "works", councils.TEXTS)


@pytest.mark.parametrize(
    ("filename", "data", "kind", "stored"),
    [
        ("plan.pdf", b"%PDF-1.7", kinds.PDF, "plan.pdf"),
        ("../../plan", b"%PDF-1.7", kinds.PDF, "plan.pdf"),
        ("note.docx", docx(), kinds.DOCX, "note.docx"),
        ("note.odt", odt(), kinds.ODT, "note.odt"),
        ("photo.jpg", taken.jpeg(), kinds.JPEG, "photo.jpg"),
        ("IMG_1.HEIC", taken.heic(), kinds.JPEG, "IMG_1.jpg"),
    ],
)
def test_an_annex_has_the_type_of_its_content(item, filename, data, kind, stored):
    annex = parts.add_annex(item, filename, data)
    assert (annex.file.contentType, annex.file.filename) == (kind, stored)
    assert annex.file.data.startswith(b"\xff\xd8\xff" if kind == kinds.JPEG else data)


@pytest.mark.parametrize(
    ("filename", "data", "code"),
    [
        ("plan.pdf", b"MZ\x90", "annex_differs"),
        ("page.html", b"<script>alert(1)</script>", "annex_type_refused"),
        ("IMG_1.HEIC", taken.heic()[:200], "picture_unreadable"),
        ("grand.pdf", b"%PDF-1.7" + bytes(40 * 1024**2), "file_too_large"),
    ],
)
def test_what_a_browser_says_of_a_file_does_not_count(item, filename, data, code):
    with pytest.raises(InvalidInput) as wrong:
        parts.add_annex(item, filename, data)
    assert [fault.code for fault in wrong.value.faults] == [code]
    assert (item.parts, entries(item)[-1].action) == ({}, "drafted")
