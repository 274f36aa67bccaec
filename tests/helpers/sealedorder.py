"""A certificate that a clerk of the demonstration seals, in a real browser."""

from dataclasses import dataclass
from functools import cache
from helpers.sealing import read_qr
from helpers.serving import Demonstration
from helpers.visitor import Clerk
from helpers.visitor import FINDINGS
from playwright.sync_api import Browser


WHO = {
    "applicant.first_name": "Odile",
    "applicant.last_name": "Sceau",
    "applicant.birth_date-day": "30",
    "applicant.birth_date-month": "7",
    "applicant.birth_date-year": "1985",
    "form.widgets.purpose": "Inscription",
}


@dataclass(frozen=True)
class Sealed:
    """A sealed certificate of an order, with its code in the register."""

    reference: str
    code: str
    pdf: bytes


def at_the_desk(clerk: Clerk, mail: str) -> str:
    """Enter the order of who shows an identity card; return its reference."""
    clerk.open("counter/residence/desk-order")
    clerk.page.select_option("[name='identity_document']", "identity_card")
    clerk.fill({**WHO, "applicant.email": mail})
    clerk.page.select_option("[name='delivery']", "email")
    clerk.send()
    assert clerk.state() == "in_progress"
    return clerk.path.rpartition("/")[2]


def confirm(clerk: Clerk) -> None:
    """Enter what the register says."""
    clerk.fill({f"findings.{name}": value for name, value in FINDINGS.items()})
    clerk.page.check("#address_unprotected")
    clerk.do("confirm_findings")


def seal(clerk: Clerk) -> Sealed:
    """Have the document of the open order made and sealed."""
    clerk.do("seal")
    address = clerk.page.get_attribute("#open-issued", "href")
    pdf = clerk.page.context.request.get(address).body()
    return Sealed(clerk.path.rpartition("/")[2], read_qr(pdf).rpartition("/")[2], pdf)


@cache
def example(browser: Browser, site: Demonstration) -> Sealed:
    """Return a certificate of the demonstration that counts, made once."""
    context = browser.new_context(locale="fr-BE")
    clerk = Clerk(context.new_page(), site)
    clerk.open()
    clerk.sign_in("clerk")
    at_the_desk(clerk, "odile.exemple@exempleville.example")
    confirm(clerk)
    made = seal(clerk)
    context.close()
    return made
