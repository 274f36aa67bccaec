"""How the town's identity provider is set up, and what is known of it."""

from datetime import datetime
from datetime import timedelta
from helpers.openidsite import write_settings
from helpers.provider import LEVEL
from helpers.provider import LEVEL_HIGH
from helpers.provider import provider
from helpers.provider import settings
from joserfc.jwk import ECKey
from plonegov.certification.adapters.openidknown import KnownFile
from plonegov.certification.adapters.openidknown import OLDEST
from plonegov.certification.adapters.openidsettings import settings_path
from plonegov.certification.adapters.openidway import OpenIdWay
from plonegov.certification.api import openid
from plonegov.certification.api import signin
from plonegov.certification.domain.errors import SignInAway
from plonegov.certification.interfaces import ISignInWay
from plonegov.certification.openidjobs import FetchOpenId
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.municipality.example import FACTS
from plonegov.core.municipality.example import TOWN
from plonegov.core.ops.home import home
from plonegov.core.ops.interfaces import IJob
from plonegov.core.testing import set_facts
from zope.component import getUtility
from zope.globalrequest import getRequest
from zope.interface.verify import verifyObject

import json
import pytest
import stat
import time_machine
import transaction


def test_the_way_and_the_job_are_what_they_promise(fas, portal):
    assert verifyObject(ISignInWay, getUtility(ISignInWay, "openid"))
    name = "plonegov.certification.fetch_openid"
    assert verifyObject(IJob, getUtility(IJob, name))


def test_a_town_without_a_provider_has_no_such_way(home_of_keys, portal, browser):
    assert not OpenIdWay().is_ready()
    assert openid.setup(ask=True) is None
    assert FetchOpenId().run(portal) is None
    assert browser.begin().status_code == 404


def test_the_way_has_the_name_and_the_level_that_the_town_wrote(fas, portal):
    more = settings(fas, acr_values=[LEVEL, LEVEL_HIGH])
    write_settings(f"{more}[title]\nfr = 'Avec itsme'\n")
    assert OpenIdWay().level() == AssuranceLevel.HIGH
    for language, title in (("fr", "Avec itsme"), ("nl", "itsme of een andere")):
        getRequest().set("LANGUAGE", language)
        assert OpenIdWay().title.startswith(title)
    assert "openid" in dict(signin.ready_ways())


def test_people_return_to_the_stated_address(fas, portal, browser):
    set_facts(portal, FACTS | {"site_url": "https://www.exempleville.example/"})
    transaction.commit()
    browser.get(browser.begin().headers["Location"])
    address = "https://www.exempleville.example/openid-return"
    assert fas.asked["redirect_uri"] == address


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("client_id =", {"key": "text", "allowed": "TOML"}),
        ("client_id = 1\n", {"key": "client_id"}),
        ("secret = 'canary'\n", {"key": "secret", "found": "not known"}),
        (
            "preset = 'nowhere'\n",
            {"found": "nowhere", "allowed": "acm, fas, generic, itsme"},
        ),
        ("preset = '../fas'\n", {"key": "preset"}),
        ("preset = 'fas'\nclient_id = 'x'\n", {"key": "client_secret"}),
    ],
)
def test_a_file_that_is_wrong_is_told_to_who_looks_after_it(
    home_of_keys, portal, browser, text, wrong
):
    write_settings(text)
    found = openid.setup()
    assert found.wrong["file"] == str(settings_path(TOWN))
    assert wrong.items() <= found.wrong.items()
    assert "canary" not in str(found.wrong)
    # The site goes on without this way.
    assert browser.begin().status_code == 404
    assert "openid.toml" not in browser.get(f"{browser.site}/prove-identity").text


@pytest.mark.parametrize("file", ["openid.toml", "openid.pem"])
def test_files_that_others_may_read_are_refused(fas, portal, browser, file):
    key = ECKey.generate_key("P-256").as_pem(private=True)
    more = {"authentication": "private_key_jwt", "client_key": "openid.pem"}
    write_settings(settings(fas, **more), pem=key)
    assert OpenIdWay().is_ready()
    settings_path(TOWN).with_name(file).chmod(0o640)
    assert not OpenIdWay().is_ready()
    wrong = openid.setup().wrong
    assert (wrong["key"], wrong["found"]) == ("mode", "0640")
    assert wrong["file"].endswith(file)
    assert browser.begin().status_code == 404


@pytest.mark.parametrize("name", ["absent.pem", "../x.pem", "current", "/etc/passwd"])
def test_the_key_is_a_file_beside_the_settings(fas, portal, name):
    more = {"authentication": "private_key_jwt", "client_key": name}
    write_settings(settings(fas, **more))
    assert openid.setup().wrong["key"] == "client_key"


@pytest.mark.parametrize(
    "pem",
    [
        b"nothing",
        ECKey.generate_key("P-384").as_pem(private=True),
        ECKey.generate_key("P-256").as_pem(private=False),
    ],
)
def test_a_key_that_can_not_sign_is_told(fas, portal, browser, pem):
    more = {"authentication": "private_key_jwt", "client_key": "openid.pem"}
    write_settings(settings(fas, **more), pem=pem)
    assert "a private key of RSA" in openid.setup().wrong["allowed"]
    gone = browser.come_back()
    assert "refused=sign_in_away" in gone.headers["Location"]


def test_who_looks_after_the_machine_sees_how_it_stands(fas, portal):
    found = openid.setup()
    assert (found.preset, found.issuer, found.wrong) == ("fas", fas.issuer, None)
    assert found.return_address == f"{portal.absolute_url()}/openid-return"
    assert found.fetched_hours is None
    assert openid.setup(ask=True).away == ""
    assert fas.calls == ["jwk_uri"]
    with time_machine.travel(timedelta(hours=5).total_seconds() + _now()):
        assert 4.9 < openid.setup().fetched_hours < 5.1
    fas.keys = ["nonsense"]
    assert openid.setup(ask=True).away == "no keys"


def _now():
    from plonegov.core.api import now

    return now().timestamp()


def test_what_is_known_is_a_private_file(fas, portal):
    assert FetchOpenId().run(portal) == "fetched"
    path = home() / "openid" / TOWN / "known.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "client" not in path.read_text()


def test_the_job_fails_where_the_provider_is_away(home_of_keys, portal):
    with provider() as stub:
        write_settings(settings(stub))
    with pytest.raises(SignInAway):
        FetchOpenId().run(portal)


def test_other_settings_make_what_was_known_worthless(fas, portal):
    openid.fetch()
    file = KnownFile(TOWN)
    theirs = openid.load_provider(TOWN)
    assert file.read(theirs).issuer == fas.issuer
    write_settings(settings(fas) + f"[endpoints]\nkeys = '{fas.issuer}/x/jwk_uri'\n")
    assert file.read(openid.load_provider(TOWN)) is None
    file.path.write_text("{}")
    assert file.read(theirs) is None


def test_keys_that_are_too_old_are_not_trusted(fas, browser):
    address = browser.prove()
    file = KnownFile(TOWN)
    plain = json.loads(file.path.read_text())
    plain["keys"], later = [], timedelta(minutes=1) + OLDEST
    plain["fetched"] = (openid.now() - later).isoformat()
    file.path.write_text(json.dumps(plain))
    browser.forget_when_it_was_asked()
    fas.calls.clear()
    assert browser.get(address).headers["Location"].count("identity-return")
    assert fas.calls == ["jwk_uri", "access_token", "userinfo"]


def standard(stub, **changes):
    """Let a stub have a discovery document, with changes."""
    names = {"jwks_uri": "jwk_uri", "token_endpoint": "access_token"}
    names |= {"authorization_endpoint": "authorize", "userinfo_endpoint": "userinfo"}
    found = {key: f"{stub.issuer}/{name}" for key, name in names.items()}
    stub.discovery = {"issuer": stub.issuer, **found, **changes}
    text = settings(stub, preset="generic", acr_values=[LEVEL])
    write_settings(f'{text}[levels]\n"{LEVEL}" = "high"\n')


@pytest.mark.parametrize(
    ("changes", "away"),
    [
        ({}, ""),
        ({"issuer": "https://idp.example"}, "discovery: issuer"),
        ({"token_endpoint": "http://idp.example/token"}, "discovery: token"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "discovery: authorization"),
        ({"userinfo_endpoint": None}, "discovery: userinfo"),
        ({"jwks_uri": ["x"]}, "discovery: keys"),
    ],
)
def test_a_discovery_document_is_looked_at(fas, portal, browser, changes, away):
    standard(fas, **changes)
    assert openid.setup(ask=True).away == away
    assert browser.begin().status_code == (502 if away else 303)


def test_a_provider_that_redirects_is_not_followed(fas, portal):
    more = (
        "[endpoints]\nkeys = '{issuer}/authorize?state=x&redirect_uri=http://localhost'"
    )
    write_settings(settings(fas) + more)
    assert openid.setup(ask=True).away == "HTTP 302"


def test_a_provider_that_was_away_is_asked_once_a_minute(home_of_keys, browser):
    with provider() as stub:
        write_settings(settings(stub))
    assert browser.begin().status_code == 502
    with provider() as other:
        # Another one is asked at once.
        write_settings(settings(other))
        assert browser.begin().status_code == 303
        file = KnownFile(TOWN)
        file.path.unlink()
        assert browser.begin().status_code == 502
        assert other.calls == ["jwk_uri"]
        asked, when = file.tried.read_text().split()
        earlier = datetime.fromisoformat(when) - timedelta(seconds=61)
        file.tried.write_text(f"{asked} {earlier.isoformat()}")
        assert browser.begin().status_code == 303
