"""What the highest role of a town may do stays harmless, and the daily work is done."""

from base64 import b64encode
from helpers.hostile import JSON
from helpers.hostile import ME
from helpers.hostile import OTHER
from helpers.hostile import OWN
from helpers.towns import PLAIN
from helpers.towns import Secret
from helpers.towns import SECRETS

import pytest
import re


#: A template, a script and a program in one text.
CODE = (
    '<p tal:content="python: 6*7"/><script>alert(6)</script>'
    '<dtml-var "6*7"><img src=x onerror=alert(6)> return 6*7'
)
#: Plone's own answer to a type that has no place there; its status is 500.
NO_PLACE = "Disallowed subobject type|can not add the copied content"


@pytest.fixture(scope="module")
def boss(world):
    """The headers of the Zope root's administrator."""
    pair = ":".join(world.facts["admin"]).encode()
    return JSON | {"Authorization": f"Basic {b64encode(pair).decode()}"}


WHOLE = {
    "REST": "DELETE /{own} json {{}}",
    "WebDAV": "DELETE /{own} form",
    "a form": "POST delete_confirmation form form.buttons.Delete=Delete",
    "the list of contents": 'POST @@fc-delete form folder=/&selection=["{uid}"]',
    "a path": "POST plone_utils/deleteObjectsByPaths form paths:list=/{own}",
    "a new name": "POST @@object_rename form form.buttons.Rename=R&form.widgets.new_id=x",
}


@pytest.mark.parametrize("way", WHOLE)
def test_the_own_site_is_not_deleted_or_renamed_as_a_whole(world, hostile, way):
    uid = hostile.read("")["UID"]
    answer = hostile.send(WHOLE[way].format(own=OWN, uid=uid))
    assert answer.status_code < 500
    for kept in ("", "dossier", "counter"):
        assert hostile.get(kept).status_code == 200, kept
    clerk = world.headers(OWN, "clerk")
    order = world.call("GET", world.url(OWN, f"{world.order(OWN)}/order-review"), clerk)
    assert order.status_code == 200


def test_a_town_that_holds_no_real_record_is_as_safe(world, hostile, boss):
    """Records keep their site, but not in a demonstration."""
    for demo in (True, False):
        setting = {"plonegov.core.demo": demo}
        changed = world.call("PATCH", world.url(OWN, "@registry"), boss, json=setting)
        assert changed.status_code == 204
        if demo:
            answer = hostile.rest("DELETE", "", {})
    assert (answer.status_code, answer.json()["type"]) == (403, "Forbidden")


@pytest.mark.parametrize(
    "layout",
    [
        f"../../{OTHER}/dossier",
        f"/{OTHER}/dossier",
        f"{OTHER}/dossier",
        "../../acl_users/manage_main",
        "portal_setup/manage_main",
        "acl_users",
        "@@main_template",
    ],
)
def test_a_layout_that_is_a_path_leads_nowhere(hostile, layout):
    """REST takes any text as the layout of a page."""
    for place, usual in (("box", "listing_view"), ("box/inner", "document_view")):
        answer = hostile.rest("PATCH", place, {"layout": layout})
        assert answer.status_code in (204, 400)
        for name in ("", "/view", "/@@full_view", "/@@listing_view"):
            shown = hostile.get(f"{place}{name}")
            assert not Secret(OTHER).pattern.search(shown.content), name
            assert b"manage_" not in shown.content, name
        assert hostile.rest("PATCH", place, {"layout": usual}).status_code == 204


@pytest.mark.parametrize("kind", ["pt", "py", "dtml", "html", "zpt", "cpt"])
def test_what_is_put_into_the_site_is_text_and_no_program(hostile, kind):
    hostile.send(f"PUT mine.{kind} data {CODE}")
    answer = hostile.rest("GET", f"mine.{kind}", None)
    if answer.status_code != 404:
        assert answer.json()["@type"] in ("Document", "File", "Image")
        assert hostile.rest("DELETE", f"mine.{kind}", None).status_code == 204


def test_text_of_a_page_is_no_template_and_no_script(hostile):
    page = {
        "@type": "Document",
        "id": "mine-text",
        "title": "${python: 6*7}",
        "text": f"{CODE}<b>kept</b>",
    }
    assert hostile.rest("POST", "", page).status_code == 201
    shown = hostile.get("mine-text/view").text
    assert "<b>kept</b>" in shown
    for code in ("<script>alert(6)", "onerror", ">42<", "tal:content"):
        assert code not in shown


@pytest.mark.parametrize("target", ["box/", "", "counter/", "counter/household/"])
@pytest.mark.parametrize("verb", ["@copy", "@move"])
def test_the_questions_of_a_document_are_copied_nowhere(hostile, target, verb):
    source = {"source": hostile.address("counter/residence/questions")}
    answer = hostile.rest("POST", f"{target}{verb}", source)
    if answer.status_code == 500:
        assert re.search(NO_PLACE, answer.text)
    else:
        assert answer.status_code in (401, 403) or answer.json() == [], answer.text
    assert hostile.read("counter/residence")["items_total"] == 1


def test_language_settings_break_no_page_of_the_town(world, hostile):
    form = {
        "form.widgets.default_language:list": "en",
        "form.widgets.available_languages": "en",
        "form.widgets.use_cookie_negotiation:list": "selected",
        "form.buttons.save": "Save",
    }
    assert hostile.form("@@language-controlpanel", form).status_code < 500
    for path in ("", "counter", "counter/residence", "fr", "search", "privacy"):
        for language in ("fr", "nl", "en", "es", "xx"):
            asked = {"Accept-Language": language}
            shown = world.call("GET", world.url(OWN, path), asked)
            assert shown.status_code in (200, 302), (path, language)


NEWCOMER = {
    "username": "newcomer",
    "email": "new@demo.example",
    "password": "A-long-secret-1",
}
SHARED = {"entries": [{"id": "choir", "type": "group", "roles": {"Editor": True}}]}
WORK = [
    ("POST", "@users", NEWCOMER, 201),
    ("PATCH", "@users/newcomer", {"fullname": "New Comer"}, 204),
    ("PATCH", "@users/newcomer", {"roles": {"Clerk": True}}, 204),
    ("POST", "@groups", {"groupname": "choir", "users": ["newcomer"]}, 201),
    ("PATCH", "@groups/service-population", {"users": {"newcomer": True}}, 204),
    ("POST", "", {"@type": "Folder", "id": "news", "title": "News"}, 201),
    ("POST", "news", {"@type": "Document", "id": "first", "title": "First"}, 201),
    ("PATCH", "news/first", {"title": "One", "layout": "document_view"}, 204),
    ("POST", "news/first/@workflow/publish", {}, 200),
    ("POST", "news/@sharing", SHARED, 204),
    ("POST", "@copy", {"source": "/news/first"}, 200),
    ("DELETE", "news", None, 204),
    ("DELETE", "@groups/choir", None, 204),
    ("DELETE", "@users/newcomer", None, 204),
]


def test_the_daily_work_is_done(hostile):
    for method, path, body, status in WORK:
        answer = hostile.rest(method, path, body)
        assert answer.status_code == status, (method, path, answer.text)


def test_after_all_attempts_the_role_is_what_it_was(world, hostile, boss):
    """As the root's administrator sees it."""
    roles = hostile.read(f"@users/{ME}")["roles"]
    assert sorted(roles) == ["Member", "Site Administrator"]
    group = world.call("GET", world.url(OWN, "@groups/Administrators"), boss).json()
    assert group["members"]["items"] == []
    for name in ("mine", "me", "rising", "taken", "gone"):
        for site in (f"{OWN}/", f"{OTHER}/", ""):
            found = world.call("GET", f"{world.base}/{site}{name}", boss)
            assert found.status_code == 404, (site, name)
    for site in SECRETS:
        chief = world.headers(site, "manager" if site == PLAIN else "itstaff")
        shown = world.call("GET", world.url(site, "dossier"), chief)
        assert Secret(site).pattern.search(shown.content)
