"""One served demonstration site and one Chromium for all tests of this folder."""

from helpers.chromium import CHROMIUM
from helpers.chromium import FLAGS
from helpers.serving import demonstration
from helpers.visitor import HEIGHT
from helpers.visitor import Visitor
from playwright.sync_api import sync_playwright

import pytest


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Seneffe with its demonstration data, served on a free port."""
    with demonstration(tmp_path_factory.mktemp("browser") / "instance") as site:
        yield site


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(FLAGS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def window(browser, site):
    """Return a function that opens a new browser with nobody's cookies."""
    contexts = []

    def open_window(kind=Visitor, *, width=1280, language="fr", **kwargs):
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            locale=f"{language}-BE",
            reduced_motion="reduce",
            **kwargs,
        )
        contexts.append(context)
        return kind(context.new_page(), site)

    yield open_window
    for context in contexts:
        context.close()
