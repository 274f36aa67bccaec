"""A citizen signs in at an identity provider, with a real browser and its pages."""

from helpers.serving import free_port
from helpers.serving import MUNICIPALITY
from helpers.serving import until
from plonegov.core.ops.files import write_private

import json
import pytest
import requests
import subprocess
import sys


SETTINGS = """
preset = "generic"
issuer = "{issuer}"
client_id = "seneffe"
client_secret = "anything"
acr_values = ["sure"]
country = "BE"
[levels]
sure = "substantial"
[claims]
national_number = "egovNRN"
[title]
fr = "Ma clé"
"""
PERSON = {
    "sub": "elodie",
    "acr": "sure",
    "given_name": "Élodie Marie",
    "family_name": "Lefèvre",
    "egovNRN": "85.07.30-997.34",
}


@pytest.fixture
def issuer(site):
    """Run a provider in a process of its own, and make it the town's."""
    port = free_port()
    program = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    person = ["--user-claims", json.dumps(PERSON)]
    file = site.home / "keys" / MUNICIPALITY / "openid.toml"
    process = subprocess.Popen([*program, *person])
    address = f"http://localhost:{port}"
    try:
        until(lambda: _answers(address), 60)
        write_private(file, SETTINGS.format(issuer=address).encode())
        yield address
    finally:
        file.unlink(missing_ok=True)
        process.terminate()
        process.wait(30)


def _answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=5).ok
    except requests.RequestException:
        return False


@pytest.mark.parametrize("width", [1280, 360])
def test_a_citizen_signs_in_orders_as_that_person_and_signs_out(issuer, window, width):
    visitor = window(width=width)
    page = visitor.page
    visitor.open("counter")
    page.click(".pg-sign-in")
    page.click("text=Ma clé")
    assert page.url.startswith(f"{issuer}/oauth2/authorize?")
    page.click("button[name='sub'][value='elodie']")
    assert visitor.path == "identity-return"
    assert "Élodie Marie Lefèvre" in visitor.main()
    assert "85.07.30" not in page.content() and "•.34" in visitor.main()
    visitor.send()
    assert page.locator(".pg-person").inner_text().startswith("Élodie Marie")
    visitor.open("counter/residence/order")
    for stated in ("Élodie Marie", "Lefèvre", "30 juillet 1985", "•.34"):
        assert stated in visitor.main()
    assert page.locator("main [name='applicant.last_name']").count() == 0
    visitor.open("logout")
    assert page.locator(".pg-sign-in").count() == 1


def test_an_answer_is_good_once(issuer, window):
    visitor = window()
    page = visitor.page
    answers = []
    page.on("request", lambda sent: answers.append(sent.url))
    visitor.open("prove-identity?way=openid")
    page.click("button[name='sub'][value='elodie']")
    [address] = [url for url in answers if "/openid-return?" in url]
    answer = page.goto(address)
    assert answer.status == 410
    assert page.locator("[role='alert']").count() == 1
