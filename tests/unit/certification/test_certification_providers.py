"""The files that describe an identity provider: presets, the town's own, both at once."""

from pathlib import Path
from plonegov.certification.domain.errors import REASONS
from plonegov.certification.domain.errors import refusal_of
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.domain.errors import SignInAway
from plonegov.certification.domain.errors import SignInOver
from plonegov.certification.domain.errors import SignInRefused
from plonegov.certification.domain.providers import ALGORITHMS
from plonegov.certification.domain.providers import is_safe
from plonegov.certification.domain.providers import LANGUAGES
from plonegov.certification.domain.providers import preset_of
from plonegov.certification.domain.providers import provider_of
from plonegov.certification.domain.settings import Refuser
from plonegov.core.identity.levels import AssuranceLevel

import plonegov.certification
import pytest
import tomllib


FOLDER = Path(plonegov.certification.__file__).parent / "providers"
PRESETS = {
    path.stem: tomllib.loads(path.read_text()) for path in sorted(FOLDER.glob("*.toml"))
}
WRONG_FILE = Refuser("openid.toml")
OWN = {"client_id": "town", "client_secret": "hidden-canary"}
#: What only the town can know, by preset.
NEEDED = {
    "generic": {
        "issuer": "https://idp.example",
        "acr_values": ["sure"],
        "levels": {"sure": "substantial"},
    },
    "itsme": {
        "issuer": "https://idp.example/v2",
        "service_code": "TOWN_LOGIN",
        "client_key": "openid.pem",
    },
}
HIGH, SUBSTANTIAL = AssuranceLevel.HIGH, AssuranceLevel.SUBSTANTIAL
FAS = "urn:be:fedict:iam:fas:Level"


def provider(preset="fas", **own):
    own = {**OWN, **NEEDED.get(preset, {}), **own}
    own = {key: value for key, value in own.items() if value is not None}
    return provider_of(own, PRESETS[preset], WRONG_FILE, lambda name: f"PEM of {name}")


def test_there_are_these_presets():
    assert sorted(PRESETS) == ["acm", "fas", "generic", "itsme"]


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_a_preset_needs_what_only_the_town_knows(preset):
    found = provider(preset)
    assert "openid" in found.scopes
    assert found.surest in (HIGH, SUBSTANTIAL)
    assert set(found.title) == set(LANGUAGES)
    assert found.claims["last_name"]
    assert not {"none", "HS256"} & set(found.algorithms)
    assert "canary" not in repr(found)
    for name in NEEDED.get(preset, {}):
        if name != "levels":
            with pytest.raises(SettingsWrong) as caught:
                provider(preset, **{name: None})
            assert caught.value.context["key"] == name


def test_the_federal_service_is_known_without_being_asked():
    found = provider()
    assert found.endpoints == {
        "authorization": "https://idp.iamfas.belgium.be/fas/oauth2/authorize",
        "token": "https://idp.iamfas.belgium.be/fas/oauth2/access_token",
        "userinfo": "https://idp.iamfas.belgium.be/fas/oauth2/userinfo",
        "keys": "https://idp.iamfas.belgium.be/fas/oauth2/connect/jwk_uri",
    }
    test = provider(issuer="https://idp.iamfas.int.belgium.be/fas/oauth2")
    assert test.endpoints["token"].startswith("https://idp.iamfas.int.belgium.be/")


def test_the_towns_file_wins_key_by_key():
    found = provider(
        levels={f"{FAS}450": "high"},
        claims={"first_name": "voornaam"},
        acr_values=[f"{FAS}500", f"{FAS}450"],
        title={"fr": "Ma clé"},
        parameters={"prompt": "login"},
    )
    assert found.levels == {f"{FAS}500": HIGH, f"{FAS}450": HIGH}
    assert found.claims["first_name"] == "voornaam"
    assert found.claims["last_name"] == "surname"
    assert (found.title["fr"], found.title["nl"][:5]) == ("Ma clé", "itsme")
    assert found.parameters == {"prompt": "login"}


def test_the_services_code_stands_in_the_scope():
    found = provider("itsme")
    assert "service:TOWN_LOGIN" in found.scopes
    assert "BENationalNumber" in found.parameters["claims"]
    assert found.secret == "PEM of openid.pem"


WRONG = [
    ("nonsense", {"nonsense": 1}),
    ("issuer", {"issuer": "http://idp.example"}),
    ("issuer", {"issuer": 1}),
    ("client_id", {"client_id": " "}),
    ("client_id", {"client_id": None}),
    ("client_secret", {"client_secret": None}),
    ("client_secret", {"client_secret": ["hidden-canary"]}),
    ("client_key", {"authentication": "private_key_jwt"}),
    ("authentication", {"authentication": "none"}),
    ("authentication", {"authentication": ["client_secret_basic"]}),
    ("scopes", {"scopes": ["profile"]}),
    ("scopes", {"scopes": "openid"}),
    ("acr_values", {"acr_values": [f"{FAS}100"]}),
    ("acr_values", {"acr_values": []}),
    ("levels", {"levels": {f"{FAS}450": "account"}}),
    ("levels", {"levels": [1]}),
    ("userinfo", {"userinfo": "xml"}),
    ("country", {"country": "Belgium"}),
    ("country", {"preset": "generic", "claims": {"national_number": "nin"}}),
    ("algorithms", {"algorithms": ["none"]}),
    ("algorithms", {"algorithms": ["RS256", "HS256"]}),
    ("algorithms", {"algorithms": []}),
    ("claims", {"claims": {"nickname": "nickname"}}),
    ("claims", {"claims": {"email": 1}}),
    ("endpoints", {"endpoints": {"logout": "https://idp.example"}}),
    ("endpoints.token", {"endpoints": {"token": "http://idp.example/token"}}),
    ("endpoints.keys", {"endpoints": {"keys": "file:///etc/passwd"}}),
    ("parameters", {"parameters": {"redirect_uri": "https://evil.example"}}),
    ("parameters", {"parameters": {"state": "x"}}),
    ("parameters", {"parameters": {"acr_values": "x"}}),
    ("title", {"title": {"de": "x"}}),
]


@pytest.mark.parametrize(("key", "own"), WRONG)
def test_what_is_wrong_is_told_by_its_key(key, own):
    with pytest.raises(SettingsWrong) as caught:
        provider(**{"preset": "fas", **own})
    context = caught.value.context
    assert (context["file"], context["key"]) == ("openid.toml", key)
    assert context["allowed"] and context["found"]
    assert "canary" not in str(context)


def test_a_preset_is_one_of_those_there_are():
    assert preset_of({}, ["generic"], WRONG_FILE) == "generic"
    assert preset_of({"preset": "fas"}, ["fas"], WRONG_FILE) == "fas"
    for name in ("../fas", "", 1, ["fas"]):
        with pytest.raises(SettingsWrong):
            preset_of({"preset": name}, ["fas"], WRONG_FILE)


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://idp.example", True),
        ("https://idp.example:8443/fas/oauth2?x=1", True),
        ("http://localhost:9400", True),
        ("http://127.0.0.1/x", True),
        ("http://[::1]:80/x", True),
        ("http://idp.example", False),
        ("http://localhost.idp.example", False),
        ("https://", False),
        ("https://idp.example/#x", False),
        ("https://idp.example/a b", False),
        ("https://[idp", False),
        ("javascript:alert(1)", False),
        ("//idp.example", False),
        ("", False),
        (None, False),
    ],
)
def test_addresses_are_those_of_https(address, safe):
    assert is_safe(address) is safe


@pytest.mark.parametrize(
    ("asked", "said", "level"),
    [
        (["450"], ["450"], SUBSTANTIAL),
        (["450"], ["500"], HIGH),
        (["500"], ["450"], None),
        (["500"], ["500"], HIGH),
        (["500", "450"], ["450"], SUBSTANTIAL),
        (["450"], ["400"], None),
        (["450"], [], None),
        (["450"], ["eid", "500"], HIGH),
        (["450"], ["500", "450"], SUBSTANTIAL),
        (["500"], ["500", "450"], None),
    ],
)
def test_the_level_is_the_tables_and_not_below_what_was_asked(asked, said, level):
    found = provider(acr_values=[f"{FAS}{value}" for value in asked])
    assert found.reached([f"{FAS}{value}" for value in said]) == level


def test_every_signature_is_by_a_key_that_only_the_provider_has():
    assert {name[:2] for name in ALGORITHMS} == {"RS", "PS", "ES"}


def test_an_address_brings_only_codes_of_refusals():
    for reason in REASONS:
        error = refusal_of(f"sign_in_{reason}")
        assert isinstance(error, SignInRefused) and error.context["reason"] == reason
    assert isinstance(refusal_of("sign_in_away"), SignInAway)
    assert isinstance(refusal_of("sign_in_over"), SignInOver)
    assert refusal_of("sign_in_way_unknown").status == 404
    assert refusal_of("limit_reached") is None
    assert refusal_of("") is None
