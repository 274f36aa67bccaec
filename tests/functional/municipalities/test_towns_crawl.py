"""No town's data is read by another town's people, whoever they are, by any address.

Four towns and a plain Plone site share one Zope. Each is full of a word of its own.
"""

from helpers.towns import deliberating
from helpers.towns import foreign
from helpers.towns import leaks
from helpers.towns import mighty
from helpers.towns import person
from helpers.towns import PLAIN
from helpers.towns import Secret
from helpers.towns import SECRETS
from helpers.towns import TOWNS
from helpers.towns import WAYS
from itertools import cycle
from itertools import islice

import pytest


#: Whatever a page may ask for.
QUERY = "name=issued&role=subject&format=csv&scope=all&question=mandate"
#: Words that begin like the secrets: an answer that repeats them tells nothing.
SEARCH = "SearchableText=" + "+OR+".join(f"{word[:4]}*" for word, _ in SECRETS.values())
#: Where Plone itself tells everybody the title of any page. Our layer does not; a
#: plain site is as Plone makes it.
TALKATIVE = {
    "@@contact-info",
    "@@description",
    "@@mail_password_form",
    "@@mail_password_response",
    "@@main_template",
    "@@passwordreset",
    "@@sitemap",
    "@@title",
}
#: What Plone publishes on content beside its views.
STOCK = (
    "folder_contents",
    "sharing",
    "manage_main",
    "manage_DAVget",
    "manage_FTPget",
    "propertysheets",
    "RSS",
    "atom.xml",
    "itunes.xml",
    "rss.xml",
    "search_rss",
    "sitemap.xml.gz",
    "@@download/file",
    "@@display-file/file",
    "@@images/image",
    "@@download/issued",
    "@@getVocabulary?name=plone.app.vocabularies.Users&field=creators",
    "@@getVocabulary?name=plone.app.vocabularies.Groups&field=creators",
    "@@getVocabulary?name=plone.app.vocabularies.Catalog&field=relatedItems",
    "@vocabularies/plone.app.vocabularies.Users",
    "@users",
    "@groups",
    "@principals?search=e",
    "@search?fullobjects=1",
    f"@search?{SEARCH}",
    f"@@search?{SEARCH}",
    f"@@ajax-search?{SEARCH}",
    "@querystring-search?query=%7B%22query%22:%5B%5D%7D",
)


def places(world, victim: str):
    """Return paths of what is worth reading in a site."""
    found = ["", "dossier", "meeting", "box", "box/scan", "box/inner"]
    if victim != PLAIN:
        found += [world.order(victim), "counter", world.record(victim), "decisions"]
    return found


def names(world, victim: str, whose: str):
    """Return the names of views and services to ask for at a site."""
    closed = TALKATIVE if victim == PLAIN else ()
    return [name for name in world.names(whose) if name not in closed]


def sensitive(world, victim: str):
    """Return addresses in a site where its own people read secrets."""
    paths = [
        "dossier",
        "box/scan/@@download/file",
        "box/@@full_view",
        f"@search?{SEARCH}",
        "@users",
        "@@usergroup-userprefs",
        "manage_main",
        f"@users/{person(victim, 'citizen')}",
    ]
    if victim != PLAIN:
        order = world.order(victim)
        paths += [
            f"{order}/order-review",
            f"{order}/order-file?name=issued",
            f"{order}/order-reveal?role=subject",
            order,
            world.record(victim),
            f"{world.record(victim)}/sharing",
            "counter/queue?scope=all",
            "counter/queue?format=csv&scope=all",
            "@orders",
            f"@{order.replace('counter', 'orders')}",
            "my-orders",
        ]
    return [world.url(victim, path) for path in paths]


@pytest.mark.parametrize("site", SECRETS)
def test_its_own_people_find_the_secrets_of_a_site(world, site):
    """So the words stand where the other tests look for them."""
    chief = "manager" if site == PLAIN else "itstaff"
    paths = {"dossier": chief, "box/scan/@@download/file": chief, "@users": chief}
    if site != PLAIN:
        order = world.order(site)
        paths |= {
            f"{order}/order-review": "clerk",
            f"{order}/order-file?name=issued": "clerk",
            "counter/queue?scope=all": "clerk",
            "my-orders": "citizen",
        }
    for path, account in paths.items():
        for way in WAYS:
            answer = world.call(
                "GET", world.url(site, path), world.headers(site, account, way)
            )
            assert answer.status_code == 200, (path, way)
            if path != "my-orders":
                assert Secret(site).pattern.search(answer.content), (path, way)


@pytest.mark.parametrize("victim", SECRETS)
def test_every_account_of_every_other_site_is_nobody_here(world, victim):
    urls = sensitive(world, victim)
    nobody = {url: got.status_code for url, got in world.crawl((u, {}) for u in urls)}
    rows = [(url, *who) for who in foreign(world, victim) for url in urls]
    assert leaks(world, rows, nobody) == []


@pytest.mark.parametrize("victim", SECRETS)
def test_our_views_services_and_viewlets_tell_them_nothing(world, victim):
    people = cycle(mighty(world, victim))
    rows = [
        (f"{world.url(victim, place)}/{name}?{QUERY}", *who)
        for place in places(world, victim)
        for name in names(world, victim, "ours")
        for who in islice(people, 1)
    ]
    assert leaks(world, rows) == []


@pytest.mark.parametrize("town", TOWNS)
def test_its_own_people_find_the_secrets_of_its_deliberations(world, town):
    for kind, account in (
        ("item", "drafter"),
        ("annex", "drafter"),
        ("meeting", "secretary"),
    ):
        who = world.headers(town, account) | {"Accept": "application/json"}
        answer = world.call("GET", world.url(town, world.record(town, kind)), who)
        assert answer.status_code == 200, kind
        assert Secret(town).pattern.search(answer.content), kind


@pytest.mark.parametrize("victim", TOWNS)
def test_what_a_town_deliberates_tells_the_people_of_another_nothing(world, victim):
    people = cycle(deliberating(world, victim))
    paths = [world.record(victim, kind) for kind in ("item", "annex", "meeting")]
    rows = [
        (f"{world.url(victim, place)}/{name}", *who)
        for place in (*paths, "deliberations", "decisions", "")
        for name in ("", *world.names("deliberations"))
        for who in islice(people, 1)
    ]
    assert leaks(world, rows) == []


@pytest.mark.parametrize("victim", SECRETS)
def test_the_views_services_feeds_and_downloads_of_plone_tell_them_nothing(
    world, victim
):
    people = cycle(mighty(world, victim))
    rows = [
        (f"{world.url(victim, place)}/{name}", *who)
        for place in places(world, victim)
        for name in STOCK
        for who in islice(people, 1)
    ]
    turn = list(SECRETS).index(victim)
    rows += [
        (f"{world.url(victim, place)}/{name}", *who)
        for place in ("", "dossier", "box")
        for number, name in enumerate(names(world, victim, "others"))
        for who in islice(people, 1)
        if number % len(SECRETS) == turn
    ]
    assert leaks(world, rows) == []


def ways_around(world, own: str, victim: str):
    """Return addresses that lead to the victim by way of something else."""
    uids = world.facts["sites"][victim]["uids"]
    host = world.base.removeprefix("http://")
    inside = [
        "dossier",
        "box/inner",
        "box/scan/@@download/file",
        "@search?fullobjects=1",
    ]
    if victim != PLAIN:
        inside += [
            world.order(victim),
            "counter/queue?scope=all",
            f"{world.order(victim)}/order-review",
        ]
    for path in inside:
        yield f"{own}/{victim}/{path}"
        yield f"{victim}/{own}/{path}"
        yield f"{own}/counter/{victim}/{path}"
        yield f"{own}/@@plone/{victim}/{path}"
        yield f"{own}/../{victim}/{path}"
        yield f"{own}/%2e%2e/{victim}/{path}"
        yield f"{own}/++attribute++aq_parent/{victim}/{path}"
        yield f"{own}/++api++/{victim}/{path}"
        yield f"{victim}/++api++/{own}/{path}"
        yield f"++api++/{victim}/{path}"
        yield f"{own}/++site++{victim}/{path}"
        yield f"{own}/portal_url/{victim}/{path}"
        yield f"{own}/acl_users/{victim}/{path}"
        yield f"VirtualHostBase/http/{host}/{victim}/VirtualHostRoot/{path}"
        yield f"VirtualHostBase/http/{host}/{own}/VirtualHostRoot/{victim}/{path}"
        yield f"VirtualHostBase/http/{own}.example:80/{victim}/VirtualHostRoot/_vh_{own}/{path}"
    for uid in uids.values():
        yield f"{own}/resolveuid/{uid}"
        yield f"{own}/resolveUid/{uid}/dossier"
        yield f"{own}/@@redirect-to-uuid/{uid}"
        yield f"{own}/@search?UID={uid}"
        yield f"{own}/@resolveuid/{uid}"
    yield f"{own}/@search?path=/{victim}"
    yield f"{own}/@search?path.query=/{victim}&path.depth=-1"
    yield f"{own}/@users/{person(victim, 'citizen')}"
    yield f"{own}/author/{person(victim, 'citizen')}"
    yield f"{own}/@@user-information?userid={person(victim, 'citizen')}"
    yield f"{own}/portal_memberdata/portraits/{person(victim, 'citizen')}"
    yield f"{own}/@@plonegov.core/../../{victim}/dossier"


@pytest.mark.parametrize("victim", SECRETS)
def test_no_way_leads_there_through_the_own_site(world, victim):
    ways = cycle(WAYS)
    rows = [
        (
            f"{world.base}/{path}",
            own,
            "manager" if own == PLAIN else "itstaff",
            next(ways),
        )
        for own in SECRETS
        if own != victim
        for path in ways_around(world, own, victim)
    ]
    assert leaks(world, rows) == []
