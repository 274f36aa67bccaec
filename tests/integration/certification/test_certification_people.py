"""People who proved who they are: known by a random id, found by a keyed code."""

from datetime import date
from datetime import timedelta
from plone import api
from plonegov.certification.pas import people as plugin
from plonegov.certification.storage.people import People
from plonegov.core.api import municipality
from plonegov.core.identity.keys import create_key
from plonegov.core.identity.keys import TownKeys
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.proved import ProvedIdentity
from plonegov.core.identity.rotation import key_uses
from plonegov.core.identity.rotation import KeyUse
from plonegov.core.records import person as asked
from plonegov.core.records.person import Wanted
from Products.PluggableAuthService.interfaces.plugins import IPropertiesPlugin
from zope.component import getUtility

import pickle
import pytest


TODAY = date(2026, 11, 27)
NUMBER = "85073003328"
CARD = ProvedIdentity(
    AssuranceLevel.HIGH,
    "eid",
    "Élodie",
    "Lefèvre",
    NUMBER,
    "BE",
    date(1985, 7, 30),
)
ELSEWHERE = ProvedIdentity(
    AssuranceLevel.SUBSTANTIAL, "openid", "Jo", "Ro", issuer="https://a", subject="7"
)


@pytest.fixture
def keys(portal):
    return TownKeys(municipality().id)


@pytest.fixture
def kept(portal, keys):
    return plugin.people().keep(CARD, keys, TODAY)


def test_the_same_number_is_the_same_person_whatever_the_name(kept, keys):
    married = ProvedIdentity(AssuranceLevel.HIGH, "eid", "Élodie", "Ro", NUMBER, "BE")
    again = plugin.people().keep(married, keys, TODAY + timedelta(1))
    assert again.id == kept.id
    assert again.facts(keys).last_name == "Ro"
    assert again.seen == again.since + 1


@pytest.mark.parametrize(
    "other",
    [
        ProvedIdentity(AssuranceLevel.HIGH, "eid", "É", "L", NUMBER, "ES"),
        ProvedIdentity(AssuranceLevel.HIGH, "eid", "É", "L", "85073099734", "BE"),
        ELSEWHERE,
    ],
)
def test_others_are_others(kept, keys, other):
    assert plugin.people().keep(other, keys, TODAY).id != kept.id


def test_a_provider_without_numbers_knows_its_own_people(portal, keys):
    people = plugin.people()
    first = people.keep(ELSEWHERE, keys, TODAY)
    same = ProvedIdentity(
        AssuranceLevel.HIGH, "openid", "J", "R", issuer="https://a", subject="7"
    )
    foreign = ProvedIdentity(
        AssuranceLevel.HIGH, "openid", "J", "R", issuer="https://b", subject="7"
    )
    assert people.keep(same, keys, TODAY).id == first.id
    assert people.keep(foreign, keys, TODAY).id != first.id


def test_ids_are_random_and_nothing_stored_tells_the_number(kept, keys):
    other = People()
    assert other.keep(CARD, keys, TODAY).id != kept.id
    stored = b"".join(
        pickle.dumps(part.__getstate__())
        for part in (plugin.people().persons, plugin.people().codes, kept)
    )
    for text in (NUMBER, "85.07.30", "fèvre", "1985-07-30"):
        assert text.encode() not in stored
    assert b"\x80" in stored


def test_a_new_key_finds_who_signed_in_with_the_old_one(kept, keys):
    old = kept.key_id
    create_key(keys.municipality_id)
    assert plugin.people().keep(CARD, keys, TODAY) is kept
    assert kept.key_id == keys.current_id != old
    assert len(plugin.people().codes) == 1


def test_rotation_makes_facts_and_codes_anew(portal, kept, keys):
    from plonegov.core.identity.interfaces import ISealedValues

    port = getUtility(ISealedValues, name="plonegov.certification")
    old = kept.key_id
    assert key_uses(portal)[old] == 1
    create_key(keys.municipality_id)
    assert port.reseal(portal, kept.id, keys)
    assert not port.reseal(portal, kept.id, keys)
    assert key_uses(portal)[old] == 0
    assert plugin.people().find(CARD, keys) is kept
    assert port.uses(portal, "nobody") == KeyUse()
    assert not port.reseal(portal, "nobody", keys)


def test_the_user_has_a_name_the_member_role_and_no_password(portal, kept):
    user = api.user.get(userid=kept.id)
    assert user.getProperty("fullname") == "Élodie Lefèvre"
    assert set(api.user.get_roles(user=user)) == {"Authenticated", "Member"}
    folder = api.portal.get_tool("acl_users")
    assert folder.source_users.authenticateCredentials(
        {"login": kept.id, "password": ""}
    ) in (None, ())
    assert folder.plugins.listPluginIds(IPropertiesPlugin)[0] == plugin.PLUGIN


def test_nobody_is_listed_or_found_by_a_part_of_the_id(portal, kept):
    folder = api.portal.get_tool("acl_users")
    assert kept.id not in [found["id"] for found in folder.searchUsers()]
    part = folder.searchUsers(id=kept.id[:12], exact_match=False)
    assert kept.id not in [found["id"] for found in part]


def test_without_the_key_a_person_has_no_name(portal, kept, keys):
    keys.folder.rename(keys.folder.with_name("away"))
    try:
        found = api.user.get(userid=kept.id)
        assert found.getProperty("fullname", "") == ""
    finally:
        keys.folder.with_name("away").rename(keys.folder)


def test_who_asks_what_is_held_is_told_of_the_proof(portal, kept):
    wanted = Wanted("Élodie", "Lefèvre", "1985-07-30", NUMBER)
    [held] = [one for one in asked.find(portal, wanted).held if one.kind == "identity"]
    assert held.data["national_number"] == NUMBER
    assert held.data["last_sign_in"] == TODAY.isoformat()
    assert held.since == TODAY
    other = Wanted("Jeanne", "Autre", "1985-07-30")
    assert not [one for one in asked.find(portal, other).held if one.kind == "identity"]


def test_taking_the_add_on_out_forgets_the_people(portal, kept):
    plugin.uninstall_plugin()
    folder = api.portal.get_tool("acl_users")
    assert plugin.PLUGIN not in folder.objectIds()
    assert plugin.PLUGIN not in folder.plugins.listPluginIds(IPropertiesPlugin)
    plugin.uninstall_plugin()
    plugin.install_plugin()
    assert list(plugin.people()) == []
