"""Nothing of a record that is not public is found by who has no business with it.

Titles, texts, annexes, the names and properties of files and the reasons of withdrawals
hold a word; every page, service, feed and download that we or Plone publish is asked for.
"""

from helpers import councils
from helpers import published
from helpers.councils import acting
from helpers.people import add_person
from helpers.published import SECRET
from helpers.registrations import our_views
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import publishing
from plonegov.deliberations.content.publication import Publication
from plonegov.deliberations.domain.publishing import WhyWithdrawn

import gzip
import pytest
import re
import transaction


CANARY = re.compile(rb"canari|canary", re.I)
#: Who is outside: nobody, a citizen, another service's drafter, an editor, IT staff.
OUTSIDE = ("anonymous", "citizen", "adviser", "editor", "itstaff")
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
    "@deliberations?text=can",
    "@deliberations?b_size=200",
    "deliberations.csv",
    "deliberations.jsonld",
    "deliberations.rss",
    "agenda.ics",
]


class World:
    """Where the word stands, and the addresses around it."""

    def __init__(self, portal):
        councils.add_staff(portal)
        add_person(portal, "editor", ["Member", "Local Editor", "Editor"], [])
        add_person(portal, "itstaff", ["Member", "Site Administrator"], [])
        councils.seat()
        councils.seat("college")
        planned = councils.plan(portal, place=f"{SECRET} lieu prévu")
        private = published.convened(portal, "college", place=f"{SECRET} bureau")
        college = published.an_item(portal, "college")
        coming = published.convened(portal, place="Maison communale")
        draft = published.drafted(portal, coming)
        closed, silent = (
            published.an_item(portal, privacy="closed"),
            published.an_item(portal),
        )
        prepared = published.an_item(portal)
        decided, gone = published.an_item(portal), published.an_item(portal)
        annexes = [
            published.annexed(portal, decided, publishable=yes) for yes in (True, False)
        ]
        with acting(portal, "secretary"):
            agenda.present(college, private)
            for item in (silent, prepared, closed):
                agenda.present(item, coming)
            publishing.prepare(prepared, f"{SECRET} public", f"<p>{SECRET}</p>")
        published.decided(portal, decided, gone)
        published.published(portal, decided, annexes={annexes[0].getId(): ""})
        with acting(portal, "secretary"):
            publishing.prepare(gone, f"{SECRET} retiré", f"<p>{SECRET}</p>")
            publishing.confirm(gone)
            publishing.withdraw(gone, WhyWithdrawn.PRIVACY)
        transaction.commit()
        base, records = portal.absolute_url(), (draft, decided, gone, closed, college)
        self.base = base
        self.keys = [each.getId() for each in records]
        self.meetings = [each.getId() for each in (planned, private, coming)]
        self.annexes = [each.getId() for each in annexes]
        self.uids = [each.UID() for each in (*records, *annexes, coming)]
        self.shown = decided.getId()


@pytest.fixture
def world(portal):
    return World(portal)


def our_names():
    named = {view.name for view in our_views()} - {"", "index.html", "main_template"}
    return sorted({name.rpartition("_")[2] if "@" in name else name for name in named})


def places(world, person):
    """Return what is crawled: all as nobody, the records and one publication else."""
    found = [
        f"{world.base}/decisions/{world.keys[1]}",
        f"{world.base}/deliberations/{world.keys[1]}",
        f"{world.base}/deliberations/{world.meetings[2]}",
    ]
    if person == "anonymous":
        others = ("", "/decisions", "/deliberations", f"/decisions/{world.keys[2]}")
        found += [f"{world.base}{path}" for path in others]
    return found


def accepts(name):
    """Return what is asked for: services answer JSON, an object itself both."""
    if not name:
        return ("text/html", "application/json")
    if name[0] == "@" and name[1] != "@":
        return ("application/json",)
    return ("text/html",)


def body(answer):
    content = answer.content
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def test_its_secretary_finds_the_word(world, visit):
    address = f"{world.base}/deliberations/{world.keys[1]}"
    answer = visit("secretary").get(address, headers={"Accept": "application/json"})
    assert CANARY.search(answer.content)


@pytest.mark.parametrize("person", OUTSIDE)
def test_pages_services_feeds_and_downloads_tell_nothing(world, visit, person):
    session, names = visit(person), our_names()
    assert {"decisions-search", "deliberations.csv", "@deliberations"} <= set(names)
    for place in places(world, person):
        for name in ["", *names, *STOCK]:
            for accept in accepts(name):
                answer = session.get(f"{place}/{name}", headers={"Accept": accept})
                assert not CANARY.search(body(answer)), (place, name, accept)


@pytest.mark.parametrize("person", ["anonymous", "adviser"])
def test_no_key_leads_past_what_is_confirmed(world, visit, person):
    session = visit(person)
    keys = [*world.keys, *world.meetings]
    paths = [
        *(f"decisions/meeting/{key}" for key in keys),
        *(f"decisions/{key}" for key in keys),
        *(f"deliberations/{key}/{annex}" for key in keys for annex in world.annexes),
        *(f"decisions/{world.shown}/annex/{annex}" for annex in world.annexes),
        *(f"decisions/{world.shown}/{name}" for name in dir(Publication)),
        *(f"decisions/records/{key}" for key in keys),
        *(f"resolveuid/{uid}" for uid in world.uids),
        "decisions/decisions-search?text=cana",
        "@deliberations?text=cana",
    ]
    for path in paths:
        if "/_" in path:
            continue
        answer = session.get(f"{world.base}/{path}")
        assert not CANARY.search(body(answer)), path


def test_an_annex_s_copy_holds_nothing_of_its_name(world, visit):
    [ready] = publishing.decisions().records.get(world.shown).files()
    address = f"{world.base}/decisions/{world.shown}/annex/{ready.address}"
    answer = visit("anonymous").get(address)
    assert answer.status_code == 200
    assert not CANARY.search(answer.content + repr(answer.headers).encode())
