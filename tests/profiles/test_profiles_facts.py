"""The towns of the suite: public facts only, all documents of their country, a look."""

from collections.abc import Callable
from pathlib import Path
from plonegov.core.identity.contact import check_postal_code
from plonegov.core.municipality.model import Address
from plonegov.core.municipality.model import Contact
from plonegov.core.municipality.model import Municipality
from plonegov.core.municipality.profile import check
from plonegov.core.municipality.profile import errors
from plonegov.core.theme.contrast import contrast_ratio
from plonegov.core.theme.contrast import GOOD
from plonegov.core.theme.contrast import palette
from plonegov.core.theme.contrast import problems
from plonegov.core.theme.svg import checked
from plonegov.municipalities.loader.writer import write
from plonegov.ordering.domain import choices
from plonegov.ordering.domain.catalogue import document_ids

import pytest
import tomllib


PROFILES = Path(__file__).parents[2] / "profiles"
TOWNS = ("poitiers", "sambreville")

every_town = pytest.mark.parametrize("name", TOWNS)


def town(name: str) -> Municipality:
    return check(PROFILES / name)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "sambreville",
            {
                "country": "BE",
                "region": "wallonia",
                "official_code": "92137",
                "postal_codes": ("5060",),
                "timezone": "Europe/Brussels",
                "enterprise_number": "",
            },
        ),
        (
            "poitiers",
            {
                "country": "FR",
                "region": "nouvelle-aquitaine",
                "official_code": "86194",
                "postal_codes": ("86000",),
                "timezone": "Europe/Paris",
                "enterprise_number": "21860194600013",
            },
        ),
    ],
)
def test_public_facts(name, facts):
    """Codes of Statbel and INSEE; the SIRET is in the documentation of SCDL."""
    found = town(name)
    assert errors(PROFILES / name) == []
    assert {key: getattr(found, key) for key in facts} == facts
    assert found.currency == "EUR"
    for code in found.postal_codes:
        assert check_postal_code(code, found.country) == code


def test_the_seven_localities_of_sambreville():
    """Merged by the Royal Decree of 17-09-1975, article 461."""
    assert town("sambreville").localities == (
        "Arsimont",
        "Auvelais",
        "Falisolle",
        "Keumiée",
        "Moignelée",
        "Tamines",
        "Velaine-sur-Sambre",
    )


@every_town
def test_nothing_is_invented(name):
    """No telephone, mail, hours or address that nobody confirmed."""
    found = town(name)
    assert found.contact == Contact(
        website=f"https://www.{name}.{found.country.lower()}"
    )
    assert found.address == Address()
    assert found.data_protection_contact == found.site_url == ""
    for service in found.services:
        assert (service.contact, service.address) == (Contact(), Address())


@every_town
def test_all_documents_of_the_country_and_a_service_for_each(name):
    found = town(name)
    picked = [choice.id for choice in found.documents]
    assert sorted(picked) == list(document_ids(found.country))
    assert choices.problems(found) == []
    assert [service.id for service in found.services] == ["population", "works"]
    assert all(choice.price is None for choice in found.documents)


@every_town
def test_the_languages_of_page_content_and_law(name):
    found = town(name)
    assert found.interface_languages == ("fr", "nl", "en", "es")
    assert (found.content_languages, found.legal_language) == (("fr",), "fr")


@every_town
def test_colours_can_be_read(name):
    """WCAG 2.2, success criterion 1.4.6: 7 for the town's own colours on the page."""
    theme = town(name).theme
    assert problems(theme.brand, theme.accent) == []
    light = palette(theme.brand, theme.accent)["light"]
    for colour in ("brand", "accent"):
        for behind in ("surface", "surface-2"):
            assert contrast_ratio(light[colour], light[behind]) >= GOOD
    assert contrast_ratio(light["header-contrast"], light["header"]) >= GOOD


@pytest.mark.parametrize("look", [lambda t: t.brand, lambda t: t.accent])
def test_towns_look_different(look: Callable):
    names = sorted(
        file.parent.name for file in PROFILES.glob("[!_]*/municipality.toml")
    )
    colours = [look(town(name).theme) for name in names]
    assert set(TOWNS) < set(names)
    assert len(set(colours)) == len(colours)


@every_town
def test_the_emblem_is_a_plain_drawing_with_the_name_of_the_town(name):
    svg = checked((PROFILES / name / town(name).theme.emblem).read_bytes())
    assert f">{town(name).name['fr']}</title>" in svg
    assert town(name).theme.brand in svg


@every_town
def test_the_file_is_in_the_one_form_and_short(name):
    text = (PROFILES / name / "municipality.toml").read_text(encoding="utf-8")
    assert write(tomllib.loads(text)) == text
    assert len(text.splitlines()) <= 72
