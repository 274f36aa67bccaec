"""A municipality's profile makes its site, and never reverts what people made."""

from copy import deepcopy
from pathlib import Path
from plone import api
from plonegov.core.errors import KeyMissing
from plonegov.core.identity.keys import TownKeys
from plonegov.core.interfaces import IMunicipalityLayer
from plonegov.core.municipality.facts import current
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.interfaces import IDemoData
from plonegov.core.municipality.profile import ProfileError
from plonegov.core.testing import FACTS
from plonegov.core.testing import TOWN
from plonegov.municipalities.errors import MunicipalityUnknown
from plonegov.municipalities.errors import RealDataPresent
from plonegov.municipalities.errors import SiteTaken
from plonegov.municipalities.loader.checking import check_profile
from plonegov.municipalities.loader.demo import ACCOUNTS
from plonegov.municipalities.loader.demo import create_demo
from plonegov.municipalities.loader.folders import find_profiles
from plonegov.municipalities.loader.sites import municipality_sites
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import writing
from Products.CMFPlone.factory import addPloneSite
from tests.profiles.conftest import apply
from tests.profiles.conftest import changing
from tests.profiles.conftest import last_transaction
from tests.profiles.conftest import town
from tests.profiles.conftest import write_profile
from zope.component import getGlobalSiteManager
from zope.component import provideUtility
from zope.component.hooks import setSite
from zope.interface import implementer

import pytest
import transaction


@pytest.fixture(scope="module")
def seneffe(zope):
    return apply("seneffe")


@pytest.fixture(scope="module")
def exempleville(seneffe):
    """A second town in the same Zope, under another site id."""
    return apply(TOWN, "exemple")


def test_every_profile_passes_the_checks_of_all_add_ons(zope):
    profiles = find_profiles()
    assert {"seneffe", TOWN} <= set(profiles)
    for profile in profiles.values():
        assert check_profile(profile).id == profile.id


def test_a_profile_is_data_only():
    folder = Path(__file__).parents[2] / "profiles"
    kinds = {path.suffix for path in folder.rglob("*") if path.is_file()}
    assert kinds <= {".toml", ".xml", ".svg", ".md"}


def test_an_unknown_municipality_is_refused(zope):
    with pytest.raises(MunicipalityUnknown):
        apply("atlantis")


def test_apply_makes_the_site_with_its_facts(seneffe):
    assert (seneffe.created, seneffe.site) == (True, "seneffe")
    with town("seneffe") as site:
        assert site.title == "Seneffe"
        assert current().official_code == "55085"
        record = api.portal.get_registry_record
        assert record("plone.site_title") == "Seneffe"
        assert record("plone.portal_timezone") == "Europe/Brussels"
        assert record("plone.smtp_host") == ""
        assert record("plone.enable_self_reg") is False
        assert "<svg" in record("plonegov.core.emblem")


def test_language_folders_are_made_for_the_content_only(seneffe):
    with town("seneffe") as site:
        assert api.portal.get_registry_record("plone.available_languages") == ["fr"]
        assert site["fr"].portal_type == "LRF"
        assert not {"nl", "en", "es"} & set(site.objectIds())


def test_the_root_keeps_its_front_page(seneffe):
    with town("seneffe") as site:
        assert site.getLayout() != "language-switcher"
        assert site.getDefaultPage() is None


def test_each_service_of_the_town_is_a_group(seneffe):
    with town("seneffe"):
        titles = {
            group.id: group.getProperty("title") for group in api.group.get_groups()
        }
    assert titles["service-population"] == "État civil et population"
    assert titles["service-works"] == "Travaux"


def test_each_town_has_keys_of_its_own(exempleville):
    assert TownKeys("seneffe").current_id != TownKeys(TOWN).current_id


def test_a_lost_key_is_not_replaced_by_another(exempleville):
    folder = TownKeys(TOWN).folder
    aside = folder.rename(folder.with_name("aside"))
    try:
        with pytest.raises(KeyMissing):
            apply(TOWN)
        assert not folder.exists()
    finally:
        aside.rename(folder)


def test_a_second_apply_leaves_the_last_transaction(seneffe, exempleville):
    before = last_transaction()
    for municipality in ("seneffe", TOWN):
        outcome = apply(municipality)
        assert (outcome.created, outcome.changed, outcome.kept) == (False, (), ())
    assert last_transaction() == before


def test_the_site_id_may_differ_from_the_municipality(exempleville):
    assert exempleville.site == "exemple"
    with application() as app:
        sites = municipality_sites(app)
        assert sites["seneffe"] == "seneffe"
        assert sites[TOWN] == "exemple"


def test_a_taken_site_id_is_refused(exempleville, home):
    facts = deepcopy(FACTS) | {"id": "autreville"}
    folder = write_profile(home / "profiles", facts)
    try:
        with pytest.raises(SiteTaken):
            apply("autreville", "exemple")
    finally:
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def test_a_changed_profile_reaches_what_nobody_touched(exempleville, home):
    with changing(TOWN) as site:
        site.title = "Ma commune"
        api.portal.set_registry_record("plone.first_weekday", 6)
        group = api.portal.get_tool("portal_groups")
        group.editGroup("service-population", title="Guichet")
    facts = deepcopy(FACTS)
    facts["name"] |= {"fr": "Exempleville-sur-Sambre", "nl": "Voorbeeldstad aan Samber"}
    facts["services"][0]["title"]["fr"] = "Population et étrangers"
    facts["services"][1]["title"]["fr"] = "Voirie"
    write_profile(home / "profiles", facts)
    outcome = apply(TOWN)
    assert set(outcome.changed) == {"name.nl", "services.works.title.fr"}
    assert set(outcome.kept) == {
        "name.fr",
        "services.population.title.fr",
        "plone.first_weekday",
    }
    with town(TOWN) as site:
        assert site.title == "Ma commune"
        assert current().name["nl"] == "Voorbeeldstad aan Samber"
        assert current().name["fr"] == FACTS["name"]["fr"]
        assert api.portal.get_registry_record("plone.first_weekday") == 6
        title = api.group.get("service-population").getProperty("title")
        assert title == "Guichet"
        assert api.group.get("service-works").getProperty("title") == "Voirie"
    keys = ("name.fr", "services.population.title.fr", "plone.first_weekday")
    shown = {"plone.email_from_name"}
    assert set(apply(TOWN, forced=keys).changed) == shown.union(keys)
    with town(TOWN) as site:
        assert site.title == current().name["fr"] == "Exempleville-sur-Sambre"
        record = api.portal.get_registry_record
        assert record("plone.site_title") == "Exempleville-sur-Sambre"
        assert record("plone.first_weekday") == 0
        title = api.group.get("service-population").getProperty("title")
        assert title == "Population et étrangers"
    write_profile(home / "profiles", FACTS)
    apply(TOWN)
    assert apply(TOWN).changed == apply(TOWN).kept == ()


def test_a_fact_that_people_changed_is_kept(exempleville, home):
    with changing(TOWN):
        stored = settings()
        stored.facts = stored.facts.replace("99999", "88888")
    facts = deepcopy(FACTS) | {"official_code": "77777"}
    write_profile(home / "profiles", facts)
    assert apply(TOWN).kept == ("official_code",)
    with town(TOWN):
        assert current().official_code == "88888"
    with changing(TOWN):
        stored = settings()
        stored.facts = stored.facts.replace("88888", "99999")
    write_profile(home / "profiles", FACTS)
    apply(TOWN)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"timezone": "Europe/Nowhere"}, "timezone"),
        ({"documents": [{"id": "passport-to-mars", "service": "works"}]}, "documents"),
    ],
    ids=["refused by core", "refused by the catalogue of documents"],
)
def test_a_broken_profile_is_refused_and_changes_nothing(
    exempleville, home, change, key
):
    before = last_transaction()
    write_profile(home / "profiles", deepcopy(FACTS) | change)
    try:
        with pytest.raises(ProfileError) as caught:
            apply(TOWN)
    finally:
        write_profile(home / "profiles", FACTS)
    assert caught.value.key.startswith(key)
    assert caught.value.line > 1
    assert last_transaction() == before


def test_an_emblem_with_a_script_is_refused(exempleville, home):
    folder = write_profile(home / "profiles", FACTS)
    svg = (folder / "emblem.svg").read_text()
    (folder / "emblem.svg").write_text(svg.replace("</svg>", "<script/></svg>"))
    try:
        with pytest.raises(ProfileError) as caught:
            apply(TOWN)
    finally:
        write_profile(home / "profiles", FACTS)
    assert caught.value.key == "theme.emblem"


def test_a_plain_site_in_the_same_zope_is_left_alone(exempleville):
    with application() as app:
        with writing("plain"):
            site = addPloneSite(app, "plain", distribution_name="classic")
            transaction.commit()
        setSite(app["plain"])
        from plone.browserlayer.utils import registered_layers

        layers = registered_layers()
        assert not [layer for layer in layers if layer.extends(IMunicipalityLayer)]
        assert IMunicipalityLayer not in layers
        assert "plain" not in municipality_sites(app).values()
        assert site.getId() == "plain"


@implementer(IDemoData)
class Orders:
    """Demonstration data of an add-on whose site may be in use."""

    def __init__(self):
        self.real = False
        self.created = 0

    def has_real_data(self, portal):
        return self.real

    def create(self, portal, password):
        self.created += 1


@pytest.fixture
def orders():
    source = Orders()
    provideUtility(source, IDemoData, name="tests")
    yield source
    getGlobalSiteManager().unregisterUtility(source, IDemoData, name="tests")


def test_demonstration_data_is_refused_where_something_is_real(exempleville, orders):
    orders.real = True
    with pytest.raises(RealDataPresent), changing(TOWN) as site:
        create_demo(site, "secret-secret")
    with town(TOWN):
        assert settings().demo is False
        assert api.user.get("clerk") is None


def test_demonstration_accounts_are_made_once(exempleville, orders):
    with changing(TOWN) as site:
        assert create_demo(site, "secret-secret") is True
    with changing(TOWN) as site:
        assert create_demo(site, "secret-secret") is False
    assert orders.created == 1
    with town(TOWN) as site:
        assert settings().demo is True
        for account in ACCOUNTS:
            roles = set(api.user.get_roles(account.id))
            assert {account.role or "Member", "Member"} <= roles
            assert "Manager" not in roles
        groups = {group.id for group in api.group.get_groups(username="clerk")}
        assert "service-population" in groups
        assert "service-works" not in groups


def test_another_demonstration_password_reaches_all_accounts(exempleville, orders):
    with changing(TOWN) as site:
        create_demo(site, "secret-secret")
        assert create_demo(site, "other-secret") is True
    with town(TOWN) as site:
        users = site.acl_users.source_users
        for account in ACCOUNTS:
            login = {"login": account.id, "password": "other-secret"}
            assert users.authenticateCredentials(login)
