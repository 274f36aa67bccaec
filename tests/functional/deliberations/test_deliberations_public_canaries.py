"""Nothing of a record is found by who has no business with it.

Titles, texts, annexes, the names and properties of files, advices and the reasons of
withdrawals hold a word; every page, service, feed and download that we or Plone publish
is asked for, as nobody, as the staff of another service, as the town's administrator.
Another town's people are asked for where several towns are (``test_towns_crawl``).
"""

from helpers.aviary import Aviary
from helpers.aviary import INTERNAL
from helpers.aviary import OTHER_SERVICE
from helpers.aviary import PUBLIC
from helpers.published import SECRET
from helpers.registrations import our_views
from itertools import product
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api.workload import PARTS
from plonegov.deliberations.content.publication import Publication

import gzip
import pytest
import re


OUTSIDE = (*PUBLIC, *OTHER_SERVICE)
#: What each of them may not read; a word that was only typed in tells nothing.
CANARY = {
    **dict.fromkeys(PUBLIC, re.compile(f"{SECRET}|{INTERNAL}".encode(), re.I)),
    **dict.fromkeys(OTHER_SERVICE, re.compile(SECRET.encode(), re.I)),
}
STOCK = [
    "view",
    "edit",
    "sharing",
    "folder_contents",
    "content_status_history",
    "historyview",
    "delete_confirmation",
    "manage_main",
    "manage_DAVget",
    "RSS",
    "atom.xml",
    "rss.xml",
    "search_rss",
    "sitemap",
    "sitemap.xml.gz",
    "recently_modified",
    "@@search?SearchableText=ana",
    "livesearch_reply?q=can",
    "@@ajax-search?SearchableText=can",
    "@@getVocabulary?name=plone.app.vocabularies.Catalog&field=relatedItems",
    "listing_view",
    "summary_view",
    "tabular_view",
    "full_view",
    "@@download/file",
    "@@download/annexes",
    "@@display-file/file",
    "@@images/image",
    "@history",
    "@sharing",
    "@workflow",
    "@navigation",
    "@breadcrumbs",
    "@actions",
    "@types",
    "@search?SearchableText=can",
    "@search?portal_type=plonegov.Item",
    "@search?portal_type=plonegov.Publication",
    "@querystring-search",
    "@vocabularies/plonegov.deliberations.Categories",
    "@aliases",
    "@contextnavigation",
    "@lock",
    "@navroot",
    "@relations",
    "@translations",
    "@deliberations?text=can",
    "@deliberations?b_size=200",
    "deliberations.csv",
    "deliberations.jsonld",
    "deliberations.rss",
    "agenda.ics",
]
#: Lists of the desk and searches of the public, with all that they are asked for.
LISTS = [
    *(f"all-items?scope={part}" for part in PARTS),
    *(f"all-items?scope={part}&format=csv" for part in PARTS),
    "all-items?scope=all&service=works",
    *(
        f"meetings?when={when}&format={kind}"
        for when, kind in product(("all", "past"), ("", "csv"))
    ),
    "supervision?scope=all",
    "decisions-search?text=can",
    "decisions-search?b_size=200",
    "today",
    "bodies",
]


@pytest.fixture
def world(portal):
    return Aviary(portal)


def names_at(content):
    """Return the names of our views and services that a content has, as in addresses."""
    found = {
        view.name
        for view in our_views()
        if view.required[0] is not None and view.required[0].providedBy(content)
    }
    found -= {"index.html", "main_template"}
    return sorted({name.rpartition("_")[2] if "@" in name else name for name in found})


def accepts(name):
    """Return what is asked for: services answer JSON, an object itself both."""
    if not name:
        return ("text/html", "application/json")
    if name[0] == "@" and name[1] != "@":
        return ("application/json",)
    return ("text/html",)


def told(world, person, path):
    """Return the answers to a path that tell what somebody may not read."""
    found = []
    for accept in accepts(path.rpartition("/")[2]):
        answer = world.client.get(person, path, accept)
        content = answer.content
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        if CANARY[person].search(content + repr(answer.headers).encode()):
            found.append((path, accept, answer.status))
    return found


def leaks(world, person, contents, names):
    """Return what tells something, of names at contents."""
    found = []
    for content in contents:
        place = world.path(content)
        for name in names(content):
            path = f"{place}/{name}" if place and name else place or name
            found += told(world, person, path)
    return found


def test_who_works_with_it_finds_the_word_wherever_it_was_put(world):
    key, annex = world.decided.getId(), world.annexes[1].getId()
    word = CANARY["anonymous"]
    for path, accept in (
        (f"deliberations/{key}", "application/json"),
        (f"deliberations/{key}", "text/html"),
        (f"deliberations/{key}/item-file?name={annex}", "text/html"),
        (f"deliberations/{key}/{annex}", "application/json"),
        (f"deliberations/{world.planned.getId()}", "text/html"),
        (f"deliberations/{world.private.getId()}", "text/html"),
        (f"deliberations/{world.gone.getId()}/item-public", "text/html"),
        ("deliberations/all-items?scope=all", "text/html"),
        ("deliberations/all-items?scope=all&format=csv", "text/html"),
        ("deliberations/meetings?when=all", "text/html"),
    ):
        answer = world.client.get("secretary", path, accept)
        assert answer.status == 200 and word.search(answer.content), path
    page = world.client.get("secretary", f"deliberations/{key}").content
    assert f"{SECRET} avis".encode() in page


def test_the_crawl_asks_for_all_that_is_registered(world):
    names = {name for content in world.everything for name in names_at(content)}
    ours = {
        view.name
        for view in our_views()
        if getattr(view.factory, "__module__", "").startswith("plonegov.deliberations")
        or "/deliberations/" in str(view.info)
    }
    known = {name.rpartition("_")[2] if "@" in name else name for name in ours}
    assert {"item-vote", "deliberations.csv", "@deliberations", "in-bodies"} <= names
    assert known - {""} <= names | {"index.html", "main_template"}


@pytest.mark.parametrize("person", OUTSIDE)
def test_our_pages_services_feeds_and_downloads_tell_nothing(world, person):
    assert leaks(world, person, world.everything, lambda at: ["", *names_at(at)]) == []


@pytest.mark.parametrize("person", OUTSIDE)
def test_the_lists_of_the_desk_and_the_searches_tell_nothing(world, person):
    _site, desk, decisions, *_others = world.containers
    assert leaks(world, person, (desk, decisions), lambda _at: LISTS) == []


@pytest.mark.parametrize("person", ["anonymous", "adviser", "itstaff"])
def test_the_pages_and_services_of_plone_tell_nothing(world, person):
    site, desk, decisions, *_others = world.containers
    records = (world.decided, world.coming, world.annexes[1], world.publications[1])
    contents = (site, desk, decisions, *records)
    assert leaks(world, person, contents, lambda _at: STOCK) == []


@pytest.mark.parametrize("person", ["anonymous", "adviser"])
def test_no_key_leads_past_what_is_confirmed(world, person):
    keys = [each.getId() for each in (*world.records, *world.meetings)]
    annexes = [each.getId() for each in world.annexes]
    shown = world.decided.getId()
    own = (*world.records, *world.annexes, world.coming)
    paths = [
        *(f"decisions/meeting/{key}" for key in keys),
        *(f"decisions/{key}" for key in keys),
        *(f"deliberations/{key}/{annex}" for key in keys for annex in annexes),
        *(f"deliberations/{shown}/item-file?name={annex}" for annex in annexes),
        *(f"deliberations/{shown}/{annex}/@@download/file" for annex in annexes),
        *(f"decisions/{shown}/annex/{annex}" for annex in annexes),
        *(f"decisions/{shown}/{name}" for name in dir(Publication) if name[0] != "_"),
        *(f"decisions/records/{key}" for key in keys),
        *(f"resolveuid/{each.UID()}" for each in own),
        "decisions/decisions-search?text=cana",
        "@deliberations?text=cana",
    ]
    assert [leak for path in paths for leak in told(world, person, path)] == []


def test_an_annex_s_copy_holds_nothing_of_its_name_and_properties(world):
    [ready] = publishing.publication_of(world.decided).files()
    path = f"{world.path(world.publications[1])}/annex/{ready.address}"
    answer = world.client.get("anonymous", path)
    assert answer.status == 200
    assert told(world, "anonymous", path) == []
    kept = world.annexes[0].file.data
    assert CANARY["anonymous"].search(kept)
