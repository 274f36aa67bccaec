"""Bodies read back as people changed them, and places that nobody takes away."""

from dataclasses import replace
from helpers import councils
from helpers.councils import acting
from helpers.people import add_person
from plone import api
from plonegov.core.api import municipality
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.municipality.differences import State
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.interfaces import IMunicipalityReader
from plonegov.core.records.protection import RecordsInside
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.exportimport.reader import BodiesReader
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
from plonegov.deliberations.setuphandlers import apply_bodies
from zope.interface.verify import verifyObject

import json
import pytest


READER = BodiesReader()


def facts():
    return json.loads(settings().facts)


def found(portal):
    return {each.key: each.state for each in READER.differences(portal, municipality())}


def test_the_reader_is_one(portal):
    assert verifyObject(IMunicipalityReader, READER)


def test_an_untouched_site_gives_back_its_facts(portal):
    assert READER.current(portal, facts()) == facts()
    assert found(portal) == {}
    assert READER.current(portal, {}) == {}


def test_a_site_without_deliberations_has_no_part_in_it(portal):
    elsewhere = portal.portal_registry
    assert READER.current(elsewhere, facts()) == facts()
    assert READER.obstacles(elsewhere, municipality()) == []
    READER.release(elsewhere, ["bodies.council"])


@pytest.mark.parametrize(
    ("attribute", "value", "key", "said"),
    [
        ("publicity", "none", "publicity", "none"),
        ("title", "Le Conseil", "title", "Le Conseil"),
        ("categories", ["roads"], "categories", ["roads"]),
        ("finance_service", "", "finance_service", ""),
    ],
)
def test_what_people_changed_is_given_back(portal, attribute, value, key, said):
    setattr(bodies.get("council"), attribute, value)
    given = READER.current(portal, facts())["bodies"][0]
    assert (given[key]["fr"] if key == "title" else given[key]) == said
    [(name, state)] = found(portal).items()
    assert name.startswith(f"bodies.council.{key}")
    assert state is State.KEPT
    apply_bodies(portal)
    assert getattr(bodies.get("council"), attribute) == value
    READER.release(portal, [name])
    apply_bodies(portal)
    assert found(portal) == {}
    assert bodies.get("council").title == "Conseil communal"


def test_levels_are_said_as_a_profile_says_them(portal):
    college = bodies.get("college")
    college.levels = college.levels[1:]
    given = READER.current(portal, facts())["bodies"][1]
    assert [level["service"] for level in given["levels"]] == ["population"]
    READER.release(portal, ["bodies.college", "bodies.nobody", "bodies.college.no"])
    apply_bodies(portal)
    assert len(bodies.get("college").levels) == 2


def test_a_body_that_is_missing_is_new(portal):
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(bodies.get("college"))
    assert found(portal) == {"bodies.college": State.NEW}


def test_a_service_with_undecided_items_can_t_go(portal):
    councils.add_staff(portal)
    item = councils.validated(portal)
    town = municipality()
    left = tuple(each for each in town.services if each.id != "works")
    [(key, said, allowed)] = READER.obstacles(portal, replace(town, services=left))
    assert (key, "1 undecided" in said, "works" in allowed) == ("services", True, True)
    assert READER.obstacles(portal, town) == []
    with acting(portal, "drafter"):
        items.change(item, "withdraw", reason="x")
    assert READER.obstacles(portal, replace(town, services=left)) == []


@pytest.mark.parametrize(
    "path", ["deliberations", "decisions", "deliberations/council"]
)
def test_the_town_s_administrator_takes_no_place_away(portal, path):
    add_person(portal, "chief", ["Member", "Site Administrator"], [])
    content = portal.unrestrictedTraverse(path)
    with acting(portal, "chief"):
        with pytest.raises(ActionNotAllowed):
            api.content.delete(content)
        with pytest.raises(ValueError):
            api.content.rename(content, "elsewhere")


def test_a_container_with_records_stays_whoever_acts(portal):
    councils.add_staff(portal)
    councils.plan(portal)
    with pytest.raises(RecordsInside):
        api.content.delete(portal["deliberations"])
    assert not portal["deliberations"].cb_isCopyable()


def test_the_town_s_administrator_is_no_secretary(portal):
    councils.add_staff(portal)
    add_person(portal, "chief", ["Member", "Site Administrator"], [])
    meeting = councils.plan(portal)
    with acting(portal, "chief"):
        assert not api.user.has_permission(MANAGE_MEETINGS, obj=meeting)
        assert not api.user.has_permission("View", obj=meeting)
        with pytest.raises(ActionNotAllowed):
            meetings.change(meeting, "convene")
        with pytest.raises(ActionNotAllowed):
            meetings.plan("council", {"starts": meeting.starts})
