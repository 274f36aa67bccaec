"""A citizen at a browser without JavaScript: opens pages, fills in forms, sends them."""

from lxml import html
from urllib.parse import urljoin

import requests


WHO = {
    "relation": "self",
    "applicant.first_name": "Ada",
    "applicant.last_name": "Exemple",
    "applicant.birth_date-day": "30",
    "applicant.birth_date-month": "7",
    "applicant.birth_date-year": "1985",
    "applicant.national_number": "85.07.30-033.28",
    "applicant.email": "ada@exempleville.example",
}
ABOUT = {
    "subject.first_name": "Bea",
    "subject.last_name": "Exemple",
    "subject.birth_date-day": "1",
    "subject.birth_date-month": "2",
    "subject.birth_date-year": "2020",
}
DELIVERY = {
    "delivery": "post",
    "copies": "2",
    "applicant.address.street": "Rue de l'Essai",
    "applicant.address.number": "12",
    "applicant.address.postal_code": "7180",
    "applicant.address.locality": "Exempleville",
    "applicant.address.country": "BE",
    "language": "fr",
}
QUESTIONS = {"form.widgets.purpose": "Inscription à l'école"}


class Citizen:
    """One browser with its cookies; ``language`` is what it asks for."""

    def __init__(self, portal, base: str, language: str = "en") -> None:
        self.base = f"{base}/{portal.getId()}"
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = language
        self.answer = None

    def open(self, path: str, **kwargs):
        """Open an address of the site; return the parsed page."""
        return self._read(self.session.get(urljoin(f"{self.base}/", path), **kwargs))

    def _read(self, answer):
        self.answer = answer
        self.page = html.fromstring(answer.content) if answer.content else None
        if self.page is not None:
            self.page.make_links_absolute(answer.url)
        return self.page

    @property
    def path(self) -> str:
        """The address of the page within the site."""
        return self.answer.url.removeprefix(f"{self.base}/").partition("?")[0]

    def form(self, index: int = 0):
        """Return a form of the page's main part."""
        return self.page.xpath("//main//form")[index]

    def send(self, fields=None, files=None, form=None, **kwargs):
        """Fill in the page's form and send it; fields set to None are left out."""
        form = self.form() if form is None else form
        data = {**dict(form.form_values()), **(fields or {})}
        data = {name: value for name, value in data.items() if value is not None}
        if form.method == "GET":
            return self._read(self.session.get(form.action, params=data, **kwargs))
        return self._read(
            self.session.post(form.action, data=data, files=files, **kwargs)
        )

    def press(self, name: str, value: str, fields=None, **kwargs):
        """Fill in the page's form and press a button of it that has a name."""
        return self.send({**(fields or {}), name: value}, **kwargs)

    def save(self, fields=None, **kwargs):
        """Press the button to save and continue later."""
        assert self.page.xpath("//main//button[@name='save']")
        return self.press("save", "1", fields, **kwargs)

    def text(self) -> str:
        """Return the text of the page's main part."""
        return " ".join(self.page.xpath("//main")[0].text_content().split())

    def problems(self) -> list[str]:
        """Return the lines of the error summary."""
        lines = self.page.xpath("//*[@id='error-summary']//li")
        return [" ".join(line.text_content().split()) for line in lines]

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        return dict(self.form().form_values()).get(name, "")

    def fill_up_to(self, page: str, document: str = "residence") -> None:
        """Go from the document's page to a page of the form."""
        self.open(f"counter/{document}/order")
        for name, fields in (
            ("who", WHO),
            ("delivery", DELIVERY),
            ("questions", QUESTIONS),
        ):
            if name == page:
                return
            self.send(fields)
        assert self.path == f"counter/{document}/order/check", self.problems()

    def order(self, document: str = "residence") -> None:
        """Order a document, to the thank-you page."""
        self.fill_up_to("check", document)
        self.send()
