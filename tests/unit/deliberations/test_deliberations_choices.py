"""The bodies of a profile fit the rules and categories that there are."""

from copy import deepcopy
from plonegov.core.municipality.example import FACTS
from plonegov.core.municipality.profile import build
from plonegov.deliberations.domain.choices import problems

import pytest


def told(**changes):
    """Return what is wrong when the first body of the example is changed."""
    facts = deepcopy(FACTS)
    facts["bodies"][0] |= changes
    return [(key, found) for key, found, _allowed in problems(build(facts))]


def test_the_example_is_right():
    assert told() == []


@pytest.mark.parametrize(
    ("changes", "key", "found"),
    [
        ({"rules": "fr-under-3500"}, "bodies[0].rules", "'fr-under-3500'"),
        ({"rules": "x"}, "bodies[0].rules", "'x'"),
        ({"categories": ["finance", "x"]}, "bodies[0].categories", "'x'"),
        ({"preset": "two_levels"}, "bodies[0].levels", "0 levels"),
        (
            {"preset": "two_levels", "levels": [{"title": {}}, {"title": {}}]},
            "bodies[0].levels",
            "2 levels",
        ),
    ],
)
def test_what_does_not_fit_is_told(changes, key, found):
    assert told(**changes) == [(key, found)]


def test_a_country_without_rules_has_no_bodies():
    facts = {**deepcopy(FACTS), "country": "ES"}
    [(_key, _found, allowed), *_rest] = problems(build(facts))
    assert allowed == "no rules of this country"
