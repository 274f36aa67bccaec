"""An apply changes a key only where the site still has the last applied value."""

from copy import deepcopy
from plonegov.core.municipality.example import FACTS
from plonegov.municipalities.loader.plan import compare
from plonegov.municipalities.loader.plan import flatten
from plonegov.municipalities.loader.plan import nest

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


RESIDENCE = {"id": "residence", "service": "population"}
LIFE = {"id": "life", "service": "population"}
PRICED = RESIDENCE | {"price": "7.50"}


def documents(*items):
    return {"documents": list(items)}


@pytest.mark.parametrize(
    ("site", "applied", "wanted", "after", "states"),
    [
        ([], [], [RESIDENCE], [RESIDENCE], {"documents.residence": "new"}),
        ([RESIDENCE], [RESIDENCE], [], [], {"documents.residence": "gone"}),
        (
            [RESIDENCE],
            [RESIDENCE],
            [PRICED],
            [PRICED],
            {"documents.residence.price": "new"},
        ),
        (
            [PRICED],
            [RESIDENCE],
            [LIFE, RESIDENCE],
            [LIFE, PRICED],
            {"documents.life": "new", "documents.residence.price": "kept"},
        ),
        ([PRICED], [RESIDENCE], [], [], {"documents.residence": "gone"}),
        ([], [RESIDENCE], [PRICED], [], {"documents.residence": "kept"}),
        ([PRICED], [], [], [PRICED], {"documents.residence": "kept"}),
        (
            [RESIDENCE, LIFE],
            [RESIDENCE, LIFE],
            [LIFE, RESIDENCE],
            [LIFE, RESIDENCE],
            {"documents": "changed"},
        ),
    ],
    ids=[
        "a new document",
        "a document that left the profile",
        "a price that the profile now has",
        "a price that people set, beside a new document",
        "a document that left goes with the price that people set",
        "a document that people withdrew stays withdrawn",
        "a document that people added stays",
        "another order",
    ],
)
def test_documents_are_known_by_their_id(site, applied, wanted, after, states):
    sides = (documents(*items) for items in (site, applied, wanted))
    plan = compare(*sides, stored=documents(*site))
    assert plan.facts.get("documents", []) == after
    assert {item.key: str(item.state) for item in plan.differences} == states


@pytest.mark.parametrize(
    ("site", "key", "after"),
    [
        ([PRICED], "documents.residence.price", [RESIDENCE]),
        ([], "documents.residence", [RESIDENCE]),
        ([PRICED], "documents.life", [PRICED]),
    ],
)
def test_a_forced_key_is_set_although_people_changed_it(site, key, after):
    sides = (documents(*items) for items in (site, [RESIDENCE], [RESIDENCE]))
    plan = compare(*sides, forced={key})
    assert plan.facts.get("documents", []) == after
    assert (plan.kept == ()) == (after == [RESIDENCE])


def test_a_forced_key_that_only_the_site_has_goes():
    held = documents(RESIDENCE)
    key = "documents.residence.price"
    plan = compare(documents(PRICED), held, held, stored=held, forced={key})
    assert (plan.facts, plan.changed) == (held, (key,))


def test_what_people_changed_in_the_site_does_not_count_as_applied():
    """A price set in the browser is kept by each later apply, whatever it brings."""
    held, profile = documents(RESIDENCE), documents(RESIDENCE | {"delay_days": 3})
    first = compare(documents(PRICED), held, profile, stored=held)
    assert first.facts == first.applied == profile
    assert first.kept == ("documents.residence.price",)
    dearer = documents(RESIDENCE | {"delay_days": 3, "price": "9.00"})
    site = documents(PRICED | {"delay_days": 3})
    second = compare(site, first.applied, dearer, stored=first.facts)
    assert (second.changed, second.kept) == ((), ("documents.residence.price",))


def test_a_second_apply_changes_nothing():
    first = compare({"a": 9, "b": 1}, {"a": 1, "b": 1}, {"a": 2, "b": 2})
    second = compare(first.facts, first.applied, {"a": 2, "b": 2})
    assert second.changed == ()
    assert (second.facts, second.applied) == (first.facts, first.applied)


@pytest.mark.parametrize(
    "facts",
    [
        {"id": "x", "name": {"fr": "X"}, "contact": {"a": {"b": [1, {"c": 2}]}}},
        {"services": [], "documents": []},
        documents(RESIDENCE | {"delivery_prices": {"post": "1.00"}}, LIFE),
        FACTS,
    ],
)
def test_flat_and_nested_facts_say_the_same(facts):
    before = deepcopy(facts)
    assert nest(flatten(facts)) == facts == before
