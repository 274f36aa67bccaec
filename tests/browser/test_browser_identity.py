"""A citizen proves who she is in the middle of an order, and orders as herself."""

from helpers.identityscreens import HIDDEN
from helpers.identityscreens import NAME
from helpers.identityscreens import proved
from helpers.serving import until
from helpers.visitor import Citizen
from helpers.visitor import Clerk
from helpers.visitor import PURPOSE
from plonegov.certification.adapters.demoway import PERSONS

import pytest


MAIL = "elodie@exempleville.example"
ELODIE = PERSONS["elodie"]


@pytest.fixture
def citizen(window):
    return window(Citizen, width=360)


def test_who_proves_it_half_way_loses_nothing_and_gets_the_file(citizen, window):
    page = citizen.page
    citizen.open("counter/residence/order")
    citizen.choose("relation", "self")
    citizen.fill({"applicant.first_name": "Fausta", "applicant.email": MAIL})
    page.click("main button[name='prove']")
    assert citizen.path == "prove-identity"
    proved(citizen)
    assert citizen.path == "counter/residence/order/who"
    assert page.is_checked("[name='relation'][value='self']")
    assert page.input_value("[name='applicant.email']") == MAIL
    for stated in ("Élodie Marie", "Lefèvre", "30 juillet 1985", HIDDEN):
        assert stated in citizen.main()
    assert page.locator("main [name='applicant.first_name']").count() == 0
    assert page.locator("main button[name='prove']").count() == 0
    citizen.send()
    citizen.choose("delivery", "download")
    citizen.send()
    citizen.fill({"form.widgets.purpose": PURPOSE})
    citizen.send()
    assert "Élodie Marie" in citizen.main()
    assert "Fausta" not in citizen.main()
    citizen.send()
    assert citizen.path == "counter/thanks"
    reference = page.locator(".pg-reference").first.inner_text().replace("-", "")
    check_what_the_clerk_sees(window(Clerk), reference)
    citizen.open("my-orders")
    assert reference in citizen.main().replace("-", "")


def check_what_the_clerk_sees(clerk, reference):
    clerk.open()
    clerk.sign_in("clerk")
    clerk.open(f"counter/{reference}")
    seen = clerk.main()
    assert "Identité prouvée (niveau élevé)" in seen
    for stated in ("Élodie Marie", "Lefèvre"):
        assert stated in seen


def test_enter_goes_on_instead_of_asking_for_a_proof(citizen):
    citizen.open("counter/residence/order")
    citizen.page.press("[name='applicant.first_name']", "Enter")
    citizen.page.wait_for_selector("#error-summary")
    assert citizen.path == "counter/residence/order/who"


@pytest.fixture
def order_by_rest(citizen):
    """Return a function that orders over REST as who has signed in with a proof."""
    citizen.open("prove-identity")
    proved(citizen)
    token = citizen.page.evaluate(
        "document.querySelector('[name=_authenticator]')?.value || ''"
    )

    def send(**applicant):
        return citizen.page.request.post(
            f"{citizen.site.url}/@orders",
            headers={"Accept": "application/json", "X-CSRF-TOKEN": token},
            data={
                "document": "residence",
                "language": "fr",
                "relation": "self",
                "applicant": {"email": MAIL, **applicant},
                "delivery": "download",
                "answers": {"purpose": PURPOSE},
            },
        )

    return send


def test_over_rest_a_proof_is_taken_over_too(order_by_rest):
    answer = order_by_rest(national_number="85.07.30-997.34")
    assert answer.status == 201, answer.text()


def test_over_rest_nothing_else_can_be_said(order_by_rest):
    answer = order_by_rest(first_name="Fausta", national_number="85.07.30-033.28")
    assert answer.status == 400
    found = {error["field"]: error["message"] for error in answer.json()["errors"]}
    assert set(found) == {"applicant.first_name", "applicant.national_number"}
    assert ELODIE.national_number not in answer.text()


def test_a_name_in_the_page_s_head_leads_out_again(citizen):
    citizen.open("prove-identity")
    proved(citizen)
    assert NAME in citizen.page.inner_text(".pg-person")
    citizen.page.click(".pg-person a[href$='/logout']")
    until(lambda: citizen.page.locator(".pg-person a[href$='/login']").count() == 1)
