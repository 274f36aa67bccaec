"""An apply changes a key only where the site still has the last applied value."""

from plonegov.municipalities.plan import compare
from plonegov.municipalities.plan import flatten
from plonegov.municipalities.plan import nest

import pytest


@pytest.mark.parametrize(
    ("site", "applied", "wanted", "after", "changed", "kept"),
    [
        ({}, {}, {"a": 1}, {"a": 1}, ["a"], []),
        ({"a": 1}, {"a": 1}, {"a": 2}, {"a": 2}, ["a"], []),
        ({"a": 9}, {"a": 1}, {"a": 2}, {"a": 9}, [], ["a"]),
        ({"a": 2}, {"a": 1}, {"a": 2}, {"a": 2}, [], []),
        ({"a": 1}, {"a": 1}, {}, {}, ["a"], []),
        ({"a": 9}, {"a": 1}, {}, {"a": 9}, [], ["a"]),
        ({}, {"a": 1}, {"a": 1}, {}, [], ["a"]),
        (
            {"t": {"x": 1}},
            {"t": {"x": 1}},
            {"t": {"x": 2, "y": 3}},
            {"t": {"x": 2, "y": 3}},
            ["t.x", "t.y"],
            [],
        ),
        ({"l": [1, 2]}, {"l": [1]}, {"l": [3]}, {"l": [1, 2]}, [], ["l"]),
    ],
    ids=[
        "first apply",
        "untouched key follows the profile",
        "a person's value is kept",
        "both came to the same value",
        "an untouched key that left the profile goes",
        "a person's value stays when the key left the profile",
        "what a person removed stays removed",
        "tables are compared by dotted key",
        "a list counts as a whole",
    ],
)
def test_people_are_never_reverted(site, applied, wanted, after, changed, kept):
    plan = compare(site, applied, wanted)
    assert plan.facts == after
    assert list(plan.changed) == changed
    assert list(plan.kept) == kept


def test_a_second_apply_changes_nothing():
    first = compare({"a": 9, "b": 1}, {"a": 1, "b": 1}, {"a": 2, "b": 2})
    second = compare(first.facts, first.applied, {"a": 2, "b": 2})
    assert second.changed == ()
    assert (second.facts, second.applied) == (first.facts, first.applied)


def test_flat_and_nested_facts_say_the_same():
    facts = {"id": "x", "name": {"fr": "X"}, "contact": {"a": {"b": [1, {"c": 2}]}}}
    assert nest(flatten(facts)) == facts
