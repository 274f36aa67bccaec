"""HEIC pictures are decoded apart, within limits, and come out upright and plain."""

from helpers import pictures as taken
from plonegov.core.errors import InvalidInput
from plonegov.ordering.adapters import heicworker
from plonegov.ordering.adapters import pictures
from plonegov.ordering.domain.errors import PictureUnreadable
from plonegov.ordering.domain.model import Attachment

import pytest
import resource


def test_a_picture_comes_out_upright_and_without_notes():
    made = heicworker.convert(taken.heic())
    found = taken.opened(made)
    assert (found.format, found.size, found.mode) == ("JPEG", (60, 80), "RGB")
    assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert taken.CANARY not in made


def test_a_large_picture_is_made_smaller(monkeypatch):
    monkeypatch.setattr(heicworker, "LONGEST", 40)
    assert taken.opened(heicworker.convert(taken.heic())).size == (30, 40)


def test_a_picture_with_too_many_pixels_is_not_decoded(monkeypatch):
    monkeypatch.setattr(heicworker, "MOST_PIXELS", 80 * 60 - 1)
    with pytest.raises(ValueError, match="60 x 80"):
        heicworker.convert(taken.heic())


def test_only_heic_is_opened():
    with pytest.raises(OSError, match="cannot identify"):
        heicworker.convert(taken.jpeg())


def test_the_process_takes_its_limits_before_it_reads(monkeypatch):
    taken_limits = {}
    monkeypatch.setattr(resource, "setrlimit", taken_limits.__setitem__)
    heicworker.limit()
    assert taken_limits[resource.RLIMIT_AS] == (heicworker.MEMORY,) * 2
    assert taken_limits[resource.RLIMIT_CPU] == (heicworker.SECONDS,) * 2
    assert taken_limits[resource.RLIMIT_FSIZE] == (0, 0)
    assert heicworker.SECONDS < pictures.TIMEOUT


def test_a_picture_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "TIMEOUT", 0.001)
    with pytest.raises(PictureUnreadable):
        pictures.as_jpeg(taken.heic())


def test_a_file_that_is_no_picture_stays_as_it_is():
    assert pictures.plain("application/pdf", b"%PDF-1.4") == (
        "application/pdf",
        b"%PDF-1.4",
    )


def test_each_picture_of_a_request_that_cant_be_opened_is_named():
    def file(kind, data):
        return Attachment("proof", "photo", kind, data)

    files = (
        file("image/heic", taken.heic()[:200]),
        file("image/jpeg", taken.jpeg()),
        file("image/png", b"\x89PNG\r\n\x1a\n"),
    )
    with pytest.raises(InvalidInput) as caught:
        pictures.plain_files(files)
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [
        ("attachments.0.data", "picture_unreadable"),
        ("attachments.2.data", "picture_unreadable"),
    ]
    [kept] = pictures.plain_files(files[1:2])
    assert (kept.filename, kept.content_type) == ("photo.jpg", "image/jpeg")
