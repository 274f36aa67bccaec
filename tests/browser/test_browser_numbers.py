"""National numbers go in by each way there is, and stand nowhere in clear."""

from helpers import sealedorder
from helpers.identityscreens import proved
from helpers.numberscan import NumberScan
from helpers.visitor import Citizen
from helpers.visitor import Clerk
from helpers.visitor import WHO
from plonegov.certification.adapters.demoway import PERSONS

import pytest
import requests


TYPED = WHO["applicant.national_number"]
#: Its check digits are wrong: it is refused, and is no less somebody's.
MISTYPED = "85.07.30-033.29"
ENTRY = {
    "document": "residence",
    "language": "fr",
    "relation": "self",
    "delivery": "counter",
    "answers": {"purpose": "École"},
}


def digits(number):
    return "".join(filter(str.isdigit, number))


@pytest.fixture
def order(window, site):
    """A citizen types a number, first wrongly; the clerk makes and seals the document."""
    citizen = window(Citizen)
    citizen.open("counter/residence/order")
    citizen.fill({**WHO, "applicant.national_number": MISTYPED})
    citizen.choose("relation", "self")
    citizen.send()
    citizen.page.wait_for_selector("#error-summary")
    citizen.fill_up_to_check("numbers@exempleville.example", "fr")
    citizen.send()
    assert citizen.path == "counter/thanks"
    reference = citizen.page.locator(".pg-reference").first.inner_text()
    return reference.replace("-", "")


def seal(clerk, reference):
    clerk.open()
    clerk.sign_in("clerk")
    clerk.open(f"counter/{reference}")
    clerk.do("take")
    sealedorder.confirm(clerk)
    clerk.do("register_address")
    clerk.do("seal")


def wander(window):
    """Save a draft with a number, sign in with two, and give one in addresses."""
    citizen = window(Citizen, width=360)
    citizen.open("counter/residence/order")
    citizen.choose("relation", "self")
    citizen.fill({**WHO, "applicant.email": "draft@exempleville.example"})
    citizen.save()
    citizen.fill({"mail": "draft@exempleville.example"})
    citizen.send()
    for person in PERSONS.values():
        other = window(Citizen)
        other.open("prove-identity")
        other.page.click("main a[href*='way=demo']")
        other.page.click(f"main button:text-is('{person.full_name}')")
        other.send()
    proved_one = window(Citizen)
    proved_one.open("prove-identity")
    proved(proved_one)
    proved_one.open("my-orders")


def ask_by_rest(site):
    for number in (TYPED, MISTYPED, digits(TYPED)):
        applicant = {
            "first_name": "Fausta",
            "last_name": "Mensongère",
            "birth_date": "1985-07-30",
            "national_number": number,
        }
        requests.post(
            f"{site.url}/@orders",
            headers={"Accept": "application/json"},
            json={**ENTRY, "applicant": applicant},
            timeout=60,
        )


def test_no_number_stands_in_clear_in_anything_that_is_kept(order, window, site):
    seal(window(Clerk), order)
    wander(window)
    ask_by_rest(site)
    numbers = [digits(each) for each in (TYPED, MISTYPED)]
    numbers += [person.national_number for person in PERSONS.values()]
    scan = NumberScan(*numbers)
    assert scan.home(site.home) == []
    planted = site.home / "log" / "planted.log"
    planted.write_text(f"GET /order?number={TYPED}")
    try:
        assert list(scan.file(planted)) == [""]
    finally:
        planted.unlink()
