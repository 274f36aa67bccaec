"""A file is what its content says, whatever its name or a browser says."""

from helpers.officefiles import archive
from helpers.officefiles import docx
from helpers.officefiles import ods
from helpers.officefiles import odt
from helpers.officefiles import xlsx
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from plonegov.core.files import kinds
from plonegov.core.files.kinds import content_type_of
from plonegov.core.files.kinds import endings_of
from plonegov.core.files.kinds import safe_filename
from plonegov.core.files.kinds import type_by_name

import pytest


HEIC = b"\x00\x00\x00\x1cftypheic\x00\x00\x00\x00"

#: Files that are one thing by their first bytes and another one to who looks further.
POLYGLOTS = [
    (b"GIF89a/*<script>alert(1)</script>*/%PDF-1.4", ""),
    (b"<html><script>alert(1)</script>%PDF-1.4", ""),
    (b"\n%PDF-1.4", ""),
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", ""),
    (b"PK\x03\x04 %PDF-1.4", ""),
    (b"%PDF-1.4<script>alert(1)</script>", "application/pdf"),
    (b"\x00\x00\x00\x1cftypisom", ""),
    (b"\x00\x00\x00\x1cftypavif", ""),
    (HEIC, "image/heic"),
    (HEIC.replace(b"heic", b"mif1"), "image/heic"),
    (b"ftypheic", ""),
]


@pytest.mark.parametrize(("data", "kind"), POLYGLOTS)
def test_a_file_is_what_its_first_bytes_say(data, kind):
    assert content_type_of(data) == kind


OFFICE = [
    (docx(), kinds.DOCX),
    (xlsx(), kinds.XLSX),
    (odt(), kinds.ODT),
    (ods(), kinds.ODS),
    # With macros, a presentation, any archive, none at all, damaged.
    (docx(kind="application/vnd.ms-word.document.macroEnabled"), ""),
    (docx(kind=kinds.DOCX.replace("wordprocessingml.document", "presentation")), ""),
    (archive(mimetype="application/epub+zip"), ""),
    (archive(**{"evil.exe": "MZ"}), ""),
    (docx()[:60], ""),
    (odt().replace(b"application/vnd", b"application/VND"), ""),
]


@pytest.mark.parametrize(("data", "kind"), OFFICE)
def test_an_office_document_is_what_it_states_in_itself(data, kind):
    assert content_type_of(data) == kind


def test_of_an_archive_that_unpacks_to_any_size_little_is_read(monkeypatch):
    monkeypatch.setattr(kinds, "STATED_LIMIT", 10)
    assert content_type_of(docx()) == ""


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 400), st.binary(min_size=1, max_size=30))
def test_a_damaged_document_stops_nothing(place, junk):
    for data in (docx(), odt()):
        broken = data[:place] + junk + data[place + len(junk) :]
        assert content_type_of(broken) in {"", *kinds.ENDINGS}


@pytest.mark.parametrize(
    ("filename", "kind"),
    [
        ("Plan.PDF ", kinds.PDF),
        ("photo.jpeg", kinds.JPEG),
        ("budget.xlsx", kinds.XLSX),
        ("virus.pdf.exe", ""),
        ("pdf", ""),
    ],
)
def test_a_name_promises_a_type(filename, kind):
    assert type_by_name(filename) == kind


def test_types_are_told_by_their_endings():
    assert endings_of((kinds.PDF, kinds.DOCX, kinds.JPEG)) == "PDF, DOCX, JPG"


@pytest.mark.parametrize(
    ("filename", "kind", "safe"),
    [
        ("IMG_1.HEIC", "image/heic", "IMG_1.heic"),
        ("IMG_1.HEIC", "image/jpeg", "IMG_1.jpg"),
        ("scan.heif", "image/jpeg", "scan.jpg"),
        ("scan.jpeg", "image/jpeg", "scan.jpeg"),
        ("scan.html", "image/jpeg", "scan.html.jpg"),
        ("scan.heic", "application/pdf", "scan.heic.pdf"),
        (".heic", "image/jpeg", "heic.jpg"),
    ],
)
def test_a_file_is_named_as_what_it_is(filename, kind, safe):
    assert safe_filename(filename, kind) == safe
