"""A request without our layers, as every other site of the Zope has, finds none of
our views, services and viewlets."""

from helpers.registrations import our_views
from plone import api
from plone.base.interfaces import IPloneSiteRoot
from zope.component import getGlobalSiteManager
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.interface import Interface
from zope.interface import providedBy
from zope.publisher.browser import BrowserRequest
from zope.publisher.interfaces.browser import IDefaultBrowserLayer

import pytest


@implementer(IPloneSiteRoot)
class OtherSite:
    """The root of a site without our profiles, as adapter look-ups see it."""


@pytest.fixture
def plain_request():
    request = BrowserRequest(None, {})
    alsoProvides(request, IDefaultBrowserLayer)
    return request


def found(context, request):
    """Return the names of ours that a look-up for the context finds."""
    look_up = getGlobalSiteManager().adapters.lookup
    required = (providedBy(context), providedBy(request))
    return [
        view.name
        for view in our_views()
        if look_up(required, Interface, view.name) is view.factory
    ]


def test_this_test_knows_our_views(portal):
    names = {view.name for view in our_views()}
    assert {"front-page", "queue", "order-review", "main_template"} <= names
    assert any(name.endswith("@orders") for name in names)


def test_a_plain_site_finds_none_of_our_views_and_services(portal, plain_request):
    assert found(OtherSite(), plain_request) == []


def test_plain_content_finds_none_of_our_views_and_services(portal, plain_request):
    with api.env.adopt_roles(["Manager"]):
        page = api.content.create(portal, "Document", "plain-page")
    assert found(page, plain_request) == []
