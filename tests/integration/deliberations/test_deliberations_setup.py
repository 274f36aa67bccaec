"""What the profile brings: types, workflows, roles, and the town's bodies."""

from plone import api
from plonegov.core.errors import PlonegovError
from plonegov.core.interfaces import IErrorTexts
from plonegov.deliberations.api import bodies
from plonegov.deliberations.messages import ERROR_TEXTS
from plonegov.deliberations.setuphandlers import apply_bodies
from zope.component import getUtility
from zope.interface.verify import verifyObject
from zope.schema.interfaces import IVocabularyFactory

import pytest
import transaction


TYPES = (
    "Advice",
    "Annex",
    "Body",
    "Decisions",
    "Deliberations",
    "Function",
    "Item",
    "ItemTemplate",
    "Mandate",
    "Meeting",
    "Publication",
)


@pytest.mark.parametrize("name", TYPES)
def test_each_type_is_there_and_not_added_by_hand_where_it_is_a_record(portal, name):
    fti = portal.portal_types[f"plonegov.{name}"]
    assert not fti.global_allow
    assert fti.lookupSchema() is not None


def test_the_town_s_bodies_are_as_its_profile_says(portal):
    council, college = bodies.all_bodies()
    assert (council.getId(), council.kind, council.publicity) == (
        "council",
        "council",
        "public",
    )
    assert council.Title() == "Conseil communal"
    assert bodies.workflow(college) == "plonegov_item_two_levels_workflow"
    assert [level["service"] for level in college.levels] == ["", "population"]


def test_applying_again_writes_nothing(portal):
    transaction.savepoint()
    before = portal._p_jar._registered_objects[:]
    apply_bodies(portal)
    assert portal._p_jar._registered_objects == before


def test_what_people_changed_stays(portal):
    council = bodies.get("council")
    council.publicity = "none"
    apply_bodies(portal)
    assert council.publicity == "none"


def test_nothing_of_it_stands_in_the_site_s_search(portal):
    hidden = api.portal.get_registry_record("plone.types_not_searched")
    assert {"plonegov.Mandate", "plonegov.Body", "plonegov.Function"} <= set(hidden)


def subclasses(base):
    for child in base.__subclasses__():
        yield child
        yield from subclasses(child)


def test_every_error_of_deliberations_has_a_text(portal):
    texts = getUtility(IErrorTexts, name="plonegov.deliberations")
    assert verifyObject(IErrorTexts, texts)
    assert texts.get("no_such_code") is None
    ours = [
        error
        for error in subclasses(PlonegovError)
        if error.__module__.startswith("plonegov.deliberations.")
    ]
    assert len(ours) > 40
    for error in ours:
        assert texts.get(error.code).default, error


def test_each_text_is_named_after_its_code():
    for code, text in ERROR_TEXTS.items():
        assert (str(text), text.domain) == (f"error_{code}", "plonegov.deliberations")


@pytest.mark.parametrize("name", ["offices", "capacities", "categories"])
def test_the_forms_offer_what_the_law_knows(portal, name):
    factory = getUtility(IVocabularyFactory, name=f"plonegov.deliberations.{name}")
    found = list(factory(portal))
    assert len(found) >= 3
    assert all(term.title for term in found)
