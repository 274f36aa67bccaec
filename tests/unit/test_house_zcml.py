"""One Zope serves many towns: what is registered is for our sites only."""

from lxml import etree
from pathlib import Path

import pytest


SUITE = Path(__file__).parents[2] / "src" / "plonegov"
BROWSER = "{http://namespaces.zope.org/browser}"
PLONE = "{http://namespaces.plone.org/plone}"
ZOPE = "{http://namespaces.zope.org/zope}"
PUBLISHED = {
    f"{BROWSER}page",
    f"{BROWSER}view",
    f"{BROWSER}viewlet",
    f"{PLONE}service",
    f"{PLONE}CORSPolicy",
}
LAYERED = PUBLISHED | {f"{BROWSER}resourceDirectory", f"{BROWSER}resource"}
LAYERS = {
    "plonegov.certification.interfaces.ICertificationLayer",
    "plonegov.core.interfaces.IMunicipalityLayer",
    "plonegov.deliberations.interfaces.IDeliberationsLayer",
    "plonegov.ordering.interfaces.IOrderingLayer",
}
#: What is for an interface or class of ours needs no layer.
OURS = ("plonegov.", ".")
#: Views of the Zope root, where there is no town and no layer (view name).
ROOT_VIEWS = {"health", "metrics"}


def directives():
    for path in sorted(SUITE.rglob("*.zcml")):
        for element in etree.parse(path).iter(etree.Element):
            place = f"{path.relative_to(SUITE)}:{element.sourceline}"
            yield place, element


def test_what_is_published_has_a_permission():
    open_to_all = [
        place
        for place, element in directives()
        if element.tag in PUBLISHED and not element.get("permission")
    ]
    assert open_to_all == []


def test_what_is_published_is_of_our_sites_only():
    elsewhere = [
        place
        for place, element in directives()
        if element.tag in LAYERED
        and element.get("layer") not in LAYERS
        and not (element.get("for") or "*").startswith(OURS)
        and element.get("name") not in ROOT_VIEWS
    ]
    assert elsewhere == []


def test_no_subscriber_hears_everything():
    deaf_to_nothing = [
        place
        for place, element in directives()
        if element.tag == f"{ZOPE}subscriber"
        and "*" in (element.get("for") or "").split()[:1]
    ]
    assert deaf_to_nothing == []


def test_our_utilities_have_a_name():
    unnamed = [
        place
        for place, element in directives()
        if element.tag == f"{ZOPE}utility"
        and "plonegov." in (element.get("provides") or "")
        and not element.get("name")
    ]
    assert unnamed == []


@pytest.mark.parametrize(
    "path",
    sorted(SUITE.glob("*/configure.zcml")),
    ids=lambda path: path.parent.name,
)
def test_an_addon_with_texts_registers_its_translations(path):
    texts = path.parent / "locales" / f"plonegov.{path.parent.name}.pot"
    assert texts.exists() == ("registerTranslations" in path.read_text())


def test_every_default_profile_can_be_undone():
    defaults = {path.parent for path in SUITE.glob("*/profiles/default")}
    undone = {path.parent for path in SUITE.glob("*/profiles/uninstall")}
    assert defaults == undone
