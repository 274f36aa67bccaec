"""What a page may load, by who made it and who looks at it (CSP Level 3)."""

from plonegov.core.theme.csp import CONTENT
from plonegov.core.theme.csp import OWN
from plonegov.core.theme.csp import PLONE

import pytest


ALWAYS = (
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
)
PAGES = [
    ("anonymous", "", OWN),
    ("anonymous", "counter", OWN),
    ("anonymous", "counter/residence", OWN),
    ("anonymous", "counter/residence/order/who", OWN),
    ("anonymous", "counter/residence/order/questions", OWN),
    ("anonymous", "counter/track", OWN),
    ("anonymous", "nowhere", OWN),
    ("anonymous", "login", CONTENT),
    ("citizen", "my-orders", OWN),
    ("citizen", "@@personal-information", CONTENT),
    ("clerk", "counter/queue", OWN),
    ("clerk", "counter/{reference}", OWN),
    ("itstaff", "", CONTENT),
    ("itstaff", "counter/sharing", CONTENT),
    ("itstaff", "counter/residence/edit", PLONE),
    ("itstaff", "@@overview-controlpanel", PLONE),
    ("anonymous", "theme.css", PLONE),
]


@pytest.mark.parametrize(("person", "path", "policy"), PAGES)
def test_a_page_says_what_it_may_load(portal, order, visit, person, path, policy):
    path = path.format(reference=order.reference)
    html = {"Accept": "text/html"}
    answer = visit(person).get(f"{portal.absolute_url()}/{path}", headers=html)
    assert answer.headers["Content-Security-Policy"] == policy


@pytest.mark.parametrize("policy", [OWN, CONTENT, PLONE])
def test_nothing_comes_from_elsewhere(policy):
    rules = policy.split("; ")
    assert set(ALWAYS) <= set(rules)
    assert "http" not in policy
    assert "*" not in policy


def test_only_plones_pages_for_editors_run_inline_scripts():
    for policy in (OWN, CONTENT):
        assert "script-src 'self'" in policy.split("; ")
    assert "unsafe" not in OWN


def test_a_program_gets_a_policy_too(portal, order, visit):
    answer = visit("anonymous").get(
        f"{portal.absolute_url()}/@orderable-documents",
        headers={"Accept": "application/json"},
    )
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
