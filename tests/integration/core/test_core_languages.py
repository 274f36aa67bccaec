"""The interface language is the reader's choice among the town's, on our sites only."""

from plone import api
from plone.i18n.interfaces import INegotiateLanguage
from plone.i18n.negotiate.negotiate import NegotiateLanguage
from plonegov.core.interfaces import IMunicipalityLayer
from plonegov.core.theme.language import bind_language
from plonegov.core.theme.language import chosen
from plonegov.core.theme.language import COOKIE
from plonegov.core.theme.language import Negotiation
from plonegov.core.theme.language import SetLanguage
from zope.annotation.interfaces import IAnnotations
from zope.component import getMultiAdapter
from zope.interface import alsoProvides
from zope.interface import noLongerProvides
from zope.interface.verify import verifyObject
from zope.traversing.interfaces import BeforeTraverseEvent

import pytest


TOWN = ("fr", "nl", "en", "es")


@pytest.fixture
def request_(portal):
    request = portal.REQUEST
    alsoProvides(request, IMunicipalityLayer)
    return request


def ask(request, cookie=None, accept=""):
    request.cookies.pop(COOKIE, None)
    if cookie is not None:
        request.cookies[COOKIE] = cookie
    request.environ["HTTP_ACCEPT_LANGUAGE"] = accept
    return request


@pytest.mark.parametrize(
    ("cookie", "accept", "language"),
    [
        (None, "", "fr"),
        (None, "nl-BE,nl;q=0.9,fr;q=0.8", "nl"),
        (None, "de,en-GB;q=0.7,fr;q=0.6", "en"),
        (None, "en;q=0.2,es;q=0.9", "es"),
        (None, "ja,zh", "fr"),
        (None, "*", "fr"),
        (None, ";;q=,,", "fr"),
        ("nl", "fr", "nl"),
        ("de", "nl", "nl"),
        ("", "", "fr"),
        ("<script>", "", "fr"),
    ],
)
def test_cookie_then_browser_then_the_town_s_first(request_, cookie, accept, language):
    assert chosen(TOWN, ask(request_, cookie, accept)) == language


def test_plone_asks_our_negotiator_on_our_sites(portal, request_):
    found = getMultiAdapter((portal, ask(request_, "nl")), INegotiateLanguage)
    assert verifyObject(INegotiateLanguage, found)
    assert isinstance(found, Negotiation)
    assert (found.language, found.default_language) == ("nl", "fr")
    assert found.language_list == ["fr", "en", "es"]


def test_the_interface_language_needs_no_content_language(portal, request_):
    assert "es" not in api.portal.get_tool("portal_languages").getSupportedLanguages()
    bind_language(portal, BeforeTraverseEvent(portal, ask(request_, "es")))
    assert request_["LANGUAGE"] == "es"
    assert api.portal.get_current_language() == "es"


def test_a_site_without_our_layer_keeps_plone_s_negotiator(portal, request_):
    noLongerProvides(request_, IMunicipalityLayer)
    found = getMultiAdapter((portal, ask(request_, "nl")), INegotiateLanguage)
    assert type(found) is NegotiateLanguage
    before = request_.get("LANGUAGE")
    bind_language(portal, BeforeTraverseEvent(portal, request_))
    assert request_.get("LANGUAGE") == before


def test_before_a_town_is_applied_the_site_s_own_language_holds(portal, request_):
    api.portal.set_registry_record("plonegov.core.municipality_id", "")
    IAnnotations(request_).clear()
    found = getMultiAdapter((portal, ask(request_, "nl")), INegotiateLanguage)
    default = api.portal.get_tool("portal_languages").getDefaultLanguage()
    assert (found.language, found.language_list) == (default, [])


def choose(portal, request, language, return_to=None):
    request.form.update({"language": language, "return_to": return_to})
    assert SetLanguage(portal, request)() == ""
    cookie = request.response.cookies.get(COOKIE)
    return cookie and cookie["value"], request.response.getHeader("Location")


def test_the_choice_is_a_cookie_of_this_site(portal, request_):
    language, target = choose(portal, request_, "nl", "/plone/privacy?a=1")
    assert (language, target) == ("nl", "http://nohost/plone/privacy?a=1")
    cookie = request_.response.cookies[COOKIE]
    assert (cookie["Path"], cookie["SameSite"]) == ("/plone", "Lax")
    assert cookie["HttpOnly"]


@pytest.mark.parametrize("language", ["de", "", "fr\r\nSet-Cookie: a=b", ["nl"]])
def test_a_language_that_the_town_has_not_is_not_kept(portal, request_, language):
    assert choose(portal, request_, language)[0] is None


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "https://evil.example/plone",
        "//evil.example/plone",
        "/\\evil.example",
        "\\\\evil.example/plone",
        "/plonetoo",
        "/other",
        "/plone/../other",
        "/plone/..",
        "javascript:alert(1)",
        "/plone\r\nX: y",
        ["/plone/a", "/plone/b"],
        "http:///plone",
        "//[",
    ],
)
def test_one_never_leaves_the_site(portal, request_, target):
    assert choose(portal, request_, "nl", target)[1] == "http://nohost/plone"
