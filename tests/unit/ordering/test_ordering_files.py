"""The files of a request are held to the town's limits, not to ours."""

from datetime import date
from helpers.intake import faults
from helpers.intake import file
from helpers.intake import MB
from helpers.intake import PDF
from helpers.intake import request
from helpers.intake import terms
from plonegov.ordering.domain.attachments import size_fault
from plonegov.ordering.domain.intake import examine
from plonegov.ordering.domain.model import FileLimits

import pytest


def pdf(size):
    return file(PDF + bytes(size - len(PDF)))


def held_to(limits, *sizes):
    payload = request(attachments=[pdf(size) for size in sizes])
    return faults(payload, terms(files=limits))


@pytest.mark.parametrize("largest", [1, 2, 10])
def test_a_file_may_be_as_large_as_the_town_says_and_no_byte_larger(largest):
    limits = FileLimits(largest * MB)
    assert held_to(limits, largest * MB) == {}
    assert held_to(limits, largest * MB + 1) == {"attachments.0.data": "file_too_large"}


def test_the_message_names_the_towns_limit():
    fault = size_fault("act", 3 * MB, FileLimits(2 * MB))
    assert (fault.field, fault.code, fault.context) == (
        "act",
        "file_too_large",
        {"limit": 2},
    )


def test_all_files_of_a_request_must_find_room_together():
    limits = FileLimits(MB, left=1500)
    assert held_to(limits, 700, 800) == {}
    assert held_to(limits, 700, 801) == {"attachments": "storage_full"}


def test_a_full_storage_refuses_files_but_no_order_without_one():
    full = FileLimits(MB, left=0)
    assert held_to(full, 100) == {"attachments": "storage_full"}
    assert held_to(full) == {}
    found = examine(request(), terms(files=full), date(2026, 11, 22))
    assert found.attachments == ()


@pytest.mark.parametrize(
    ("size", "limits", "code"),
    [
        (10, FileLimits(10), None),
        (11, FileLimits(10), "file_too_large"),
        (11, FileLimits(10, left=5), "file_too_large"),
        (6, FileLimits(10, left=5), "storage_full"),
        (5, FileLimits(10, left=5), None),
        (0, FileLimits(10, left=0), None),
    ],
)
def test_a_single_file(size, limits, code):
    fault = size_fault("act", size, limits)
    assert (fault and fault.code) == code
