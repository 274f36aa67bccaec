from plonegov.core.records import store as module
from plonegov.core.records.interfaces import IRecordIndexes
from plonegov.core.records.store import RecordStore
from zope.component import getGlobalSiteManager
from zope.interface import implementer
from zope.interface import Interface

import pytest
import random


class IPebble(Interface):
    """A record for this test."""


@implementer(IPebble)
class Pebble:
    def __init__(self, key, state, due):
        self.key, self.state, self.due = key, state, due

    def getId(self):
        return self.key


class PebbleIndexes:
    def __init__(self, pebble):
        self.pebble = pebble

    def values(self):
        pebble = self.pebble
        return {
            "state": pebble.state,
            "due": pebble.due,
            "day": pebble.due // 5,
            "reference": pebble.key,
        }


@pytest.fixture
def store(portal):
    manager = getGlobalSiteManager()
    manager.registerAdapter(PebbleIndexes, (IPebble,), IRecordIndexes)
    columns = ("reference", "state", "due", "day")
    store = RecordStore(("state", "due", "day"), columns)
    shuffled = list(range(100))
    random.Random(7).shuffle(shuffled)
    for due in shuffled:
        pebble = Pebble(f"{due % 10}{due:05}", "open" if due % 4 else "done", due)
        store.add(pebble.key, f"uid-{due}", pebble)
        store.index(pebble)
    yield store
    manager.unregisterAdapter(PebbleIndexes, (IPebble,), IRecordIndexes)


def test_a_record_is_found_by_key_and_uid(store):
    assert store.get("300003").due == 3
    assert store.get_by_uid("uid-3").due == 3
    assert store.get("unknown") is None
    assert store.get_by_uid("unknown") is None
    assert len(store) == len(list(store)) == 100


def test_a_key_is_used_once(store):
    with pytest.raises(KeyError):
        store.add("300003", "uid-new", Pebble("300003", "open", 1))


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("start", [0, 30, 60])
def test_pages_are_sorted_slices_of_the_whole(store, portal, reverse, start):
    expected = [due for due in range(100) if due % 4]
    if reverse:
        expected.reverse()
    page = store.query(portal, {"state": "open"}, "due", reverse, start, 30)
    assert page.total == 75
    assert [row["due"] for row in page.rows] == expected[start : start + 30]


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("sort_on", ["due", "day"])
def test_a_page_of_many_is_found_along_the_index(
    store, portal, monkeypatch, sort_on, reverse
):
    walked, walk = [], module.RecordCatalog._walk
    monkeypatch.setattr(
        module.RecordCatalog,
        "_walk",
        lambda *args, **how: walked.append(walk(*args, **how)) or walked[-1],
    )
    for many in (1000, 10):
        monkeypatch.setattr(module, "MANY", many)
        pages = [
            store.query(portal, {"state": "open"}, sort_on, reverse, start, 7)
            for start in (0, 7)
        ]
        whole = store.query(portal, {"state": "open"}, sort_on, reverse, 0, 0)
        found = [row for page in pages for row in page.rows]
        assert [row[sort_on] for row in found] == [
            row[sort_on] for row in whole.rows[:14]
        ]
        assert len({row["reference"] for row in found}) == 14
        assert {page.total for page in pages} == {75}
    assert walked[:2] == [None, None] and all(walked[-2:])


def test_an_empty_query_finds_all(store, portal):
    assert store.query(portal, {}, "due", size=0).total == 100
    assert store.count(portal, {"due": {"query": 9, "range": "max"}}) == 10


def test_a_changed_record_moves_in_the_indexes(store, portal):
    pebble = store.get("300003")
    pebble.state = "lost"
    store.index(pebble)
    assert store.count(portal, {"state": "lost"}) == 1
    assert store.count(portal, {"state": "open"}) == 74


def test_a_removed_record_leaves_nothing_behind(store, portal):
    store.remove("300003", "uid-3")
    assert store.get("300003") is None
    assert store.get_by_uid("uid-3") is None
    assert store.count(portal, {"due": 3}) == 0
    with pytest.raises(KeyError):
        store.remove("300003", "uid-3")
