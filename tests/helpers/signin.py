"""A person who signs in to the served site of a demonstration, step by step.

A ``conftest.py`` takes the fixtures that ``__all__`` names.
"""

from plonegov.core.municipality.facts import settings
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import html
import pytest
import re
import requests
import transaction


__all__ = ("base",)


class SignIn:
    """A browser of a person without an account, at the site."""

    def __init__(self, base):
        self.base = base
        self.session = requests.Session()
        self.session.headers = {"Accept": "text/html", "Accept-Language": "en"}

    def get(self, path, **query):
        url = path if path.startswith("http") else f"{self.base}/{path}"
        return self.session.get(url, params=query, timeout=60, allow_redirects=False)

    def begin(self, came_from="", way="demo"):
        """Return the code that the sign-in began with."""
        answer = self.get("prove-identity", way=way, came_from=came_from)
        assert answer.status_code == 303, answer.text
        return code_of(answer)

    def choose(self, code, person="elodie"):
        return self.get("demo-identity", code=code, person=person)

    def return_page(self, came_from="", person="elodie"):
        answer = self.choose(self.begin(came_from), person)
        return self.get(answer.headers["Location"])

    def confirm(self, page, **changed):
        fields = dict(
            re.findall(r'name="(code|_authenticator)"[^>]*value="(.*?)"', page)
        )
        return self.session.post(
            f"{self.base}/identity-return",
            data=fields | changed,
            timeout=60,
            allow_redirects=False,
        )

    def sign_in(self, came_from="", person="elodie"):
        return self.confirm(self.return_page(came_from, person).text)

    def name(self):
        """Return who the site says that is signed in."""
        found = re.search(r'personal-information"\s*>([^<]*)<', self.get("").text)
        return html.unescape(found[1]) if found else ""


def code_of(answer):
    query = urlsplit(answer.headers["Location"]).query
    return parse_qs(query)["code"][0]


@pytest.fixture
def base(portal, functional):
    """Return the address of a demonstration."""
    settings().demo = True
    transaction.commit()
    return f"http://{functional['host']}:{functional['port']}/plone"
