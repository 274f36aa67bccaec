"""Every screen is accessible: WCAG 2.2 AA, by axe and by what axe can't see."""

from axe_playwright_python.sync_playwright import Axe
from helpers import screens
from helpers.visitor import Visitor
from lxml import etree
from pathlib import Path

import pytest
import tomllib


SUITE = Path(__file__).parents[2] / "src" / "plonegov"
BROWSER = "{http://namespaces.zope.org/browser}"
PAGES = tomllib.loads(Path(__file__).with_name("pages.toml").read_text("utf-8"))
WIDTHS = (1280, 360)
#: Nothing is wider than the window of a person who enlarges to 400 %.
NARROW = 320
#: Least size of what is clicked or touched, in CSS pixels (WCAG 2.2, 2.5.8).
TARGET = 24


def named(page):
    """Return a screen's name for the test run."""
    words = (page.get("screen"), page.get("account"))
    return " ".join([page["open"] or "/", *(word for word in words if word)])


@pytest.fixture(scope="session")
def signed_in(browser, site):
    """Return a function: the cookies of an account, which signs in once."""
    known = {}

    def cookies(account):
        if account not in known:
            context = browser.new_context(locale="fr-BE")
            visitor = Visitor(context.new_page(), site)
            visitor.open()
            visitor.sign_in(account)
            known[account] = context.storage_state()
            context.close()
        return known[account]

    return cookies


@pytest.fixture
def show(window, signed_in):
    """Return a function that brings a visitor to a screen."""

    def show_page(page, width):
        account = page.get("account")
        state = signed_in(account) if account else None
        visitor = window(width=width, storage_state=state)
        answer = visitor.open(page["open"])
        assert answer.status == page.get("status", 200)
        getattr(screens, page.get("screen", "as_it_is"))(visitor)
        return visitor

    return show_page


@pytest.fixture(scope="session")
def axe():
    return Axe()


@pytest.fixture(scope="session")
def collection(site):
    """A collection, which only editors make."""
    site.create("fr", {"@type": "Collection", "id": "nouvelles", "title": "Nouvelles"})


ALL_RULES = """() => Object.fromEntries(
    axe.getRules().map(rule => [rule.ruleId, {enabled: true}]))"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", PAGES["pages"], ids=named)
def test_axe_finds_nothing(show, axe, collection, page, width):
    screen = show(page, width).page
    screen.evaluate(axe.axe_script)
    rules = screen.evaluate(ALL_RULES)
    found = axe.run(screen, options={"resultTypes": ["violations"], "rules": rules})
    lines = [
        f"{rule['id']}: {node['target']} {node['html'][:200]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]
    assert lines == []
