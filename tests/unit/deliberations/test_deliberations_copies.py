"""Of which files the public gets copies, when, and under which names."""

from plonegov.deliberations.domain.cleaning import address_of
from plonegov.deliberations.domain.cleaning import Kind
from plonegov.deliberations.domain.cleaning import kind_of
from plonegov.deliberations.domain.cleaning import Progress
from plonegov.deliberations.domain.cleaning import progress
from plonegov.deliberations.domain.cleaning import public_name
from plonegov.deliberations.domain.cleaning import refused
from plonegov.deliberations.domain.cleaning import Trouble
from plonegov.deliberations.domain.refusals import AnnexRefused

import pytest


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", Kind.PDF),
        (b"\n\n%PDF-1.4", Kind.PDF),
        (b"\xff\xd8\xff\xe0", Kind.JPEG),
        (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    ],
)
def test_a_file_is_what_its_bytes_say(data, kind):
    assert kind_of(data) is kind
    assert "/" in kind.media_type


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04word/document.xml", "annex_office_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "annex_office_file"),
        (b"{\\rtf1", "annex_office_file"),
        (b"<html><script>", "annex_kind_unknown"),
        (b"", "annex_kind_unknown"),
    ],
)
def test_what_can_not_be_cleaned_is_refused(data, code):
    with pytest.raises(AnnexRefused) as error:
        kind_of(data)
    assert error.value.code == code


def test_a_refusal_names_its_page():
    assert refused(Trouble.PAGE, 3).context["page"] == 3


def test_a_copy_carries_our_name():
    name = public_name("council-2026-12", 2, Kind.PDF, draft=False)
    assert name == "council-2026-12-annexe-2.pdf"


def test_an_address_says_nothing_of_draft_or_decision():
    assert address_of(3, Kind.JPEG) == "3.jpg"


def test_the_name_of_a_draft_s_copy_says_so():
    name = public_name("council-k3", 1, Kind.PNG, draft=True)
    assert name == "council-k3-annexe-1-projet.png"


@pytest.mark.parametrize(
    ("kind", "draft", "clean", "marked", "trouble", "expected"),
    [
        (Kind.PDF, True, False, False, "", Progress.WAITING),
        (Kind.PDF, True, True, False, "", Progress.WAITING),
        (Kind.PDF, True, True, True, "", Progress.READY),
        (Kind.PDF, False, True, False, "", Progress.READY),
        (Kind.PDF, False, False, True, "", Progress.WAITING),
        (Kind.PNG, True, True, False, "", Progress.READY),
        (Kind.JPEG, True, False, False, "", Progress.WAITING),
        (Kind.PNG, False, True, True, Trouble.CHANGED, Progress.REFUSED),
        (Kind.PDF, True, False, False, Trouble.PAGE, Progress.REFUSED),
    ],
)
def test_the_public_gets_a_file_when_the_right_copy_is_there(
    kind, draft, clean, marked, trouble, expected
):
    found = progress(kind, draft=draft, clean=clean, marked=marked, trouble=trouble)
    assert found is expected
