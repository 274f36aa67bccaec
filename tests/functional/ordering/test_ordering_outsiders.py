"""Who is outside an order's service sees and changes nothing of it, by any address.

An order full of canaries is placed, handled and drawn up; then everything that our
packages and Plone publish is asked for as somebody who has no business with it.
"""

from helpers.canaries import CANARY
from helpers.canaries import EVERYBODY
from helpers.canaries import everything_of_canaries
from helpers.registrations import our_views
from helpers.registrations import views_of_others
from itertools import cycle
from plone import api
from plonegov.ordering.api import links
from plonegov.ordering.api.counters import counter
from plonegov.ordering.content.counter import Counter
from plonegov.ordering.content.order import Order

import pytest
import transaction


#: What Plone publishes on any content.
STOCK_PAGES = [
    "view",
    "edit",
    "sharing",
    "folder_contents",
    "content_status_history",
    "historyview",
    "@@historyview",
    "object_copy",
    "object_cut",
    "object_rename",
    "delete_confirmation",
    "select_default_page",
    "manage",
    "manage_main",
    "manage_access",
    "manage_workspace",
    "manage_DAVget",
    "document_src",
    "RSS",
    "atom.xml",
    "rss.xml",
    "search_rss",
    "sitemap",
    "sitemap.xml.gz",
    "recently_modified",
    "index_html",
    "@@search?SearchableText=xpl",
    "livesearch_reply?q=xpl",
    "@@ajax-search?SearchableText=xpl",
    "@@getVocabulary?name=plone.app.vocabularies.Users&field=creators",
    "@@getVocabulary?name=plone.app.vocabularies.Catalog&field=relatedItems",
    "@@fc-contextInfo",
    "@@qsOptions",
    "@@getSource",
    "listing_view",
    "summary_view",
    "tabular_view",
    "full_view",
    "@@images/issued",
    "@@download/issued",
    "@@download/act",
    "@@download/attachments",
    "@@display-file/issued",
    "saved_data",
    "@@data",
    "@@export-easyform",
    "fields",
    "actions",
    "front-page",
]
STOCK_REST = [
    "@history",
    "@sharing",
    "@workflow",
    "@navigation",
    "@breadcrumbs",
    "@actions",
    "@types",
    "@aliases",
    "@lock",
    "@comments",
    "@linkintegrity",
    "@contextnavigation",
    "@relations",
    "@translations",
    "@rules",
    "@recyclebin",
    "@search?SearchableText=xpl",
    "@search?portal_type=plonegov.Order",
    "@querystring-search",
    "@vocabularies/plone.app.vocabularies.Users",
    "@vocabularies/plonegov.ordering.Services",
    "@types/plonegov.Order",
    "@site",
    "@navroot",
    "@inherit",
    "@orders",
    "@orderable-documents",
]


@pytest.fixture
def order(portal):
    """An order with a draft and a rejected order beside it, all full of canaries."""
    return everything_of_canaries(portal)


def our_names():
    """Return the names of our views and services, as they stand in an address."""
    named = {view.name for view in our_views()}
    names = named - {"", "index.html", "main_template"}
    return sorted({name.rpartition("_")[2] if "@" in name else name for name in names})


def places(portal, order):
    base, reference = portal.absolute_url(), order.reference
    [rejected] = set(counter().records) - {reference}
    return [
        f"{base}/counter/{reference}",
        f"{base}/counter/{rejected}",
        f"{base}/counter/residence/questions",
        f"{base}/counter",
        base,
    ]


def public_names(*classes):
    return sorted({name for one in classes for name in dir(one) if name[0] != "_"})


def test_its_clerk_finds_the_canaries(portal, order, visit):
    session, base = visit("clerk"), portal.absolute_url()
    for path in (
        f"counter/{order.reference}",
        f"counter/{order.reference}/order-file?name=0",
        "counter/queue?scope=all",
        "@orders",
    ):
        kind = "application/json" if path.startswith("@") else "text/html"
        answer = session.get(f"{base}/{path}", headers={"Accept": kind})
        assert CANARY.search(answer.content), path


@pytest.mark.parametrize("person", EVERYBODY)
def test_our_pages_and_services_tell_an_outsider_nothing(portal, order, visit, person):
    session, names = visit(person), our_names()
    assert {"order-review", "order-file", "queue", "@orders", "track"} <= set(names)
    for place in places(portal, order):
        for name in ["", *names]:
            for accept in ("text/html", "application/json"):
                url = f"{place}/{name}?name=issued&role=subject&format=csv&scope=all"
                answer = session.get(url, headers={"Accept": accept})
                assert not CANARY.search(answer.content), (url, accept)


@pytest.mark.parametrize("person", EVERYBODY)
def test_the_pages_and_services_of_plone_tell_an_outsider_nothing(
    portal, order, visit, person
):
    session = visit(person)
    for place in places(portal, order):
        for name in STOCK_PAGES + STOCK_REST:
            kind = "application/json" if name.startswith("@") else "text/html"
            kind = "text/html" if name.startswith("@@") else kind
            answer = session.get(f"{place}/{name}", headers={"Accept": kind})
            assert not CANARY.search(answer.content), (place, name)


def names_of_others():
    """Return what else is registered for a browser: views by ``@@``, services that are
    read; adapters of a third object are no pages."""
    found = set()
    for view in views_of_others():
        method, is_service, service = view.name.partition("_application_json_")
        if is_service:
            found |= {service} if method == "GET" and service else set()
        elif view.name and len(view.required) == 2:
            found.add(f"@@{view.name}")
    return sorted(found)


def test_nothing_that_is_registered_tells_an_outsider_of_an_order(portal, order, visit):
    """Outsiders take turns: the list is long."""
    names, place = names_of_others(), places(portal, order)[0]
    assert {"@@sharing", "@@delete_confirmation", "@history"} <= set(names)
    sessions = cycle([visit(person) for person in EVERYBODY])
    for name, session in zip(names, sessions, strict=False):
        kind = "text/html" if name.startswith("@@") else "application/json"
        answer = session.get(f"{place}/{name}", headers={"Accept": kind})
        assert not CANARY.search(answer.content), name


@pytest.mark.parametrize("person", EVERYBODY)
def test_no_attribute_or_method_is_published_under_an_order(
    portal, order, visit, person
):
    session, place = visit(person), places(portal, order)[0]
    for name in public_names(Order):
        answer = session.get(f"{place}/{name}?role=subject&name=issued")
        assert not CANARY.search(answer.content), name


STORES = {
    name: type(value)
    for name, value in vars(Counter("counter")).items()
    if type(value).__module__.startswith("plonegov")
}


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("person", ["anonymous", "itstaff", "clerk", "owner"])
def test_no_store_of_the_counter_is_published(portal, order, visit, person, store):
    session = visit(person)
    base = f"{portal.absolute_url()}/counter/{store}"
    arguments = {"key": order.reference, "uid": api.content.get_uuid(order)}
    for name in ["", *public_names(STORES[store])]:
        for ask in (session.get, session.post):
            answer = ask(f"{base}/{name}", params=arguments, allow_redirects=False)
            assert answer.status_code in (302, 401, 403, 404), (name, answer.text)
    transaction.begin()
    assert counter().records.row(order.reference)


def test_the_stores_are_found_by_this_test():
    assert {"records", "drafts", "replays", "schemas"} <= set(STORES)


CHANGES = {
    "PATCH": ("", {"document": "canary", "service": "works"}),
    "DELETE": ("", None),
    "start": ("/@workflow/start", {}),
    "withdraw": ("/@workflow/withdraw", {}),
    "sharing": (
        "/@sharing",
        {"entries": [{"id": "citizen", "type": "user", "roles": {"Reader": True}}]},
    ),
    "lock": ("/@lock", {}),
}


#: Its clerk and its applicant may withdraw an order, and nothing else of these.
WITHDRAWERS = ("clerk", "owner")


@pytest.mark.parametrize(
    ("person", "change"),
    [
        (person, change)
        for person in (*EVERYBODY, *WITHDRAWERS)
        for change in CHANGES
        if change != "withdraw" or person not in WITHDRAWERS
    ],
)
def test_no_stock_call_changes_an_order_past_its_rules(
    portal, order, visit, person, change
):
    path, body = CHANGES[change]
    events = order.events
    answer = visit(person).request(
        change if change.isupper() else "POST",
        places(portal, order)[0] + path,
        json=body,
        headers={"Accept": "application/json"},
    )
    assert answer.status_code < 500, answer.text
    transaction.begin()
    found = links.find(order.reference)
    assert (found.state, found.service) == ("in_progress", "population")
    assert found.events == events
    assert not found.__dict__.get("__ac_local_roles__", {}).get(person)


@pytest.mark.parametrize("person", [*EVERYBODY, "clerk", "owner"])
@pytest.mark.parametrize("call", ["@copy", "@move"])
def test_an_order_is_copied_and_moved_nowhere(portal, order, visit, person, call):
    answer = visit(person).post(
        f"{portal.absolute_url()}/{call}",
        json={"source": places(portal, order)[0]},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code in (401, 403) or answer.json() == []
    transaction.begin()
    assert len(counter().records) == 2
    assert not portal.portal_catalog.unrestrictedSearchResults(
        portal_type="plonegov.Order"
    )


@pytest.mark.parametrize("person", EVERYBODY)
def test_an_order_is_not_reached_by_way_of_another_object(portal, order, visit, person):
    session, base = visit(person), portal.absolute_url()
    for path in (
        f"counter/residence/{order.reference}",
        f"counter/residence/questions/{order.reference}/@@order-review",
        f"counter/{order.reference}/counter/{order.reference}/order-review",
        f"counter/{order.reference}/front-page",
        f"{order.reference}",
        f"counter/{order.reference}/++attribute++applicant",
        f"counter/++attribute++records/{order.reference}",
        f"@@plone/counter/{order.reference}",
        f"resolveuid/{api.content.get_uuid(order)}",
        f"counter/@@download/records/{order.reference}",
    ):
        answer = session.get(f"{base}/{path}")
        assert not CANARY.search(answer.content), path


def test_the_applicant_reads_what_the_link_shows_and_no_more(portal, order, visit):
    session, place = visit("owner"), places(portal, order)[0]
    json = {"Accept": "application/json"}
    seen = session.get(place, headers=json)
    assert seen.json()["state"] == "in_progress"
    assert seen.headers["Cache-Control"] == "no-store"
    assert not CANARY.search(seen.content)
    for name in (*public_names(Order), *our_names(), *STOCK_PAGES, *STOCK_REST):
        kind = {"Accept": "text/html"} if name.startswith("@@") else json
        answer = session.get(f"{place}/{name}?name=issued", headers=kind)
        assert not CANARY.search(answer.content), name


def test_a_clerk_reads_files_only_by_the_page_that_logs_it(portal, order, visit):
    session, place = visit("clerk"), places(portal, order)[0]
    for name in ("issued", "act", "attachments"):
        for view in ("@@download", "@@display-file", "@@images"):
            answer = session.get(f"{place}/{view}/{name}", allow_redirects=False)
            assert answer.status_code in (302, 401, 403, 404)
        answer = session.get(f"{place}/{name}", allow_redirects=False)
        assert answer.status_code in (302, 401, 403, 404)
    assert b"canary" in session.get(f"{place}/order-file?name=issued").content


def test_a_role_shared_on_a_parent_opens_no_order(portal, order, visit):
    for parent in (portal, counter()):
        parent.manage_setLocalRoles("citizen", ["Service Clerk", "Reader", "Manager"])
    transaction.commit()
    answer = visit("citizen").get(
        places(portal, order)[0], headers={"Accept": "application/json"}
    )
    assert answer.status_code == 401
