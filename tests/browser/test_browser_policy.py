"""The Content-Security-Policy forbids nothing that our pages and Plone's editor need."""

from helpers import screens
from helpers.serving import until

import pytest


#: Address, who opens it, and what shows that its scripts have run.
PAGES = [
    ("", None, "main"),
    ("counter/residence", None, "main"),
    ("counter/track", None, "main"),
    ("login", None, "main"),
    ("counter/queue", "clerk", ".pg-listing-keys:not([hidden])"),
    ("", "itstaff", "#edit-zone"),
    ("fr/++add++Document", "itstaff", ".tox-tinymce"),
    ("fr/folder_contents", "itstaff", ".pat-structure table"),
    ("@@overview-controlpanel", "itstaff", "main"),
    ("@@usergroup-userprefs", "itstaff", "main"),
    ("counter/residence/edit", "itstaff", "main"),
    ("counter/sharing", "itstaff", "main"),
]


#: What is written before the editor is ready may be dropped when it is.
EDITOR_IS_READY = "!!window.tinymce?.activeEditor?.initialized"


@pytest.fixture
def watched(window):
    """Return a function: a visitor, and what the browser refused to do."""

    def watch(account=None):
        visitor, refused = window(), []
        visitor.page.on("console", lambda said: _keep(said.text, refused))
        visitor.page.on("pageerror", lambda error: _keep(str(error), refused))
        if account:
            visitor.open()
            visitor.sign_in(account)
        return visitor, refused

    return watch


def _keep(text, refused):
    if "Content Security Policy" in text:
        refused.append(text)


@pytest.mark.parametrize(("path", "account", "works"), PAGES)
def test_a_page_works_under_its_policy(watched, path, account, works):
    visitor, refused = watched(account)
    visitor.open(path)
    visitor.page.wait_for_selector(works)
    visitor.page.wait_for_load_state("networkidle")
    assert refused == []


def test_an_order_is_placed_under_its_policy(watched):
    visitor, refused = watched()
    visitor.open("counter/residence/order")
    screens.thanks(visitor)
    visitor.page.wait_for_selector("#pg-print:not([hidden])")
    assert refused == []


def test_a_text_is_written_under_its_policy(watched):
    visitor, refused = watched("itstaff")
    visitor.open("fr/++add++Document")
    page = visitor.page
    page.fill("[name='form.widgets.IDublinCore.title']", "Une page d'essai")
    until(lambda: page.evaluate(EDITOR_IS_READY))
    frame = page.frame_locator(".tox-edit-area iframe")
    frame.locator("body").fill("Un texte d'essai.")
    page.click("[name='form.buttons.save']")
    page.wait_for_selector("h1:text('Une page d')")
    assert "Un texte d'essai." in visitor.main()
    assert refused == []
