"""The card's host asks for the card and shows nothing; what is told of a card."""

from helpers.eidnginx import asking
from helpers.eidnginx import CardHolder
from helpers.eidnginx import CardNginx
from helpers.eidpki import ELODIE
from helpers.eidpki import SECRET
from helpers.eidtown import CARD
from helpers.eidtown import CITIZENS
from helpers.eidtown import COUNTRY
from helpers.eidtown import keep
from helpers.eidtown import refused
from helpers.eidtown import STRANGERS
from helpers.eidtown import who
from helpers.serving import free_port
from plonegov.core.municipality.example import TOWN
from plonegov.core.ops.home import home

import json
import logging
import pytest
import re
import requests
import socket
import ssl
import subprocess


def test_only_the_cards_host_asks_for_a_certificate(town, nginx):
    for port, asked, version in (
        (nginx.port, False, "TLSv1.3"),
        (nginx.card_port, True, "TLSv1.2"),
    ):
        said = handshake(port)
        assert ("Acceptable client certificate CA names" in said) == asked
        assert ("Citizen CA" in said) == asked
        assert ("No client certificate CA names sent" in said) != asked
        assert version in said
        resumed = re.search(r"Session-ID: \w|session ticket", said) is not None
        assert resumed != asked, said


def handshake(port):
    """Return what is told until the answer's end: tickets come after the handshake."""
    command = ["openssl", "s_client", "-ign_eof", "-connect", f"127.0.0.1:{port}"]
    ask = "GET /robots.txt HTTP/1.0\r\nHost: localhost\r\n\r\n"
    done = subprocess.run(
        command, input=ask, capture_output=True, text=True, timeout=30
    )
    return done.stdout


def test_the_cards_host_speaks_no_newer_tls(town, nginx):
    context = ssl.create_default_context(cafile=nginx.folder / "cert.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    with (
        socket.create_connection(("127.0.0.1", nginx.card_port), 20) as plain,
        pytest.raises(ssl.SSLError),
    ):
        context.wrap_socket(plain, server_hostname="localhost")


@pytest.mark.parametrize(
    "path",
    ["", "offices", "eid-card/x", "eid-card/@@offices", "prove-identity", "@users"],
)
def test_the_cards_host_shows_nothing_else(holder, nginx, path):
    citizen = holder()
    assert citizen.show(f"{nginx.card_url}/{path}") == f"{nginx.url}/"


def test_the_cards_host_takes_no_post(holder, nginx):
    citizen = holder()
    answer = requests.post(
        citizen.begin(),
        data={"a": "b"},
        verify=str(nginx.folder / "cert.pem"),
        allow_redirects=False,
        timeout=60,
    )
    assert (
        answer.headers["Location"] == f"{nginx.url}/prove-identity?refused=sign_in_away"
    )


def test_an_unknown_reason_says_nothing(holder, nginx):
    citizen = holder()
    for why in ("", "x", "limit_reached", "sign_in_over&refused=sign_in_away"):
        page = citizen.look(f"{nginx.url}/prove-identity?refused={why}")
        assert page.status_code == 200
        assert "way=eid" in page.text and "You are not signed in" not in page.text


#: Why, and the first words of what is said, by the language of the browser.
REFUSALS = {
    "sign_in_card_missing": {
        "fr": "Aucune carte",
        "nl": "Er is geen",
        "es": "No se ha",
    },
    "sign_in_card_signature": {"fr": "Vous avez", "nl": "U hebt", "es": "Ha elegido"},
    "sign_in_card_revoked": {
        "fr": "Le certificat",
        "nl": "Het certificaat",
        "es": "El cert",
    },
    "sign_in_away": {"fr": "Votre identité", "nl": "Uw identiteit", "es": "En este"},
}

WRONG = ("https://evil.example/", "//evil.example", "javascript:alert(1)", "")


def test_a_refusal_leads_to_no_other_site(holder, nginx):
    citizen = holder()
    for elsewhere in WRONG:
        query = {"refused": "sign_in_card_missing", "came_from": elsewhere}
        page = citizen.look(f"{nginx.url}/prove-identity", params=query)
        main = page.text.partition("<main")[2].partition("</main>")[0]
        for address in re.findall(r'(?:href|action)="([^"]*)"', main):
            ours = address.startswith(f"{nginx.url}/")
            assert ours or address in (nginx.url, "https://eid.belgium.be")


# --- what is told ---------------------------------------------------------------------


def test_a_way_whose_settings_are_wrong_is_not_offered(holder, nginx, caplog):
    path = home() / "keys" / TOWN / "eid.toml"
    citizen = holder()
    page = f"{nginx.url}/prove-identity"
    assert "way=eid" in citizen.look(page).text
    shown = citizen.begin()
    path.write_text(path.read_text().replace(SECRET, "short"))
    assert "way=eid" not in citizen.look(page).text
    assert "secret, found=5 characters" in caplog.text
    refused(citizen, citizen.show(shown), "can't be checked at this moment", 502)


def test_nobody_is_told_whose_card_it_was(holder, nginx, caplog):
    caplog.set_level(logging.DEBUG)
    citizen = holder()
    seen = [citizen.begin()]
    seen.append(citizen.show(seen[-1]))
    answer = citizen.confirm(citizen.look(seen[-1]))
    seen += [
        answer.url,
        json.dumps(citizen.main.cookies.get_dict()),
        who(citizen)["user"],
    ]
    keep(CITIZENS, CITIZENS.crl(CARD))
    seen.append(citizen.show(citizen.begin()))
    seen.append(caplog.text)
    seen += [file.read_text() for file in nginx.folder.glob("*.log")]
    for folder in ("codes", "limits", "audit", "log"):
        files = (home() / folder).rglob("*")
        seen += [file.read_text("latin-1") for file in files if file.is_file()]
    assert "card_revoked" in caplog.text
    for text in seen:
        for secret in (
            ELODIE.number,
            "Lefèvre",
            "Lef%C3",
            "lodie",
            SECRET,
            CARD.serial,
            CARD.pem.decode()[60:90],
        ):
            assert secret not in text
    assert any("/eid-card" in text for text in seen)


@pytest.mark.parametrize("language", ["fr", "nl", "es"])
def test_refusals_are_told_in_the_persons_language(holder, nginx, language):
    citizen = holder(None)
    citizen.main.headers["Accept-Language"] = language
    page = citizen.look(citizen.show(citizen.begin()))
    assert f'lang="{language}"' in page.text
    for why, words in REFUSALS.items():
        page = citizen.look(f"{nginx.url}/prove-identity?refused={why}")
        summary = page.text.partition('id="error-summary-title"')[2]
        assert re.search(f"<p *>{words[language]}", summary)


def test_a_town_that_asks_for_no_cards_has_no_place_for_them(holder, nginx):
    (home() / "keys" / TOWN / "eid.toml").rename(home() / "keys" / TOWN / "eid.off")
    citizen = holder()
    assert citizen.look(f"{nginx.url}/eid-card?code=x").status_code == 404
    away = f"{nginx.url}/prove-identity?refused=sign_in_away"
    assert citizen.show(f"{nginx.card_url}/eid-card?code=x") == away
    assert citizen.look(f"{nginx.url}/prove-identity?way=eid").status_code == 404
    (home() / "keys" / TOWN / "eid.off").rename(home() / "keys" / TOWN / "eid.toml")


def test_a_server_that_is_down_leads_back_to_the_site(holder, nginx, tmp_path):
    down = CardNginx(tmp_path, free_port(), COUNTRY, "plone")
    with asking(down):
        citizen = CardHolder(down, CARD)
        for card in (CARD, STRANGERS.citizens.card()):
            citizen.card = card
            away = f"{down.url}/prove-identity?refused=sign_in_away"
            assert citizen.show(f"{down.card_url}/eid-card?code=x") == away
