"""Headers that somebody forges sign nobody in as another."""

from helpers.eidnginx import asking
from helpers.eidnginx import CardHolder
from helpers.eidnginx import CardNginx
from helpers.eidpki import SECRET
from helpers.eidpki import write_settings
from helpers.eidtown import CARD
from helpers.eidtown import COUNTRY
from helpers.eidtown import headers_of
from helpers.eidtown import refused
from helpers.eidtown import VICTIM
from helpers.eidtown import without_secret
from plonegov.core.municipality.example import TOWN
from plonegov.core.ops.home import home
from urllib.parse import quote

import http.client
import pytest
import requests


def straight(town, functional, headers):
    """Ask Zope itself, past nginx; return where one is sent."""
    url = f"http://localhost:{functional['port']}/plone/eid-card"
    session = requests.Session()
    prepared = requests.Request("GET", url, params={"code": "x"}).prepare()
    prepared.headers.update(headers)
    answer = session.send(prepared, allow_redirects=False, timeout=60)
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_headers_straight_to_zope_need_the_secret(town, functional):
    assert "refused=sign_in_over" in straight(town, functional, headers_of(VICTIM))
    for headers in (
        {},
        without_secret(headers_of(VICTIM)),
        headers_of(VICTIM, secret=SECRET[:-1]),
        headers_of(VICTIM, secret=f"{SECRET}, {SECRET}"),
        headers_of(VICTIM, secret="é" * 40),
        {name.replace("-", "_"): one for name, one in headers_of(VICTIM).items()},
        without_secret(headers_of(VICTIM)) | {"X_Eid_Secret": SECRET},
    ):
        assert "refused=sign_in_card_forged" in straight(
            town, functional, encoded(headers)
        )


def encoded(headers):
    return {name: value.encode() for name, value in headers.items()}


def test_another_address_is_no_proxy(town, functional):
    path = home() / "keys" / TOWN / "eid.toml"
    path.write_text(path.read_text().replace("127.0.0.1", "192.0.2.7"))
    path.write_text(path.read_text().replace("::1", "192.0.2.8"))
    assert "refused=sign_in_card_forged" in straight(
        town, functional, headers_of(VICTIM)
    )


@pytest.mark.parametrize(
    "change",
    [
        {"verify": "NONE"},
        {"verify": "FAILED:unable to get issuer certificate"},
        {"verify": "SUCCESS, SUCCESS"},
        {"verify": ""},
        {"certificate": ""},
        {"certificate": "x" * 30_000},
        {"certificate": quote((VICTIM.pem + CARD.pem).decode(), "")},
        {"certificate": quote(VICTIM.pem.decode()[:-40], "")},
        {"certificate": quote(CARD.pem.decode(), "")},
        {"fingerprint": CARD.fingerprint},
        {"fingerprint": ""},
        {"fingerprint": f"{VICTIM.fingerprint}, {VICTIM.fingerprint}"},
        {"serial": CARD.serial},
        {"serial": ""},
        {"serial": f"{VICTIM.serial}, {VICTIM.serial}"},
    ],
)
def test_what_nginx_says_must_agree(holder, functional, change):
    citizen = holder()
    code = citizen.begin().partition("?")[2]
    url = f"http://localhost:{functional['port']}/plone/eid-card?{code}"
    answer = requests.get(
        url,
        headers=headers_of(VICTIM, **change),
        allow_redirects=False,
        timeout=60,
    )
    assert "/prove-identity?refused=sign_in_card_" in answer.headers["Location"]


@pytest.mark.parametrize("twice", sorted(headers_of(VICTIM)))
def test_a_header_that_comes_twice_is_forged(holder, functional, twice):
    code = holder().begin().partition("?")[2]
    connection = http.client.HTTPConnection("localhost", functional["port"], timeout=60)
    connection.putrequest("GET", f"/plone/eid-card?{code}")
    for name, value in headers_of(VICTIM).items():
        connection.putheader(name, value)
    connection.putheader(twice, headers_of(VICTIM)[twice])
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 303
    assert "/prove-identity?refused=sign_in_card_" in answer.headers["Location"]
    connection.close()


def test_the_same_headers_once_are_accepted(holder, functional):
    code = holder().begin().partition("?")[2]
    answer = requests.get(
        f"http://localhost:{functional['port']}/plone/eid-card?{code}",
        headers=headers_of(VICTIM),
        allow_redirects=False,
        timeout=60,
    )
    assert "/identity-return?code=" in answer.headers["Location"]


@pytest.mark.parametrize("dash", ["-", "_"])
@pytest.mark.parametrize("host", ["card", "main"])
def test_nginx_takes_no_header_from_a_browser(holder, nginx, host, dash):
    citizen = holder(None)
    address = citizen.begin()
    headers = {
        name.replace("-", dash): value for name, value in headers_of(VICTIM).items()
    }
    if host == "card":
        address = citizen.show(address, headers)
        refused(citizen, address, "No identity card was read.")
    else:
        query = address.partition("?")[2]
        address = citizen.go(f"{nginx.url}/eid-card?{query}", headers=headers)
        refused(citizen, address, "did not come by the way")


@pytest.mark.parametrize(
    "forgotten", ["Secret", "Verify", "Certificate", "Fingerprint", "Serial"]
)
def test_a_host_that_forgot_a_header_lets_nobody_in_as_another(
    town, functional, tmp_path, forgotten
):
    nginx = CardNginx(
        tmp_path, functional["port"], COUNTRY, "plone", f"X-Eid-{forgotten}"
    )
    write_settings(home(), TOWN, COUNTRY.authorities, nginx.card_url)
    forged = without_secret(headers_of(VICTIM))
    with asking(nginx):
        for card in (CARD, None):
            citizen = CardHolder(nginx, card)
            for headers in (
                {},
                forged,
                *({name: value} for name, value in forged.items()),
            ):
                address = citizen.show(citizen.begin(), headers)
                if "/identity-return?" in address:  # as oneself, by the own card
                    assert card is CARD and forgotten == "Verify"
                    assert "Lefèvre" in citizen.look(address).text
                else:
                    assert "/prove-identity?refused=sign_in_card_" in address
