"""The self-test says whether forged headers reach the site: a real nginx before it."""

from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from helpers.eidnginx import asking
from helpers.eidnginx import CardNginx
from helpers.eidpki import write_settings
from helpers.eidtown import COUNTRY
from plonegov.certification.adapters import identitywords as words
from plonegov.certification.adapters.selftest import HEADERS
from plonegov.core.api import municipality
from plonegov.core.municipality.example import TOWN
from plonegov.core.ops.findings import State
from plonegov.core.ops.home import home
from plonegov.core.ops.interfaces import IHealthCheck
from zope.component import getUtility
from zope.interface.verify import verifyObject

import pytest
import requests


@pytest.fixture
def check():
    return getUtility(IHealthCheck, name="plonegov.certification.identity")


@pytest.fixture
def trusting(nginx, monkeypatch):
    """The machine trusts the web server's certificate."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(nginx.folder / "cert.pem"))


def found(check, url, moment=None):
    """Return the findings of the probe by the last word of their ids."""
    town = replace(municipality(), site_url=url)
    seen = check.probe(town, moment or datetime.now(UTC))
    return {each.id.rpartition(".")[2]: each for each in seen}


def test_the_configuration_of_the_manual_takes_all_away(town, nginx, trusting, check):
    assert verifyObject(IHealthCheck, check)
    seen = found(check, nginx.url)
    states = {name: each.state for name, each in seen.items()}
    assert states == dict.fromkeys(("proxy_site", "proxy_card", "clock"), State.OK)
    assert seen["proxy_site"].seen.mapping["url"].startswith(nginx.url)
    assert seen["proxy_card"].seen.mapping["url"].startswith(nginx.card_url)


@pytest.mark.parametrize("forgotten", HEADERS)
def test_a_header_that_the_card_s_host_forgot_is_named(
    town, nginx, functional, check, tmp_path, monkeypatch, forgotten
):
    careless = CardNginx(tmp_path, functional["port"], COUNTRY, "plone", forgotten)
    write_settings(home(), TOWN, COUNTRY.authorities, careless.card_url)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "cert.pem"))
    with asking(careless):
        seen = found(check, careless.url)
    assert seen["proxy_site"].state is State.OK
    assert seen["proxy_card"].state is State.BAD
    assert seen["proxy_card"].seen.mapping["headers"] == forgotten
    assert seen["proxy_card"].remedy == words.ARRIVED_REMEDY


@pytest.mark.parametrize("cards", [True, False])
def test_without_a_proxy_all_arrive(town, functional, check, cards):
    if not cards:
        (home() / "keys" / TOWN / "eid.toml").rename(home() / "eid.toml")
    url = f"http://{functional['host']}:{functional['port']}/plone"
    try:
        seen = found(check, url)
    finally:
        if not cards:
            (home() / "eid.toml").rename(home() / "keys" / TOWN / "eid.toml")
    assert seen["proxy_site"].state is (State.BAD if cards else State.SOON)
    assert seen["proxy_site"].seen.mapping["headers"] == ", ".join(HEADERS)


def test_what_the_web_server_says_itself_is_told_to_nobody(town, nginx):
    answer = requests.get(
        f"{nginx.card_url}/eid-card?selftest=1",
        verify=str(nginx.folder / "cert.pem"),
        timeout=60,
    )
    assert answer.json() == {"arrived": []}
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_address_that_can_t_be_reached_is_red(town, check):
    seen = found(check, "https://localhost:1")
    assert seen["proxy_site"].state is State.BAD
    assert seen["proxy_site"].remedy == words.UNTRIED_REMEDY
    assert "clock" not in seen


def test_a_certificate_that_the_machine_does_not_trust_is_red(town, nginx, check):
    assert found(check, nginx.url)["proxy_site"].seen.mapping["why"] == "SSLError"


def test_a_town_without_a_public_address_is_not_tried(town, check):
    assert found(check, "") == {}


def test_a_clock_that_is_wrong_is_red(town, nginx, trusting, check):
    late = datetime.now(UTC) + timedelta(minutes=2)
    clock = found(check, nginx.url, late)["clock"]
    assert clock.state is State.BAD
    assert 100 <= clock.seen.mapping["seconds"] <= 140


def test_cards_and_their_lists_are_looked_at(town, check):
    seen = check.look(town)
    assert {each.state for each in seen} == {State.OK}
    names = [each.id.rpartition(".")[2] for each in seen]
    assert names[0] == "cards" and names[-1] == "provider"
    assert len(names) == 2 + len(COUNTRY.authorities)


def test_a_list_that_is_missing_is_red(town, check):
    for file in (home() / "crl" / TOWN).iterdir():
        file.unlink()
    states = [each.state for each in check.look(town)]
    assert states.count(State.BAD) == len(COUNTRY.authorities)


def test_wrong_settings_are_red(town, check):
    path = home() / "keys" / TOWN / "eid.toml"
    path.write_text("url = 7\n")
    cards = check.look(town)[0]
    assert (cards.state, cards.remedy) == (State.BAD, words.CARDS_REMEDY)
    assert found(check, "") == {}


def test_a_town_without_cards_and_provider_is_in_order(portal, check):
    assert [each.seen for each in check.look(portal)] == [
        words.NO_CARDS,
        words.NO_PROVIDER,
    ]
