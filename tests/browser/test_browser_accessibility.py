"""Every screen is accessible: WCAG 2.2 AA, by axe and by what axe can't see."""

from axe_playwright_python.sync_playwright import Axe
from helpers import councilscreens
from helpers import identityscreens
from helpers import screens
from helpers.keyboard import FOCUS
from helpers.keyboard import focus_of
from helpers.visitor import HEIGHT
from helpers.visitor import Visitor
from helpers.visitor import WHO
from lxml import etree
from pathlib import Path

import pytest
import tomllib


SUITE = Path(__file__).parents[2] / "src" / "plonegov"
BROWSER = "{http://namespaces.zope.org/browser}"
VIEWS = (f"{BROWSER}page", f"{BROWSER}view", f"{BROWSER}viewletManager")
ANY = "plone.app.querystring.operation.selection.any"
HERE = Path(__file__).parent
PAGES = tomllib.loads(HERE.joinpath("pages.toml").read_text("utf-8"))
for _more in sorted(HERE.glob("pages-*.toml")):
    PAGES["pages"] += tomllib.loads(_more.read_text("utf-8"))["pages"]
SCREENS = vars(screens) | vars(councilscreens) | vars(identityscreens)
#: Width of the window and colour scheme, by the language of the page.
LOOKS = {
    "fr": ((1280, "light"), (360, "dark")),
    "nl": ((360, "light"),),
    "en": ((1280, "dark"),),
    "es": ((360, "light"),),
}
#: Accounts whose pages Plone's scripts complete.
EDITORS = ("admin", "itstaff")
#: Nothing is wider than the window of a person who enlarges to 400 %.
NARROW = 320
#: Least size of what is clicked or touched, in CSS pixels (WCAG 2.2, 2.5.8).
TARGET = 24
TOUCHED = ("", "counter", "counter/residence", "counter/residence/order", "login")

#: Violations of all rules, in the page as it is shown.
VIOLATIONS = """() => {
    const rules = Object.fromEntries(
        axe.getRules().map(rule => [rule.ruleId, {enabled: true}]));
    return axe.run({resultTypes: ["violations"], rules})
        .then(found => found.violations);
}"""
#: Links within a sentence may be as small as its letters.
SMALL_TARGETS = """least => [...document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(each => each.checkVisibility() && !each.closest(".pg-trap, .pg-skip"))
    .filter(each => getComputedStyle(each).display !== "inline")
    .map(each => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
    .filter(([html, box]) => Math.min(box.width, box.height) < least)
    .map(([html, box]) => `${html} ${box.width} x ${box.height}`)"""
#: The fields of the form's first page, and what is typed in each.
KEYS = {"relation": " ", **WHO, "applicant.email": "", "applicant.phone": ""}
ORDER, TYPED = list(KEYS), list(KEYS.values())


def named(page):
    """Return a screen's name for the test run."""
    words = (page.get("screen"), page.get("then"), page.get("account"))
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
    """Return a function that brings a visitor to a screen.

    Axe tries styles out on the page, which the page's policy would forbid.
    """

    def show_page(page, width=1280, language="fr"):
        account = page.get("account")
        state = signed_in(account) if account else None
        visitor = window(
            width=width, language=language, storage_state=state, bypass_csp=True
        )
        answer = visitor.open(page["open"])
        assert answer.status == page.get("status", 200)
        if account in EDITORS:
            visitor.page.wait_for_load_state("networkidle")  # Plone's scripts
        SCREENS[page.get("screen", "as_it_is")](visitor)
        if "then" in page:
            councilscreens.page_of(visitor, page["then"])
        return visitor

    return show_page


@pytest.fixture(scope="session")
def axe():
    return Axe()


@pytest.fixture(scope="session")
def complete(site):
    """The site with what a fresh one has not: a collection, open registration."""
    site.open_registration()
    query = [{"i": "portal_type", "o": ANY, "v": ["Document"]}]
    site.create(
        "fr",
        {
            "@type": "Collection",
            "id": "nouvelles",
            "title": "Nouvelles",
            "query": query,
        },
    )


@pytest.mark.parametrize("language", LOOKS)
@pytest.mark.parametrize("page", PAGES["pages"], ids=named)
def test_a_screen_is_for_everybody_whatever_the_window(
    show, axe, complete, page, language
):
    screen = show(page, language=language).page
    assert screen.get_attribute("html", "lang") == language
    screen.evaluate(axe.axe_script)
    lines = []
    for width, scheme in LOOKS[language]:
        screen.set_viewport_size({"width": width, "height": HEIGHT})
        screen.emulate_media(color_scheme=scheme)
        found = screen.evaluate(VIOLATIONS)
        lines += [
            f"{width} {scheme} {rule['id']}: {node['target']} {node['html'][:200]}"
            for rule in found
            for node in rule["nodes"]
        ]
    screen.set_viewport_size({"width": NARROW, "height": HEIGHT})
    if (width := screen.evaluate("document.documentElement.scrollWidth")) > NARROW:
        lines.append(f"{width} pixels wide in a window of {NARROW}")
    assert not lines, "\n".join(lines)


def registered():
    """Return the views of the suite: name and the last part of what they are for."""
    for path in SUITE.rglob("*.zcml"):
        for element in etree.parse(path).iter(*VIEWS):
            target = (element.get("for") or "*").rpartition(".")[2]
            yield f"{element.get('name')} {target}"


def test_every_view_of_ours_is_looked_at():
    listed = {page["view"] for page in PAGES["pages"] if "view" in page}
    assert listed | set(PAGES["elsewhere"]) == set(registered())


def test_the_forms_of_our_types_are_looked_at():
    types = [path.stem for path in SUITE.glob("*/profiles/default/types/*.xml")]
    for portal_type in types:
        if portal_type in PAGES["without_forms"]:
            continue
        forms = ["edit", "sharing"]
        if portal_type not in PAGES["without_add"]:
            forms.append("add")
        for form in forms:
            wanted = f"{form} {portal_type}"
            assert any(page.get("form") == wanted for page in PAGES["pages"]), wanted


def test_what_is_touched_is_large_enough(show):
    for page in PAGES["pages"]:
        if page["open"] in TOUCHED and "screen" not in page:
            assert show(page, 360).page.evaluate(SMALL_TARGETS, TARGET) == [], page


def tab_to_next(page):
    """Go on by keyboard; return the name of the element that has the focus now."""
    page.keyboard.press("Tab")
    return focus_of(page)["name"]


def test_the_form_is_filled_in_by_keyboard_alone(window):
    visitor = window(width=1280)
    visitor.open("counter/residence/order")
    page = visitor.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "pg-skip"
    page.keyboard.press("Enter")
    while tab_to_next(page) != "relation":
        pass
    seen = []
    for keys in TYPED:
        seen.append(page.evaluate("document.activeElement.name"))
        page.keyboard.press("Space") if keys == " " else page.keyboard.type(keys)
        if len(seen) < len(TYPED):
            tab_to_next(page)
    assert seen == ORDER
    page.keyboard.press("Enter")
    page.wait_for_url("**/order/delivery")


@pytest.mark.parametrize("screen", ["sent_empty", "about_wrong", "questions_wrong"])
def test_the_focus_goes_to_what_is_wrong(show, screen):
    page = show({"open": "counter/residence/order", "screen": screen}).page
    page.wait_for_selector("#error-summary:focus")
    page.keyboard.press("Tab")
    target = page.evaluate("document.activeElement.hash").lstrip("#")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == target


#: Keys pressed within the table, and the row that has the focus then.
WALK = [("j", 0), ("j", 1), ("J", 2), ("k", 1), ("k", 0), ("k", 0)]


def test_a_clerk_goes_through_the_queue_by_keys(show):
    page = show({"open": "counter/queue", "account": "clerk"}).page
    links = page.locator("main table tbody th a")
    page.wait_for_selector(".pg-listing-keys:not([hidden])")
    page.focus("[name='reference']")
    page.keyboard.press("j")
    assert page.input_value("[name='reference']") == "j"
    page.focus(".pg-listing-region")
    for key, row in WALK:
        page.keyboard.press(key)
        focus = page.evaluate("document.activeElement.href")
        assert focus == links.nth(row).evaluate("each => each.href")
        focus_of(page)
    page.keyboard.press("x")
    assert page.is_checked("tbody tr:first-child [name='selected']")
    assert page.text_content(".pg-listing-number") == "(1)"
    page.keyboard.press("x")
    assert not page.is_visible(".pg-listing-bulk")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "reference"
    page.focus(".pg-listing-region")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-state]")


def test_keys_outside_the_table_can_be_turned_off(show):
    page = show({"open": "counter/queue", "account": "clerk"}).page
    page.wait_for_selector(".pg-listing-keys:not([hidden])")
    page.keyboard.press("?")
    page.uncheck("#listing-keys-on")
    page.click("#listing-keys-close")
    page.reload()
    page.wait_for_selector(".pg-listing-keys:not([hidden])")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.focus(".pg-listing-region")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "A"


def test_the_last_row_is_not_hidden_by_the_buttons_for_many(show):
    page = show({"open": "counter/queue", "account": "clerk"}).page
    page.check("tbody tr:first-child [name='selected']")
    page.focus(".pg-listing-region")
    for _row in range(page.locator("tbody tr").count()):
        page.keyboard.press("j")
        page.wait_for_function(f"({FOCUS})().visible", timeout=5000)
