"""A member of the staff at a page whose forms are sent to their own address."""

from helpers.people import PASSWORD
from lxml import html
from requests import Response
from requests import Session


class Desk:
    """Somebody signed in, with the page that is open."""

    def __init__(self, base: str, person: str) -> None:
        self.base = base
        self.session = Session()
        if person != "anonymous":
            self.session.auth = (person, PASSWORD)
        self.session.cookies.set("plonegov_language", "en")
        self.answer = Response()

    def open(self, path: str) -> "Desk":
        """Open an address, of the site or whole."""
        url = path if path.startswith("http") else f"{self.base}/{path}"
        return self._shown(self.session.get(url))

    def press(self, verb: str, files=None, **typed) -> "Desk":
        """Press the button of a verb in the open page, with other values in its form."""
        [button] = self.tree.xpath(f"//button[@value='{verb}'][@name='verb']")
        form = next(each for each in button.iterancestors("form"))
        values = [
            (name, value) for name, value in form.form_values() if name not in typed
        ]
        for name, value in typed.items():
            given = value if isinstance(value, list) else [value]
            values += [(name, each) for each in given]
        values.append(("verb", verb))
        url = form.get("action")
        return self._shown(self.session.post(url, data=values, files=files))

    def _shown(self, answer: Response) -> "Desk":
        self.answer = answer
        return self

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def tree(self):
        return html.fromstring(self.answer.text)

    @property
    def text(self) -> str:
        """The text of the page's main part."""
        return " ".join(self.tree.xpath("//main")[0].text_content().split())

    @property
    def wrong(self) -> str:
        """What the error summary says, or ""."""
        found = self.tree.xpath("//*[@id='error-summary']")
        return " ".join(found[0].text_content().split()) if found else ""

    def verbs(self) -> list[str]:
        """Return the values of the buttons of the open page."""
        return self.tree.xpath("//main//button[@name='verb']/@value")

    def value(self, name: str) -> str:
        """Return what a field of the open page holds."""
        [field] = self.tree.xpath(f"//main//*[@name='{name}']")[:1]
        return field.text or "" if field.tag == "textarea" else field.get("value", "")
