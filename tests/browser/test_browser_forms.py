"""A form changes while orders run: nobody loses anything, in a real browser."""

from helpers.visitor import Citizen
from helpers.visitor import Clerk
from helpers.visitor import PURPOSE

import pytest


EDIT = "counter/residence/edit-questions"
QUESTION = "Quelle école ?"


@pytest.fixture
def editor(window):
    """Return the clerk of the service; the form is the catalogue's again after it."""
    clerk = window(Clerk)
    clerk.open()
    clerk.sign_in("clerk")
    yield clerk
    clerk.open(EDIT)
    clerk.page.click(".pg-form-versions li:last-child button")
    publish(clerk)


def publish(clerk):
    clerk.open(f"{EDIT}/publish")
    clerk.send()
    clerk.page.wait_for_selector(".pg-message")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_form_changed_meanwhile_asks_only_what_is_new(window, editor, width):
    citizen = window(Citizen, width=width)
    citizen.fill_up_to_check(f"forms.{width}@exempleville.example", "fr")
    editor.open(f"{EDIT}/question?new=line")
    for language in ("fr", "nl", "en", "es"):
        editor.page.fill(f"[name='titles.{language}']", QUESTION)
    editor.page.check("[name='required']")
    editor.send()
    assert QUESTION in editor.main()
    publish(editor)
    citizen.send()
    assert citizen.path == "counter/residence/order/questions"
    assert "Les questions ont changé" in citizen.main()
    assert citizen.page.locator("main form .pg-field input").count() == 1
    citizen.send()
    assert citizen.page.evaluate("document.activeElement.id") == "error-summary"
    citizen.page.fill("main form .pg-field input", "École de l'Essai")
    citizen.send()
    assert citizen.path == "counter/residence/order/check"
    for answer in (PURPOSE, "École de l'Essai"):
        assert answer in citizen.main()
    citizen.send()
    assert citizen.path == "counter/thanks"
