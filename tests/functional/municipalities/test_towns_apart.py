"""What one town gave out is worth nothing in another: secrets, cookies, keys, ids.

Nor does anybody from one site change another.
"""

from base64 import encodebytes
from helpers.hostile import refused
from helpers.orders import request
from helpers.towns import deliberating
from helpers.towns import mighty
from helpers.towns import PLAIN
from helpers.towns import Secret
from helpers.towns import SECRETS
from helpers.towns import TOWNS
from helpers.towns import TWIN
from helpers.towns import WAYS
from itertools import cycle
from itertools import islice
from itertools import permutations
from itertools import product
from plonegov.core.errors import KeyMissing
from plonegov.core.identity.errors import SealedValueDamaged
from plonegov.core.identity.keys import Sealed
from plonegov.core.identity.keys import TownKeys

import json
import pytest
import stat
import zlib


@pytest.mark.parametrize(("own", "victim"), permutations(TOWNS, 2))
def test_an_order_is_followed_in_its_own_town_only(world, own, victim):
    facts = world.facts["sites"][victim]
    reference, secret = facts["reference"], facts["secret"]
    there = world.call(
        "GET", f"{world.url(victim, '@orders')}/{reference}?secret={secret}"
    )
    assert there.status_code == 200
    url = world.url(own, "@orders")
    unknown = world.call("GET", f"{url}/00000000000?secret={secret}")
    for asked in (f"{url}/{reference}?secret={secret}", f"{url}/{reference}"):
        for headers in ({}, {"X-Order-Secret": secret}):
            answer = world.call("GET", asked, headers)
            assert (answer.status_code, answer.json()) == (404, unknown.json())
    changed = world.call("POST", f"{url}/{reference}/withdraw", json={"secret": secret})
    assert (changed.status_code, changed.json()) == (404, unknown.json())
    page = world.call(
        "GET", world.url(own, f"counter/track?order={reference}&secret={secret}")
    )
    assert not Secret(victim).pattern.search(page.content)
    assert "pg_order" not in page.cookies


@pytest.mark.parametrize(("own", "victim"), permutations(TOWNS, 2))
def test_the_cookies_of_one_counter_open_nothing_at_another(world, own, victim):
    facts = world.facts["sites"][victim]
    entered = world.call(
        "GET",
        world.url(
            victim, f"counter/track?order={facts['reference']}&secret={facts['secret']}"
        ),
    )
    followed = entered.cookies["pg_order"]
    document = facts["document"]
    cookies = {"Cookie": f"pg_order={followed}; pg_draft_{document}={facts['draft']}"}
    assert (
        world.call("GET", world.url(victim, "counter/track"), cookies).status_code
        == 200
    )
    for path in (
        "counter/track",
        "counter/thanks",
        f"counter/{document}/order/who",
        f"counter/{document}/order/check",
    ):
        answer = world.call("GET", world.url(own, path), cookies)
        assert not Secret(victim).pattern.search(answer.content), path
    answer = world.call(
        "POST", world.url(own, "counter/track"), cookies, data={"action": "withdraw"}
    )
    assert answer.status_code in (302, 303, 400, 403, 404, 422)
    state = world.call(
        "GET",
        f"{world.url(victim, '@orders')}/{facts['reference']}?secret={facts['secret']}",
    ).json()["state"]
    assert state == "in_progress"


def test_an_idempotency_key_of_one_town_is_new_in_another(world):
    key = {"Idempotency-Key": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"}
    body = request(delivery="counter")
    made = [
        world.call("POST", world.url(town, "@orders"), key, json=body)
        for town in ("seneffe", "sambreville", "seneffe")
    ]
    assert [answer.status_code for answer in made] == [201, 201, 201]
    first, other, again = (answer.json()["reference"] for answer in made)
    assert first == again != other


@pytest.mark.parametrize(("own", "victim"), permutations(SECRETS, 2))
def test_an_id_that_both_have_is_two_people(world, own, victim):
    for way in WAYS:
        here = world.call(
            "GET", world.url(own, f"@users/{TWIN}"), world.headers(own, TWIN, way)
        )
        assert here.json()["id"] == TWIN
        there = world.call(
            "GET", world.url(victim, f"@users/{TWIN}"), world.headers(own, TWIN, way)
        )
        assert there.status_code == 401, way
    assert (
        world.call(
            "GET", f"{world.base}/manage_main", world.headers(own, TWIN)
        ).status_code
        == 401
    )


@pytest.mark.parametrize("town", TOWNS)
def test_mails_wait_in_a_folder_of_the_town_alone(world, town):
    folder = world.home / "mail" / town
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    mails = [file.read_bytes() for file in folder.glob("new/[!.]*")]
    assert any(Secret(town).word.encode() in mail for mail in mails)
    assert not [
        mail
        for mail in mails
        for site in SECRETS
        if site != town and Secret(site).pattern.search(mail)
    ]


@pytest.mark.parametrize(("own", "victim"), permutations(TOWNS, 2))
def test_what_a_town_sealed_opens_with_no_key_of_another(
    world, own, victim, monkeypatch
):
    monkeypatch.setenv("PLONEGOV_HOME", str(world.home))
    sealed = Sealed(*world.facts["sites"][victim]["sealed"])
    assert TownKeys(victim).decrypt(sealed) == Secret(victim).word
    with pytest.raises(KeyMissing):
        TownKeys(own).decrypt(sealed)
    with pytest.raises(SealedValueDamaged):
        TownKeys(own).decrypt(Sealed(TownKeys(own).current_id, sealed.token))


@pytest.mark.parametrize("town", TOWNS)
def test_reads_are_logged_with_the_town_whose_order_it_is(world, town):
    url = world.url(town, f"{world.order(town)}/order-review")
    assert world.call("GET", url, world.headers(town, "clerk")).status_code == 200
    for site in TOWNS:
        logged = b"".join(
            file.read_bytes()
            for file in (world.home / "audit" / site).glob("reads-*.log")
        )
        known = world.facts["sites"][town]["reference"].encode() in logged
        assert known == (site == town)


CHANGES = {
    "PATCH": ("", {"title": "mine"}),
    "DELETE": ("", None),
    "publish": ("/@workflow/publish", {}),
    "retract": ("/@workflow/retract", {}),
    "sharing": (
        "/@sharing",
        {
            "entries": [
                {"id": "AuthenticatedUsers", "type": "group", "roles": {"Reader": True}}
            ]
        },
    ),
    "lock": ("/@lock", {}),
    "add": ("", {"@type": "Document", "title": "mine"}),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("victim", SECRETS)
def test_nobody_of_another_site_changes_anything_here(world, victim, change):
    path, body = CHANGES[change]
    # A public page has no such transition for anybody: the answer says only that.
    places = ("dossier", "box") if "@workflow" in path else ("notice", "dossier", "box")
    for (own, account, way), place in product(mighty(world, victim), places):
        answer = world.call(
            change if change.isupper() else "POST",
            world.url(victim, f"{place}{path}"),
            world.headers(own, account, way) | {"Accept": "application/json"},
            json=body,
        )
        assert answer.status_code in (401, 403, 404), (own, place, answer.text)


#: What a town's own people may do with an item, an annex or a meeting, by page and REST.
STEPS = [
    ("PATCH", "", "json", {"title": "mine"}),
    ("DELETE", "", "json", None),
    *(
        ("POST", f"/@workflow/{step}", "json", {})
        for step in ("propose", "validate", "present", "convene", "open", "close")
    ),
    ("POST", "/item-action", "data", {"step": "withdraw", "reason": "mine"}),
    ("POST", "/edit-item", "data", {"title": "mine"}),
    ("POST", "/item-annexes", "data", {"verb": "remove"}),
    ("POST", "/item-advice", "data", {"verb": "ask", "adviser": "population"}),
    ("POST", "/item-publish", "data", {"verb": "confirm"}),
    ("POST", "/meeting-action", "data", {"step": "cancel", "reason": "mine"}),
    ("POST", "/edit-meeting", "data", {"place": "mine"}),
    ("POST", "/agenda-action", "data", {"verb": "add_heading", "heading": "mine"}),
]


@pytest.mark.parametrize("victim", TOWNS)
def test_who_deliberates_in_another_town_does_nothing_here(world, victim):
    people = cycle(deliberating(world, victim))
    paths = [world.record(victim, kind) for kind in ("item", "annex", "meeting")]
    for path, (method, call, kind, body) in product(paths, STEPS):
        accept = "application/json" if kind == "json" else "text/html"
        for who in islice(people, 3):
            answer = world.call(
                method,
                world.url(victim, f"{path}{call}"),
                world.headers(*who) | {"Accept": accept},
                **{kind: body},
            )
            assert refused(answer), (who, path, call, answer.status_code)


def copied(operation: int, paths: list) -> str:
    """Return what the clipboard of a browser holds: 0 for copy, 1 for cut."""
    return encodebytes(zlib.compress(json.dumps([operation, paths]).encode())).decode()


@pytest.mark.parametrize(("own", "victim"), permutations(SECRETS, 2))
def test_nothing_is_copied_or_moved_over_from_another_site(world, own, victim):
    me = world.headers(own, "manager" if own == PLAIN else "itstaff")
    accept = {"Accept": "application/json"}
    uids = world.facts["sites"][victim]["uids"]
    for source in (
        f"{world.base}/{victim}/dossier",
        f"/{victim}/dossier",
        f"../{victim}/box",
        uids["dossier"],
        uids["inner"],
    ):
        for verb in ("@copy", "@move"):
            answer = world.call(
                "POST",
                world.url(own, f"box/{verb}"),
                me | accept,
                json={"source": source},
            )
            assert answer.status_code in (400, 401, 403, 404) or answer.json() == [], (
                verb,
                source,
                answer.text,
            )
    for paths in (
        [["", victim, "dossier"]],
        [["", victim, "box", "inner"]],
        [[victim, "dossier"]],
    ):
        for operation in (0, 1):
            clipboard = copied(operation, paths)
            answer = world.call(
                "POST",
                world.url(own, "box/manage_pasteObjects"),
                me,
                data={"cb_copy_data": clipboard},
            )
            assert answer.status_code >= 302, answer.text
    found = world.call("GET", world.url(own, "box"), me | accept)
    assert not Secret(victim).pattern.search(found.content)
    moved = world.call(
        "GET",
        world.url(victim, "dossier"),
        world.headers(victim, "manager" if victim == PLAIN else "itstaff"),
    )
    assert moved.status_code == 200


VARIABLES = "portal_workflow/simple_publication_workflow/variables"
MODIFIERS = "portal_modifier/{}VersioningOfLargeFilesAndImages/edit"
#: Methods of Plone's tools that anybody could call, before they were closed.
TOOLS = {
    f"{VARIABLES}/setStateVar": {"id": "x"},
    f"{VARIABLES}/addVariable": {"id": "x"},
    f"{VARIABLES}/deleteVariables": {"ids:list": "time"},
    MODIFIERS.format("Abort"): {"condition": "python: 1"},
    MODIFIERS.format("Skip"): {"condition": "python: 1"},
    "portal_diff/setDiffField": {"pt_name": "Document", "field": "x", "diff": "x"},
    "plone_utils/deleteObjectsByPaths": {"paths:list": "/plain"},
    "plone_utils/renameObjectsByPaths": {
        "paths:list": "/plain",
        "new_ids:list": "x",
        "new_titles:list": "x",
    },
}


@pytest.mark.parametrize("method", TOOLS)
@pytest.mark.parametrize("victim", TOWNS)
def test_no_tool_of_a_town_is_changed_from_outside(world, victim, method):
    url, given = world.url(victim, method), TOOLS[method]
    people = ({}, world.headers(PLAIN, "manager"), world.headers(victim, "citizen"))
    for headers in people:
        assert refused(world.call("GET", url, headers, params=given))
        assert refused(world.call("POST", url, headers, data=given))
