"""People at a real browser: a citizen who orders, a clerk who handles the order."""

from helpers.serving import Demonstration
from playwright.sync_api import Page
from urllib.parse import parse_qs
from urllib.parse import urlsplit


HEIGHT = 900
#: What the citizen types; what is certified must not be taken from it.
WHO = {
    "applicant.first_name": "Fausta",
    "applicant.last_name": "Mensongère",
    "applicant.birth_date-day": "30",
    "applicant.birth_date-month": "7",
    "applicant.birth_date-year": "1985",
    "applicant.national_number": "85.07.30-033.28",
}
DELIVERY = {
    "copies": "2",
    "applicant.address.street": "Impasse du Faux",
    "applicant.address.number": "99",
    "applicant.address.postal_code": "7180",
    "applicant.address.locality": "Nullepart",
}
PURPOSE = "Né à Trompe-l'Œil, inscrit depuis 1901"
#: What the clerk found in the register.
FINDINGS = {
    "full_name": "Exemple Camille",
    "birth_date": "1985-07-30",
    "birth_place": "La Louvière",
    "address": "Rue de l’Essai 12, 7180 Seneffe",
    "address_since": "2010-09-01",
}


class Visitor:
    """One browser window with a person before it."""

    def __init__(self, page: Page, site: Demonstration) -> None:
        self.page = page
        self.site = site

    def open(self, path: str = ""):
        """Open an address of the site."""
        return self.page.goto(f"{self.site.url}/{path}".rstrip("/"))

    @property
    def path(self) -> str:
        """The address of the page within the site, without query."""
        base = urlsplit(self.site.url).path
        return urlsplit(self.page.url).path.removeprefix(base).strip("/")

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    def main(self) -> str:
        """Return the text of the page's main part."""
        return " ".join(self.page.locator("main").inner_text().split())

    def fill(self, fields: dict[str, str]) -> None:
        for name, value in fields.items():
            self.page.fill(f"main [name='{name}']", value)

    def choose(self, name: str, value: str) -> None:
        self.page.check(f"main [name='{name}'][value='{value}']")

    def send(self) -> None:
        """Press the one primary button of the page's form; wait for the answer."""
        with self.page.expect_navigation():
            self.page.click("main form .pg-button-primary")

    def save(self) -> None:
        """Press the button to save the draft and continue later."""
        with self.page.expect_navigation():
            self.page.click("main form button[name='save']")

    def sign_in(self, account: str) -> None:
        """Sign in through the page that everybody sees."""
        self.page.click(".pg-sign-in")
        self.page.fill("[name='__ac_name']", account)
        self.page.fill("[name='__ac_password']", self.site.password(account))
        self.page.press("[name='__ac_password']", "Enter")
        self.page.wait_for_selector(".pg-person a[href$='/logout']")


class Citizen(Visitor):
    """A person without an account who orders a residence certificate."""

    def answer_all(self, mail: str, language: str) -> None:
        """Go through the form, from its first page to the answers."""
        self.choose("relation", "self")
        self.fill({**WHO, "applicant.email": mail})
        self.send()
        self.choose("delivery", "post")
        self.choose("language", language)
        self.fill(DELIVERY)
        self.send()
        self.fill({"form.widgets.purpose": PURPOSE})
        self.send()

    def fill_up_to_check(self, mail: str, language: str) -> None:
        """Open the form and go to the answers."""
        self.open("counter/residence/order")
        self.answer_all(mail, language)


class Clerk(Visitor):
    """A clerk with an order on the screen."""

    def do(self, verb: str) -> None:
        """Press the button of a verb and wait for the page that says it is done."""
        self.page.click(f"form:has([name='verb'][value='{verb}']) [type='submit']")
        self.page.wait_for_selector(".pg-message")

    def state(self) -> str:
        """Return the id of the order's state."""
        return self.page.get_attribute("[data-state]", "data-state")
