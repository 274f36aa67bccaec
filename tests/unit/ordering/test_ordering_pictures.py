"""The pictures of a request, made plain."""

from helpers import pictures as taken
from plonegov.core.errors import InvalidInput
from plonegov.ordering.adapters import pictures
from plonegov.ordering.domain.model import Attachment

import pytest


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
