"""One verdict on a file from all that was found: never from ``intact`` alone."""

from plonegov.certification.domain.verdict import judge
from plonegov.certification.domain.verdict import SealFound
from plonegov.certification.domain.verdict import Verdict

import itertools
import pytest


def seal(ours=True, intact=True, whole=True):
    return SealFound("0" * 64, ours, intact, whole)


@pytest.mark.parametrize(
    ("found", "standing", "verdict"),
    [
        (None, None, "unsealed"),
        (seal(), "valid", "genuine"),
        (seal(), "replaced", "replaced"),
        (seal(), "revoked", "revoked"),
        (seal(), None, "unregistered"),
        (seal(whole=False), "valid", "changed"),
        (seal(whole=False), "revoked", "changed"),
        (seal(intact=False), "valid", "changed"),
        (seal(intact=False), None, "changed"),
        (seal(whole=False), None, "changed"),
        (seal(ours=False), None, "foreign"),
        (seal(ours=False, intact=False), None, "foreign"),
        # The register knows the file: its certificate may have run out since.
        (seal(ours=False), "valid", "genuine"),
    ],
)
def test_what_is_said_of_a_file(found, standing, verdict):
    assert judge(found, standing) == verdict


def test_only_a_whole_and_intact_file_in_the_register_is_genuine():
    for ours, intact, whole in itertools.product((True, False), repeat=3):
        for standing in (None, "valid", "replaced", "revoked"):
            verdict = judge(seal(ours, intact, whole), standing)
            if verdict == Verdict.GENUINE:
                assert intact and whole and standing == "valid"
