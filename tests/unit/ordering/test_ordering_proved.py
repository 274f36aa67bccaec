"""What was proved is taken over and can't be said otherwise."""

from datetime import date
from plonegov.core.errors import Fault
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.proved import ProvedIdentity
from plonegov.ordering.domain.proved import completed
from plonegov.ordering.domain.proved import differing
from plonegov.ordering.domain.proved import stated

import pytest


CARD = ProvedIdentity(
    AssuranceLevel.HIGH,
    "eid",
    "Élodie Marie",
    "Lefèvre",
    "85073003328",
    "BE",
    date(1985, 7, 30),
)
VALUES = {
    "first_name": "Élodie Marie",
    "last_name": "Lefèvre",
    "birth_date": "1985-07-30",
    "national_number": "85073003328",
}
NAMELESS = ProvedIdentity(AssuranceLevel.SUBSTANTIAL, "openid", "", "Suharto")


@pytest.mark.parametrize(
    ("identity", "country", "values"),
    [
        (CARD, "BE", VALUES),
        # In France none is asked; another country's number is of no use.
        (CARD, "FR", {k: v for k, v in VALUES.items() if k != "national_number"}),
        (CARD, "ES", {**VALUES, "national_number": ""}),
        (NAMELESS, "BE", {"last_name": "Suharto", "national_number": ""}),
    ],
)
def test_a_proof_states_what_it_knows(identity, country, values):
    assert stated(identity, country) == values


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, []),
        ({"first_name": "élodie  MARIE"}, []),
        ({"national_number": "85.07.30-033.28"}, []),
        ({"national_number": "85.07.30-033.29"}, ["national_number"]),
        ({"first_name": "Elodie Marie"}, ["first_name"]),
        (
            {"last_name": "Dupont", "birth_date": "1985-07-31"},
            ["last_name", "birth_date"],
        ),
        ({"first_name": "", "email": "x@example.org"}, []),
        ("nobody", []),
    ],
)
def test_saying_something_else_is_a_fault_at_its_field(given, wrong):
    found = differing({"applicant": given}, VALUES)
    assert found == [
        Fault(f"applicant.{name}", "differs_from_identity") for name in wrong
    ]


def test_who_has_proved_no_number_can_t_type_one():
    values = stated(NAMELESS, "BE")
    typed = {"last_name": "Suharto", "national_number": "85.07.30-033.28"}
    assert differing({"applicant": typed}, values) == [
        Fault("applicant.national_number", "differs_from_identity")
    ]
    found = completed({"applicant": typed}, values)
    assert found["applicant"]["national_number"] == ""


@pytest.mark.parametrize("given", [None, "nobody", {"email": "x@example.org"}])
def test_what_is_stated_stands_whatever_was_typed(given):
    payload = {"relation": "self", "applicant": given}
    found = completed(payload, VALUES)
    typed = given if isinstance(given, dict) else {}
    assert found == {"relation": "self", "applicant": {**typed, **VALUES}}
    assert payload["applicant"] == given
