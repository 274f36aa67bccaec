"""What a proof says survives being kept, and tells who somebody is."""

from datetime import date
from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.proved import ProvedIdentity

import json
import pytest


identities = st.builds(
    ProvedIdentity,
    level=st.sampled_from(AssuranceLevel),
    way=st.text(),
    first_name=st.text(),
    last_name=st.text(),
    national_number=st.text(),
    country=st.sampled_from(["", "BE", "FR"]),
    birth_date=st.none() | st.dates(),
    email=st.text(),
    issuer=st.text(),
    subject=st.text(),
)


@given(identities)
def test_an_identity_comes_back_from_json_as_it_was(identity):
    plain = json.loads(json.dumps(identity.as_plain()))
    assert ProvedIdentity.from_plain(plain) == identity


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        ("Élodie Marie", "Lefèvre", "Élodie Marie Lefèvre"),
        ("", "Suharto", "Suharto"),
        ("Madonna", "", "Madonna"),
    ],
)
def test_a_person_may_have_one_name_only(first, last, whole):
    identity = ProvedIdentity(AssuranceLevel.HIGH, "eid", first, last)
    assert identity.full_name == whole
    assert ProvedIdentity.from_plain(identity.as_plain()).birth_date is None


def test_a_birth_date_is_kept_as_a_day():
    identity = ProvedIdentity(
        AssuranceLevel.HIGH, "eid", "A", "B", birth_date=date(2004, 2, 29)
    )
    assert identity.as_plain()["birth_date"] == "2004-02-29"
