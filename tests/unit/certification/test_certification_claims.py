"""From what a provider says of a person to who that is: table by table."""

from datetime import date
from plonegov.certification.domain.errors import SignInRefused
from plonegov.certification.domain.openid import identity_of
from plonegov.certification.domain.providers import Provider
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.proved import ProvedIdentity

import dataclasses
import pytest


PROVIDER = Provider(
    preset="generic",
    issuer="https://idp.example",
    client_id="town",
    authentication="client_secret_basic",
    secret="hidden",
    key_id="",
    scopes=("openid",),
    acr_values=("sure",),
    parameters={},
    endpoints={},
    claims={
        "first_name": "given",
        "last_name": "family",
        "national_number": "https://idp.example/number",
        "birth_date": "birthdate",
        "email": "email",
    },
    levels={"sure": AssuranceLevel.SUBSTANTIAL, "surer": AssuranceLevel.HIGH},
    level_claim="acr",
    userinfo="json",
    country="BE",
    algorithms=("RS256",),
    title={},
)
NUMBER = "https://idp.example/number"
#: A number of somebody whose birth date was not known.
DATELESS = "85000000138"
CLAIMS = {
    "sub": "s-1",
    "acr": "sure",
    "given": "Élodie  Marie ",
    "family": "Lefèvre",
    NUMBER: "85.07.30-997.34",
    "birthdate": "1985-07-30",
    "email": "elodie@Exempleville.example",
}


def identity(provider=PROVIDER, **changes):
    claims = {k: v for k, v in {**CLAIMS, **changes}.items() if v is not None}
    return identity_of(provider, claims, "openid")


def test_all_that_is_said_is_taken_over():
    assert identity() == ProvedIdentity(
        level=AssuranceLevel.SUBSTANTIAL,
        way="openid",
        first_name="Élodie Marie",
        last_name="Lefèvre",
        national_number="85073099734",
        country="BE",
        birth_date=date(1985, 7, 30),
        email="elodie@exempleville.example",
        issuer="https://idp.example",
        subject="s-1",
    )


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"acr": "surer"}, "level", AssuranceLevel.HIGH),
        ({"acr": ["pwd", "surer"]}, "level", AssuranceLevel.HIGH),
        ({"given": None}, "first_name", ""),
        ({"family": None}, "last_name", ""),
        ({NUMBER: None}, "national_number", ""),
        ({NUMBER: ""}, "country", ""),
        ({"birthdate": None}, "birth_date", date(1985, 7, 30)),
        ({"birthdate": "1985-00-00"}, "birth_date", date(1985, 7, 30)),
        ({"birthdate": "1985"}, "birth_date", date(1985, 7, 30)),
        ({"birthdate": 1985}, "birth_date", date(1985, 7, 30)),
        ({"birthdate": None, NUMBER: DATELESS}, "birth_date", None),
        ({"email": None}, "email", ""),
        ({"email": "nobody"}, "email", ""),
        ({"email": 1}, "email", ""),
        ({"email_verified": False}, "email", ""),
        ({"email_verified": True}, "email", "elodie@exempleville.example"),
    ],
)
def test_what_is_not_said_is_empty(changes, field, value):
    assert getattr(identity(**changes), field) == value


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("level_low", {"acr": None}),
        ("level_low", {"acr": "0"}),
        ("level_low", {"acr": 0}),
        ("level_low", {"acr": {"sure": 1}}),
        ("level_low", {"acr": []}),
        ("claims_wrong", {"given": None, "family": None}),
        ("claims_wrong", {"given": " ", "family": ""}),
        ("claims_wrong", {"family": ["x"]}),
        ("claims_wrong", {"family": "x" * 201}),
        ("claims_wrong", {"family": "x\u202ey"}),
        # A name alone is nobody's.
        ("claims_wrong", {"birthdate": None, NUMBER: None}),
        ("claims_wrong", {"sub": None}),
        ("claims_wrong", {"sub": ""}),
        ("claims_wrong", {"sub": 1}),
        ("number_wrong", {NUMBER: "85073099735"}),
        ("number_wrong", {NUMBER: "8507309973"}),
        ("number_wrong", {NUMBER: 85073099734}),
        ("number_wrong", {NUMBER: ["85073099734"]}),
        ("number_wrong", {NUMBER: "x" * 100}),
    ],
)
def test_what_can_not_be_believed_is_refused(reason, changes):
    with pytest.raises(SignInRefused) as caught:
        identity(**changes)
    assert caught.value.context["reason"] == reason
    assert caught.value.code == f"sign_in_{reason}"


@pytest.mark.parametrize(
    ("number", "country", "found"),
    [
        ("12345678Z", "ES", ("12345678Z", "ES")),
        ("12345678z", "es", ("12345678Z", "ES")),
        ("85073099734", None, ("85073099734", "BE")),
    ],
)
def test_the_provider_may_say_whose_number_it_is(number, country, found):
    claims = {**PROVIDER.claims, "country": "nin_country"}
    several = dataclasses.replace(PROVIDER, claims=claims)
    proved = identity(several, nin_country=country, **{NUMBER: number})
    assert (proved.national_number, proved.country) == found


@pytest.mark.parametrize("country", ["XX", "", 1, ["ES"]])
def test_a_number_of_an_unknown_country_is_refused(country):
    claims = {**PROVIDER.claims, "country": "nin_country"}
    several = dataclasses.replace(PROVIDER, claims=claims, country="")
    with pytest.raises(SignInRefused) as caught:
        identity(several, nin_country=country)
    assert caught.value.context["reason"] == "number_wrong"


def test_the_level_may_stand_in_another_claim():
    other = dataclasses.replace(PROVIDER, level_claim="amr")
    found = identity(other, acr="nothing", amr=["eid", "surer"])
    assert found.level == AssuranceLevel.HIGH
