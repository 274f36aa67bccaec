"""Every town's site gives its profile back; what people changed there is in it."""

from copy import deepcopy
from decimal import Decimal
from helpers.orders import request
from pathlib import Path
from plone import api
from plonegov.core.municipality.facts import current
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.profile import FILE_NAME
from plonegov.core.municipality.profile import ProfileError
from plonegov.core.testing import FACTS
from plonegov.municipalities.errors import FolderNotEmpty
from plonegov.municipalities.errors import ProfileKeyUnknown
from plonegov.municipalities.loader.differing import unwritten
from plonegov.municipalities.loader.exporting import export_files
from plonegov.municipalities.loader.exporting import write_files
from plonegov.municipalities.loader.exporting import zipped
from plonegov.municipalities.loader.folders import find_profiles
from plonegov.municipalities.loader.sites import compare_profile
from plonegov.ordering.api import orders
from plonegov.ordering.api.documents import find
from plonegov.ordering.api.documents import get
from plonegov.ordering.domain.errors import DocumentRetired
from tests.profiles.conftest import apply
from tests.profiles.conftest import changing
from tests.profiles.conftest import last_transaction
from tests.profiles.conftest import town
from tests.profiles.conftest import write_profile
from zope.globalrequest import getRequest

import io
import pytest
import tarfile
import tomllib
import zipfile


SHIPPED = sorted(
    folder.parent.name
    for folder in (Path(__file__).parents[2] / "profiles").glob(f"[!_]*/{FILE_NAME}")
)
MUSTERSTADT = deepcopy(FACTS) | {"id": "changeville"}
NAME = "changeville"


def files_of(municipality):
    """The files of a profile's folder."""
    folder = find_profiles()[municipality].path
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def differences(municipality):
    """What differs in a municipality's site, by key."""
    from plonegov.municipalities.server.runtime import application

    with application() as app:
        found = compare_profile(app, municipality).differences
    return {item.key: str(item.state) for item in found}


def exported(municipality):
    """The facts of an export."""
    with town(municipality) as site:
        return tomllib.loads(export_files(site)[FILE_NAME].decode())


@pytest.mark.parametrize("municipality", SHIPPED)
def test_each_town_applies_applies_again_and_gives_its_profile_back(zope, municipality):
    apply(municipality)
    before = last_transaction()
    again = apply(municipality)
    assert (again.created, again.changed, again.kept) == (False, (), ())
    assert last_transaction() == before
    assert differences(municipality) == {}
    with town(municipality) as site:
        assert export_files(site) == files_of(municipality)
        held = settings()
        assert (held.municipality_id, unwritten(site)) == (municipality, [])


def test_the_export_step_writes_the_same_file(zope):
    apply("seneffe")
    with town("seneffe") as site:
        step = site.portal_setup.runExportStep("plonegov-municipality")
        with tarfile.open(fileobj=io.BytesIO(step["tarball"])) as archive:
            held = archive.extractfile(FILE_NAME).read()
    assert held == files_of("seneffe")[FILE_NAME]


@pytest.fixture
def changeville(zope, home):
    """A town whose site people may change; its profile is as at first for each test."""
    write_profile(home / "profiles", MUSTERSTADT)
    apply(NAME)
    yield home / "profiles"
    write_profile(home / "profiles", MUSTERSTADT)
    apply(NAME, forced=[key for key, state in differences(NAME).items()])
    assert differences(NAME) == {}


def change_document(**values):
    with changing(NAME) as site:
        for name, value in values.items():
            setattr(site["counter"]["residence"], name, value)


def profile_with(folder, **choice):
    """Write the profile with other values for the certificate of residence."""
    facts = deepcopy(MUSTERSTADT)
    facts["documents"][0] |= choice
    write_profile(folder, facts)


def test_what_people_changed_in_a_document_is_kept_and_exported(changeville):
    change_document(
        price=Decimal("7.50"),
        delay_days=9,
        service="works",
        max_copies=3,
        delivery_prices={"post": Decimal("3.10"), "counter": Decimal(0)},
    )
    kept = {
        "documents.residence.price",
        "documents.residence.delay_days",
        "documents.residence.service",
        "documents.residence.delivery_prices",
        "documents.residence.max_copies",
    }
    assert differences(NAME) == dict.fromkeys(kept, "kept")
    profile_with(changeville, price="6.00")
    assert set(apply(NAME).kept) == kept
    with town(NAME) as site:
        assert site["counter"]["residence"].price == Decimal("7.50")
        assert unwritten(site) == ["documents.residence.max_copies"]
    residence = exported(NAME)["documents"][0]
    assert residence.pop("delivery_prices") == {"post": "3.10"}
    assert residence == {
        "id": "residence",
        "service": "works",
        "price": "7.50",
        "delay_days": 9,
    }


def test_after_an_export_is_applied_nothing_is_kept_any_more(changeville):
    change_document(price=Decimal("7.50"))
    with changing(NAME) as site:
        api.portal.set_registry_record("plone.site_title", "Ville de l'exemple")
        site.portal_groups.editGroup("service-works", title="Voirie")
    facts = exported(NAME)
    assert facts["name"]["fr"] == "Ville de l'exemple"
    assert facts["services"][1]["title"]["fr"] == "Voirie"
    with town(NAME) as site:
        write_files(export_files(site), changeville / NAME, force=True)
    outcome = apply(NAME)
    # The sender of mails is called as the town.
    assert (outcome.changed, outcome.kept) == (("plone.email_from_name",), ())
    assert differences(NAME) == {}
    with town(NAME):
        assert current().name["fr"] == "Ville de l'exemple"
        assert get("residence").price == Decimal("7.50")


def test_an_emblem_that_people_changed_is_kept_and_exported(changeville):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    with changing(NAME):
        api.portal.set_registry_record("plonegov.core.emblem", drawing)
    assert differences(NAME) == {"emblem": "kept"}
    with town(NAME) as site:
        assert export_files(site)["emblem.svg"].decode() == f"{drawing}\n"


def test_a_forced_key_is_set_alone(changeville):
    change_document(price=Decimal("7.50"), delay_days=9)
    key = "documents.residence.price"
    assert apply(NAME, forced=[key]).changed == (key,)
    with town(NAME):
        assert (get("residence").price, get("residence").delay_days) == (5, 9)
    assert differences(NAME) == {"documents.residence.delay_days": "kept"}


def test_an_unknown_key_is_refused_with_the_known_ones(changeville):
    change_document(price=Decimal("7.50"))
    before = last_transaction()
    with pytest.raises(ProfileKeyUnknown) as caught:
        apply(NAME, forced=["documents.residence.colour"])
    assert caught.value.context["known"] == "documents.residence.price"
    assert last_transaction() == before


def test_a_document_that_left_the_profile_is_retired_and_may_come_back(changeville):
    facts = deepcopy(MUSTERSTADT)
    del facts["documents"][0]
    write_profile(changeville, facts)
    assert differences(NAME) == {"documents.residence": "gone"}
    apply(NAME)
    with town(NAME), pytest.raises(DocumentRetired):
        get("residence")
    assert [item["id"] for item in exported(NAME)["documents"]] == [
        item["id"] for item in facts["documents"]
    ]
    write_profile(changeville, MUSTERSTADT)
    assert apply(NAME).changed == ("documents.residence",)
    with town(NAME):
        assert get("residence").retired is False


def test_a_document_that_people_withdrew_stays_so_and_is_not_exported(changeville):
    change_document(retired=True)
    assert differences(NAME) == {"documents.residence": "kept"}
    apply(NAME)
    with town(NAME):
        assert find("residence").retired
    assert "residence" not in [item["id"] for item in exported(NAME)["documents"]]


def without_population():
    """The profile without the service population; works has its documents, and no body
    that deliberates needs it."""
    facts = deepcopy(MUSTERSTADT)
    del facts["services"][0], facts["bodies"]
    for document in facts["documents"]:
        document["service"] = "works"
    return facts


def test_a_service_with_documents_of_people_does_not_go(changeville):
    facts = deepcopy(MUSTERSTADT)
    del facts["services"][1]
    change_document(service="works")
    write_profile(changeville, facts)
    before = last_transaction()
    with pytest.raises(ProfileError) as caught:
        apply(NAME)
    assert (caught.value.key, "residence" in caught.value.allowed) == ("services", True)
    assert last_transaction() == before


def test_a_service_without_orders_may_go(changeville):
    write_profile(changeville, without_population())
    assert "services.population" in apply(NAME).changed
    with town(NAME):
        assert [service.id for service in current().services] == ["works"]
        assert api.group.get("service-population") is not None


def test_other_files_are_overwritten_only_when_that_is_said(changeville, tmp_path):
    with town(NAME) as site:
        files = export_files(site)
    write_files(files, tmp_path / NAME)
    write_files(files, tmp_path / NAME)
    (tmp_path / NAME / FILE_NAME).write_text("other")
    with pytest.raises(FolderNotEmpty):
        write_files(files, tmp_path / NAME)
    assert (tmp_path / NAME / FILE_NAME).read_text() == "other"
    write_files(files, tmp_path / NAME, force=True)
    assert (tmp_path / NAME / FILE_NAME).read_bytes() == files[FILE_NAME]


def test_the_download_is_the_profiles_folder(changeville):
    with town(NAME) as site:
        files = export_files(site)
    with zipfile.ZipFile(io.BytesIO(zipped(files, NAME))) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert held == {f"{NAME}/{name}": data for name, data in files.items()}
    assert getRequest() is None


def test_a_service_with_open_orders_does_not_go(changeville):
    """The last test of the town: its order stays open."""
    with changing(NAME):
        orders.place(request(applicant__email=""))
    write_profile(changeville, without_population())
    before = last_transaction()
    with pytest.raises(ProfileError) as caught:
        apply(NAME)
    assert (caught.value.key, "1 open order" in caught.value.found) == (
        "services",
        True,
    )
    assert "handed over, rejected or withdrawn" in caught.value.allowed
    assert last_transaction() == before
