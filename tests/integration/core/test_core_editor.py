"""Plone's text editor in a page of ours: its scripts, and no wider policy than it needs."""

from plone.app.testing import logout
from plonegov.core.interfaces import IMunicipalityLayer
from plonegov.core.theme.csp import CONTENT
from plonegov.core.theme.csp import HEADER
from plonegov.core.theme.csp import OWN
from plonegov.core.theme.editor import WithEditor
from plonegov.core.theme.page import Page
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.interface import alsoProvides

import json
import lxml.html
import pytest


class Plain(Page):
    """A page as any other."""

    page_title = "Page"
    index = ViewPageTemplateFile("editor.pt")


class Written(WithEditor, Plain):
    """A page in which a text is written."""


@pytest.fixture
def request_(portal):
    request = portal.REQUEST
    alsoProvides(request, IMunicipalityLayer)
    request.set("LANGUAGE", "fr")
    logout()
    return request


def shown(portal, request, page):
    page.__module__ = "plonegov.somewhere"
    html = lxml.html.fromstring(page(portal, request).index())
    return html, request.response.getHeader(HEADER)


def test_a_page_with_an_editor_runs_files_of_the_site_only(portal, request_):
    html, policy = shown(portal, request_, Written)
    assert policy == CONTENT
    assert "script-src 'self'" in policy.split("; ")
    assert html.xpath("//script[contains(@src, 'bundle-plone')]")
    assert not html.xpath("//script[not(@src)][normalize-space()]")


def test_a_page_without_one_gets_no_scripts(portal, request_):
    html, policy = shown(portal, request_, Plain)
    assert policy == OWN
    assert not html.xpath("//script")


def test_the_editor_knows_the_towns_style_and_no_pictures(portal, request_):
    options = json.loads(Written(portal, request_).editor_options)["tiny"]
    assert f"{portal.absolute_url()}/theme.css" in options["content_css"]
    assert "ploneimage" not in options["plugins"]
    assert options["paste_data_images"] is False
