"""Every page stands in the town's own frame, with the facts that are known."""

from datetime import datetime
from datetime import UTC
from plone import api
from plone.app.testing import logout
from plone.app.testing import setRoles
from plone.app.testing import TEST_USER_ID
from plone.base.interfaces import IPloneSiteRoot
from plonegov.core.errors import NoMunicipality
from plonegov.core.interfaces import IClock
from plonegov.core.interfaces import IMunicipalityLayer
from plonegov.core.municipality.model import Contact
from plonegov.core.testing import FACTS
from plonegov.core.testing import set_facts
from plonegov.core.theme.emblem import RECORD
from plonegov.core.theme.emblem import store_emblem
from plonegov.core.theme.hours import open_state
from plonegov.core.theme.interfaces import IFooterLink
from plonegov.core.theme.interfaces import IFrame
from plonegov.core.theme.interfaces import IMainEntry
from plonegov.core.theme.interfaces import ITaskCard
from plonegov.core.theme.svg import EmblemRefused
from Products.statusmessages.interfaces import IStatusMessage
from zope.annotation.interfaces import IAnnotations
from zope.component import getGlobalSiteManager
from zope.component import getMultiAdapter
from zope.i18n import interpolate
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.interface.verify import verifyObject

import lxml.html
import pytest


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'


@pytest.fixture
def request_(portal):
    request = portal.REQUEST
    alsoProvides(request, IMunicipalityLayer)
    request.set("LANGUAGE", "fr")
    return request


def forget_facts(request):
    IAnnotations(request).clear()


def facts(portal, request, **changes):
    set_facts(portal, FACTS | changes)
    forget_facts(request)


def page(portal, request, name):
    view = getMultiAdapter((portal, request), name=name)
    return lxml.html.fromstring(view())


def texts(tree, selector):
    return [" ".join(node.text_content().split()) for node in tree.cssselect(selector)]


@pytest.mark.parametrize(
    "name", ["front-page", "offices", "accessibility", "privacy", "search", "login"]
)
def test_a_page_has_one_heading_one_main_part_and_a_name(portal, request_, name):
    logout()
    tree = page(portal, request_, name)
    assert tree.get("lang") == "fr"
    assert len(tree.cssselect("h1")) == 1
    assert len(tree.cssselect("main")) == 1
    assert tree.cssselect("body > a.pg-skip")[0].get("href") == "#main"
    assert "Exempleville" in tree.cssselect("title")[0].text


@pytest.mark.parametrize("name", ["front-page", "login", "privacy"])
def test_a_citizen_s_page_needs_no_script_and_nothing_of_others(portal, request_, name):
    logout()
    tree = page(portal, request_, name)
    assert tree.cssselect("script") == []
    loaded = tree.xpath("//link[@rel!='canonical']/@href | //@src")
    assert all(address.startswith("http://nohost/plone/") for address in loaded)


def test_an_editor_keeps_plone_s_tools(portal, request_):
    setRoles(portal, TEST_USER_ID, ["Manager"])
    tree = page(portal, request_, "front-page")
    assert tree.cssselect("nav#edit-bar")
    assert tree.cssselect("script")


def test_the_root_is_the_front_page_whatever_multilingual_wants(portal, request_):
    assert portal.portal_types["Plone Site"].default_view == "front-page"
    for name in ("front-page", "language-switcher"):
        assert page(portal, request_, name).cssselect(".pg-hero")
    assert request_.response.getHeader("Location") is None


def test_footer_shows_the_facts_of_the_profile(portal, request_):
    tree = page(portal, request_, "privacy")
    footer = texts(tree, "footer")[0]
    for fact in ("Place de l'Exemple 1", "9999 Exempleville", "+32 2 555 00 00"):
        assert fact in footer
    assert tree.cssselect("footer a[href='mailto:commune@exempleville.example']")


def test_what_the_profile_does_not_know_is_not_shown(portal, request_):
    facts(portal, request_, contact={}, address={}, services=[])
    for name in ("front-page", "offices", "privacy", "accessibility"):
        tree = page(portal, request_, name)
        assert tree.xpath("//a[starts-with(@href, 'tel:')]") == []
        assert tree.cssselect("address, .pg-open, .pg-week, .pg-contact") == []


def test_without_a_town_plone_s_own_page_is_shown(portal, request_):
    api.portal.set_registry_record("plonegov.core.municipality_id", "")
    forget_facts(request_)
    template = getMultiAdapter((portal, request_), name="main_template")
    assert template.template.filename.endswith(
        "CMFPlone/browser/templates/main_template.pt"
    )
    with pytest.raises(NoMunicipality):
        getMultiAdapter((portal, request_), name="page-frame").bind(None)


def test_a_demonstration_says_so_and_is_not_indexed(portal, request_):
    assert not page(portal, request_, "front-page").cssselect(".pg-demo")
    assert request_.response.getHeader("X-Robots-Tag") is None
    api.portal.set_registry_record("plonegov.core.demo", True)
    tree = page(portal, request_, "privacy")
    assert tree.cssselect(".pg-demo")
    assert tree.cssselect("meta[name=robots]")[0].get("content") == "noindex, nofollow"
    assert "noindex" in request_.response.getHeader("X-Robots-Tag")


def test_the_language_choice_names_each_language_in_itself(portal, request_):
    request_.environ["QUERY_STRING"] = "SearchableText=a%26b"
    request_.set("ACTUAL_URL", "http://nohost/plone/search")
    links = page(portal, request_, "search").cssselect(".pg-languages a")
    assert [link.get("lang") for link in links] == ["fr", "nl", "en", "es"]
    assert [link.get("aria-current") for link in links] == ["true", None, None, None]
    assert links[1].text_content().split() == ["NL", "Nederlands"]
    assert "%2Fplone%2Fsearch%3FSearchableText%3Da%2526b" in links[1].get("href")


def test_a_query_is_not_carried_on_from_a_sent_form(portal, request_):
    request_.environ["QUERY_STRING"] = "secret=1"
    request_.environ["REQUEST_METHOD"] = request_.method = "POST"
    request_.set("REQUEST_METHOD", "POST")
    assert b"secret" not in lxml.html.tostring(page(portal, request_, "search"))


@implementer(IFooterLink, IMainEntry, ITaskCard)
class Task:
    order = 10
    title = "<Commander> un document"
    text = "Par la poste ou au guichet"
    icon = "M0 0h8"

    def __init__(self, site, request):
        self.site = site

    def available(self):
        return True

    def url(self):
        return f"{self.site.absolute_url()}/counter"


class Later(Task):
    order = 5

    def available(self):
        return False


@pytest.fixture
def tasks(portal):
    registry = getGlobalSiteManager()
    required = (IPloneSiteRoot, IMunicipalityLayer)
    wanted = [(f"task-{number}", Task) for number in range(8)] + [("later", Later)]
    for provided in (IFooterLink, IMainEntry, ITaskCard):
        for name, factory in wanted:
            registry.registerAdapter(factory, required, provided, name)
    yield
    for provided in (IFooterLink, IMainEntry, ITaskCard):
        for name, factory in wanted:
            registry.unregisterAdapter(factory, required, provided, name)


def test_entries_and_cards_are_few_and_lead_somewhere(portal, request_, tasks):
    assert verifyObject(ITaskCard, Task(portal, request_))
    tree = page(portal, request_, "front-page")
    assert texts(tree, ".pg-main a") == ["<Commander> un document"] * 6
    assert texts(tree, ".pg-footer nav a[href$='/counter']") == [Task.title] * 8
    assert len(tree.cssselect(".pg-card")) == 4
    assert {link.get("href") for link in tree.cssselect(".pg-card a")} == {
        "http://nohost/plone/counter"
    }


def test_the_frame_keeps_its_promise(portal, request_):
    frame = getMultiAdapter((portal, request_), name="page-frame").bind(None)
    assert verifyObject(IFrame, frame)


def test_what_was_done_is_said_without_markup(portal, request_):
    IStatusMessage(request_).add("<b>Enregistré</b>", type="info")
    tree = page(portal, request_, "privacy")
    assert texts(tree, ".pg-message[role=status]") == ["<b>Enregistré</b>"]


@pytest.mark.parametrize(
    ("day", "is_open", "text"),
    [
        (datetime(2026, 11, 24, 10, 0), True, "Open until 12:00"),
        (datetime(2026, 11, 24, 13, 0), False, "Closed, opens today at 13:30"),
        (datetime(2026, 11, 24, 17, 0), False, "Closed, opens tomorrow at 09:00"),
        (datetime(2026, 11, 27, 17, 0), False, "Closed now"),
        (datetime(2026, 12, 25, 10, 0), False, "Closed now"),
    ],
)
def test_opening_hours_say_until_when(day, is_open, text):
    contact = Contact(opening_hours="Mo-Fr 09:00-12:00,13:30-16:30")
    state = open_state(contact, day, "BE")
    assert state.is_open is is_open
    assert interpolate(state.text.default, state.text.mapping) == text


def test_hours_around_the_clock_have_no_end_and_unknown_hours_no_state():
    moment = datetime(2026, 11, 24, 10, 0)
    assert open_state(Contact(opening_hours="24/7"), moment, "BE").is_open
    assert open_state(Contact(), moment, "BE") is None


@implementer(IClock)
class TuesdayMorning:
    def now(self):
        return datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_open_now_goes_by_the_town_s_own_time(portal, request_):
    registry = getGlobalSiteManager()
    registry.registerUtility(TuesdayMorning(), IClock, "tuesday")
    ports = api.portal.get_registry_record("plonegov.core.ports")
    api.portal.set_registry_record("plonegov.core.ports", ports | {"IClock": "tuesday"})
    try:
        tree = page(portal, request_, "offices")
    finally:
        registry.unregisterUtility(provided=IClock, name="tuesday")
    assert "12:00" in texts(tree, "#population .pg-open")[0]
    assert texts(tree, "#population .pg-today th")[0].startswith("mardi")
    assert tree.cssselect("#works .pg-open") == []


def test_colours_reach_the_page_as_tokens(portal, request_):
    css = getMultiAdapter((portal, request_), name="theme.css")()
    assert "--pg-brand:#1f5f3f;" in css
    assert "@media screen and (prefers-color-scheme:dark)" in css
    assert request_.response.getHeader("Content-Type") == "text/css; charset=utf-8"
    etag = request_.response.getHeader("ETag")
    request_.environ["HTTP_IF_NONE_MATCH"] = etag
    assert getMultiAdapter((portal, request_), name="theme.css")() == ""
    assert request_.response.getStatus() == 304


def test_a_style_sheet_s_address_changes_with_the_colours(portal, request_):
    def address():
        frame = getMultiAdapter((portal, request_), name="page-frame").bind(None)
        return frame.stylesheets()[0]

    before = address()
    facts(portal, request_, theme={"brand": "#00427a", "accent": "#c8102e"})
    assert address() != before


def test_the_emblem_is_stored_once_and_served_without_rights(portal, request_):
    store_emblem(portal, SVG)
    assert api.portal.get_registry_record(RECORD).startswith("<svg")
    assert getMultiAdapter((portal, request_), name="emblem.svg")().startswith("<svg")
    policy = request_.response.getHeader("Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    portal._p_jar.savepoint()
    store_emblem(portal, SVG)
    assert portal._p_jar._registered_objects == []


def inside(text):
    return SVG.replace(b"<path", text.encode() + b"<path")


@pytest.mark.parametrize(
    "svg",
    [
        b"",
        b"no drawing",
        b"<html/>",
        b"<svg/>",
        inside("<script>alert(1)</script>"),
        inside("<style>@import 'http://evil.example'</style>"),
        inside("<foreignObject/>"),
        inside('<image href="http://evil.example/a.png"/>'),
        inside('<use href="http://evil.example/a.svg#a"/>'),
        inside('<a href="javascript:alert(1)"/>'),
        inside('<animate attributeName="href"/>'),
        inside("<?xml-stylesheet href='http://evil.example'?>"),
        inside('<rect fill="url(http://evil.example#a)"/>'),
        inside("<rect style=\"fill: URL( '//evil.example')\"/>"),
        inside('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>'),
        SVG.replace(b"<path", b'<path onload="alert(1)"'),
        SVG.replace(b"<svg", b'<svg onload="alert(1)"'),
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG,
        SVG + b" " * 100_001,
    ],
)
def test_an_emblem_holds_nothing_active_or_foreign(portal, svg):
    before = api.portal.get_registry_record(RECORD)
    with pytest.raises(EmblemRefused):
        store_emblem(portal, svg)
    assert api.portal.get_registry_record(RECORD) == before


def test_uninstalling_gives_the_site_back(portal):
    setup = api.portal.get_tool("portal_setup")
    setup.runAllImportStepsFromProfile("profile-plonegov.core:uninstall")
    registry = api.portal.get_tool("portal_registry")
    assert RECORD not in registry.records
    assert registry["plone.app.theming.interfaces.IThemeSettings.enabled"]
    site_type = portal.portal_types["Plone Site"]
    assert site_type.default_view == "document_view"
    assert "front-page" not in site_type.view_methods
