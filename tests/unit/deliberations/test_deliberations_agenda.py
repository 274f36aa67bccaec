"""Where an item comes on an agenda, and what a hand may do with it."""

from hypothesis import given
from hypothesis import strategies
from plonegov.deliberations.domain import agenda
from plonegov.deliberations.domain.agenda import Listed
from plonegov.deliberations.domain.agenda import Order
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.agenda import Row
from plonegov.deliberations.domain.agenda import Why
from plonegov.deliberations.domain.refusals import ClosedSessionFirst
from plonegov.deliberations.domain.refusals import NotOnAgenda

import pytest


ORDER = Order(("minutes", "finance", "works"), ("population", "roads"))
OPEN, CLOSED = Privacy.OPEN, Privacy.CLOSED
ITEMS = {
    "pv": Listed(OPEN, "minutes", "population"),
    "budget": Listed(OPEN, "finance", "population"),
    "road": Listed(OPEN, "works", "roads"),
    "staff": Listed(CLOSED, "various", "population"),
    "sanction": Listed(CLOSED, "various", "population", disciplinary=True),
}


def keys(rows):
    return [row.key for row in rows]


def filled(*names):
    rows = ()
    for name in names:
        rows = agenda.insert(rows, ITEMS, name, ORDER)
    return rows


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("road", "budget", "pv"), ["pv", "budget", "road"]),
        (("staff", "road"), ["road", "staff"]),
        (("staff", "budget", "road"), ["budget", "road", "staff"]),
        (("pv", "staff", "sanction"), ["pv", "staff", "sanction"]),
    ],
)
def test_an_item_comes_by_privacy_category_and_service(names, expected):
    assert keys(filled(*names)) == expected


def test_a_category_that_the_body_does_not_name_comes_last_of_its_session():
    items = {**ITEMS, "new": Listed(OPEN, "unknown", "population")}
    rows = agenda.insert(filled("road", "pv", "staff"), items, "new", ORDER)
    assert keys(rows) == ["pv", "road", "new", "staff"]


def test_an_item_that_a_hand_put_somewhere_is_not_compared():
    rows = agenda.move(filled("pv", "road"), ITEMS, "road", 0, "secretary")
    assert keys(rows) == ["road", "pv"]
    assert rows[0] == Row("road", why=Why.HAND, who="secretary")
    assert keys(agenda.insert(rows, ITEMS, "budget", ORDER)) == ["road", "pv", "budget"]


def test_an_open_item_never_comes_after_a_closed_one_that_a_hand_moved():
    rows = filled("pv", "staff")
    rows = agenda.move(rows, ITEMS, "staff", 1, "secretary")
    assert keys(agenda.insert(rows, ITEMS, "road", ORDER)) == ["pv", "road", "staff"]


@pytest.mark.parametrize("known", [tuple(ITEMS), ("staff", "sanction")])
def test_the_closed_session_comes_last(known):
    """CDLD, article L1122-20 and -22; to know what is closed is enough."""
    rows, items = filled("pv", "road", "staff"), {key: ITEMS[key] for key in known}
    with pytest.raises(ClosedSessionFirst):
        agenda.move(rows, items, "staff", 0, "secretary")
    with pytest.raises(ClosedSessionFirst):
        agenda.move(rows, items, "pv", 2, "secretary")
    assert keys(agenda.move(rows, items, "pv", 1, "secretary")) == [
        "road",
        "pv",
        "staff",
    ]


def test_a_disciplinary_matter_may_come_first():
    """CDLD, article L1122-22."""
    rows = agenda.move(filled("pv", "sanction"), ITEMS, "sanction", 0, "secretary")
    assert keys(rows) == ["sanction", "pv"]


def test_headings_are_moved_like_items_and_have_no_number():
    heading = Row("h-1", "Finances", Why.HEADING, "secretary")
    rows = (*filled("pv", "budget"), heading)
    rows = agenda.move(rows, ITEMS, "h-1", 1, "colleague")
    assert keys(rows) == ["pv", "h-1", "budget"]
    assert rows[1].why is Why.HEADING
    assert agenda.numbers(rows) == {"pv": 1, "budget": 2}


@pytest.mark.parametrize("to", [-5, 0, 1, 99])
def test_a_place_beyond_an_end_is_that_end(to):
    rows = agenda.move(filled("pv", "budget"), ITEMS, "pv", to, "secretary")
    assert keys(rows) == (["pv", "budget"] if to <= 0 else ["budget", "pv"])


def test_what_is_not_there_can_be_neither_moved_nor_removed():
    rows = filled("pv")
    with pytest.raises(NotOnAgenda):
        agenda.move(rows, ITEMS, "road", 0, "secretary")
    with pytest.raises(NotOnAgenda):
        agenda.remove(rows, "road")
    assert agenda.remove(rows, "pv") == ()


listed = strategies.builds(
    Listed,
    privacy=strategies.sampled_from(Privacy),
    category=strategies.sampled_from(["minutes", "finance", "works", "other"]),
    service=strategies.sampled_from(["population", "roads", "other"]),
    disciplinary=strategies.booleans(),
)


@given(strategies.lists(listed, max_size=12))
def test_items_in_whatever_turn_give_a_lawful_agenda(found):
    items = {str(number): item for number, item in enumerate(found)}
    rows = ()
    for key in items:
        rows = agenda.insert(rows, items, key, ORDER)
    agenda.check_sessions(rows, items)
    ranks = [ORDER.rank(items[row.key]) for row in rows]
    assert ranks == sorted(ranks)
    assert sorted(agenda.numbers(rows).values()) == list(range(1, len(items) + 1))


HEADED = (
    *(Row(key) for key in ("a", "b")),
    Row("h", "Finances", Why.HEADING),
    *(Row(key) for key in ("c", "d")),
)


@pytest.mark.parametrize(
    ("key", "number", "expected"),
    [
        ("a", 1, "abhcd"),
        ("a", 2, "bahcd"),
        ("a", 3, "bhcad"),
        ("a", 4, "bhcda"),
        ("a", 9, "bhcda"),
        ("d", 1, "dabhc"),
        ("d", 0, "dabhc"),
        ("d", 3, "abhdc"),
        ("c", 2, "acbhd"),
        ("h", 1, "habcd"),
        ("h", 2, "ahbcd"),
        ("h", 4, "abchd"),
        ("h", 5, "abcdh"),
    ],
)
def test_a_row_is_put_where_it_has_a_number(key, number, expected):
    place = agenda.place_for(HEADED, key, number)
    items = {row.key: ITEMS["pv"] for row in HEADED}
    moved = agenda.move(HEADED, items, key, place, "secretary")
    assert "".join(keys(moved)) == expected
    if key != "h" and 1 <= number <= 4:
        assert agenda.numbers(moved)[key] == number


def test_a_row_that_is_gone_has_no_place():
    with pytest.raises(NotOnAgenda):
        agenda.place_for(HEADED, "z", 1)
