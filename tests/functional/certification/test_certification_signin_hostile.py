"""Signing in with what nobody of good will sends: odd addresses, texts and hosts."""

from helpers.signin import SignIn
from plonegov.certification.pas.people import people
from plonegov.core.municipality.example import FACTS
from plonegov.core.testing import set_facts
from urllib.parse import urljoin
from urllib.parse import urlsplit

import html
import pytest
import re
import transaction


@pytest.fixture
def browser(base):
    return SignIn(base)


#: Written for an address of the site: ${base}, ${host}.
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "https:///evil.example/",
    "https:evil.example",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:\\\\evil.example/",
    "/\t/evil.example/",
    "\n//evil.example/",
    "\x00//evil.example/",
    " //evil.example/",
    "{base}@evil.example/",
    "{base}.evil.example/",
    "http://{host}@evil.example/plone/",
    "http://{host}\\@evil.example/plone/",
    "{base}/x\r\nLocation: https://evil.example/",
    "javascript:alert(1)",
    "JavaScript:alert(1)//{base}",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "{base}/x?y=<script>alert(1)</script>",
    "%2f%2fevil.example/",
    "https%3a//evil.example/",
    "{base}/" + "x" * 5_000,
]


def inside(base, address):
    """Say whether a browser stays in the site with an address of one of its pages."""
    there = urlsplit(urljoin(f"{base}/identity-return", address.replace("\\", "/")))
    return there[:2] == urlsplit(base)[:2]


@pytest.mark.parametrize("written", ELSEWHERE)
def test_no_address_leads_elsewhere(browser, base, written):
    came_from = written.format(base=base, host=urlsplit(base).netloc)
    page = browser.return_page(came_from)
    assert page.status_code == 200
    links = re.findall(r'class="pg-button"\s+href="([^"]*)"', page.text)
    assert links
    gone = browser.confirm(page.text)
    assert (gone.status_code, gone.headers.get("Set-Cookie") is None) == (303, False)
    assert "\n" not in gone.headers["Location"]
    told = browser.get("prove-identity", refused="sign_in_over", came_from=came_from)
    assert told.status_code == 410
    main = told.text.partition("<main")[2].partition("</main>")[0]
    links += re.findall(r'href="([^"]*)"', main)
    for link in (*map(html.unescape, links), gone.headers["Location"]):
        assert inside(base, link), link
        assert not urlsplit(link).scheme or link.startswith("http"), link


#: Parameters of each page, and values that no form of ours sends.
PAGES = {
    "prove-identity": ("way", "came_from", "refused"),
    "identity-return": ("code",),
    "openid-return": ("state", "code", "error", "iss"),
    "eid-card": ("code",),
    "demo-identity": ("code", "person"),
    "login": ("came_from",),
}
ODD = {
    "twice": "{0}=a&{0}=b",
    "no UTF-8": "{0}=%ff%fe",
    "a surrogate": "{0}=%ed%a0%80",
    "nothing": "{0}=%00",
    "huge": "{0}=" + "x" * 60_000,
    "a number": "{0}:int=1",
    "a list": "{0}:list=a",
    "a record": "{0}.x:record=a",
    "a path": "{0}=../../../keys/exempleville/current",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("page", PAGES)
def test_odd_parameters_break_nothing(portal, browser, base, page, odd):
    transaction.begin()
    storage = portal._p_jar.db().storage
    before = storage.lastTransaction()
    for name in PAGES[page]:
        for known in ("", "&way=demo", "&way=nowhere"):
            if known and page != "prove-identity":
                continue
            answer = browser.get(f"{base}/{page}?{odd.format(name)}{known}")
            assert answer.status_code in (200, 303, 403, 404, 410, 502), (name, known)
    assert storage.lastTransaction() == before


@pytest.mark.parametrize("cookie", ["", "x" * 4000, "é\xff", '"; Path=/', "a,b;c"])
def test_an_odd_cookie_is_a_browser_like_others(browser, cookie):
    browser.session.headers["Cookie"] = f"pg_browser={cookie}".encode("latin-1")
    assert browser.get("prove-identity", way="demo").status_code == 303
    assert browser.get("identity-return", code="x").status_code == 410


def test_a_forged_host_takes_no_proof_away(portal, browser, base):
    """Who sends somebody to a sign-in that he began himself learns no proof of it."""
    set_facts(portal, FACTS | {"site_url": base})
    transaction.commit()
    browser.session.headers["Host"] = "evil.example"
    code = browser.begin("http://evil.example/plone/verify")
    victim = SignIn(base)
    [cookie] = browser.session.cookies
    victim.session.cookies.set(cookie.name, cookie.value)
    gone = victim.choose(code)
    assert gone.headers["Location"].startswith(f"{base}/identity-return?code=")


def test_a_code_of_one_way_is_none_of_another(browser):
    code = browser.begin()
    assert browser.get("openid-return", state=code, code="x").status_code == 410
    assert browser.choose(code).status_code == 410
    transaction.begin()
    assert len(people()) == 0
