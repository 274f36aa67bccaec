"""HEIC pictures are decoded apart, within limits, and come out upright and plain."""

from helpers import pictures as taken
from plonegov.core.files import heicworker
from plonegov.core.files import pictures
from plonegov.core.files.errors import PictureUnreadable

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
