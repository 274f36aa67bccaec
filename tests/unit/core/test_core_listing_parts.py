"""A listing's address, its pages, and what may stand in a CSV file."""

from datetime import date
from datetime import datetime
from decimal import Decimal
from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.listing.asked import query_string
from plonegov.core.listing.asked import read
from plonegov.core.listing.formulas import FORMULA
from plonegov.core.listing.formulas import safe
from plonegov.core.listing.model import Cell
from plonegov.core.listing.model import Column
from plonegov.core.listing.model import Filter
from plonegov.core.listing.model import Option
from plonegov.core.listing.pages import last_start
from plonegov.core.listing.pages import page_links
from urllib.parse import parse_qsl

import pytest


COLUMNS = (
    Column("reference", "Reference", lambda row: row["reference"]),
    Column("due", "Due", lambda row: row["due"], sort_on="due"),
    Column("state", "State", lambda row: row["state"], sort_on="state"),
)
FILTERS = (
    Filter("state", "State", (Option("ready", "Ready"), Option("placed", "Placed"))),
    Filter("text", "Text", longest=10),
)


def asked(**form):
    return read(form, COLUMNS, FILTERS, "due")


def test_an_empty_address_shows_the_first_page_by_default():
    found = asked()
    assert (found.filters, found.sort_on, found.reverse) == ({}, "due", False)
    assert (found.start, found.size, found.ignored) == (0, 30, ())


def test_the_address_says_filters_sorting_and_page():
    found = asked(
        state="ready",
        text=" lam ",
        sort_on="state",
        sort_order="descending",
        b_start="60",
        b_size="60",
    )
    assert found.filters == {"state": "ready", "text": "lam"}
    assert (found.sort_on, found.reverse) == ("state", True)
    assert (found.start, found.size, found.ignored) == (60, 60, ())


def test_an_empty_parameter_says_nothing():
    found = asked(state="", text="", sort_on="", sort_order="", b_start="", b_size="")
    assert found == asked()


@pytest.mark.parametrize(
    ("form", "ignored"),
    [
        ({"state": "unknown"}, "State"),
        ({"state": ["ready", "placed"]}, "State"),
        ({"state": 5}, "State"),
        ({"text": "x" * 11}, "Text"),
        ({"sort_on": "reference"}, "Sorting"),
        ({"sort_on": "password"}, "Sorting"),
        ({"sort_on": ["due", "state"]}, "Sorting"),
        ({"sort_on": "due", "sort_order": "sideways"}, "Sorting"),
        ({"sort_order": ["descending"]}, "Sorting"),
        ({"b_start": "-1"}, "Page"),
        ({"b_start": "ten"}, "Page"),
        ({"b_start": "9" * 30}, "Page"),
        ({"b_start": "٣"}, "Page"),
        ({"b_size": "1000000"}, "Page"),
        ({"b_size": "0"}, "Page"),
        ({"b_size": ["30"]}, "Page"),
    ],
)
def test_what_the_address_says_wrongly_is_left_out_with_a_message(form, ignored):
    found = asked(**form)
    assert [getattr(title, "default", None) or title for title in found.ignored] == [
        ignored
    ]
    assert (found.filters, found.sort_on, found.start) == ({}, "due", 0)
    assert found.size == 30


def test_one_wrong_value_leaves_the_others():
    found = asked(state="unknown", text="lam", b_start="30")
    assert (found.filters, found.start) == ({"text": "lam"}, 30)


def test_a_page_starts_at_a_multiple_of_its_size():
    assert asked(b_start="47").start == 30


def test_the_address_of_a_state_leads_back_to_it():
    there = asked(state="ready", sort_on="state", sort_order="descending", b_size="60")
    form = dict(parse_qsl(query_string(there, b_start=120)))
    back = asked(**form)
    assert (back.filters, back.sort_on, back.reverse) == (
        there.filters,
        there.sort_on,
        there.reverse,
    )
    assert (back.start, back.size) == (120, 60)


def test_changing_a_filter_leads_to_the_first_page():
    query = query_string(asked(b_start="60"), state="ready")
    assert "b_start" not in query


def test_values_are_quoted_in_addresses():
    assert "text=a%26b%3D%22" in query_string(asked(text='a&b="'))


@given(
    st.dictionaries(
        st.sampled_from(
            ["state", "text", "sort_on", "sort_order", "b_start", "b_size"]
        ),
        st.one_of(st.text(), st.integers(), st.lists(st.text()), st.none()),
    )
)
def test_no_address_breaks_a_listing(form):
    found = asked(**form)
    assert found.size in (30, 60, 100)
    assert found.start % found.size == 0
    assert found.sort_on in ("due", "state")


def test_a_filter_has_its_default_until_another_value_is_chosen():
    scopes = (Option("running", "Running"), Option("all", "All"))
    filters = (Filter("scope", "Show", scopes, default="running"),)
    for form, value, ignored in (
        ({}, "running", ()),
        ({"scope": ""}, "running", ()),
        ({"scope": "all"}, "all", ()),
        ({"scope": "none"}, "running", ("Show",)),
    ):
        found = read(form, COLUMNS, filters, "due")
        assert (found.filters, found.ignored) == ({"scope": value}, ignored)


# --- pages --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "start", "shown"),
    [
        (0, 0, "1*"),
        (30, 0, "1*"),
        (31, 0, "1* 2"),
        (31, 30, "1 2*"),
        (300, 150, "1 … 4 5 6* 7 8 … 10"),
        (3000, 0, "1* 2 3 … 100"),
        (120, 90, "1 2 3 4*"),
    ],
)
def test_pages_near_the_current_one_are_linked(total, start, shown):
    links = page_links(total, start, 30, str)
    texts = [
        "…" if one is None else f"{one['number']}{'*' if one['current'] else ''}"
        for one in links["numbers"]
    ]
    assert " ".join(texts) == shown


def test_previous_and_next_end_at_the_ends():
    first, last = page_links(61, 0, 30, str), page_links(61, 60, 30, str)
    assert (first["previous"], first["next"]) == (None, "30")
    assert (last["previous"], last["next"]) == ("30", None)
    assert (last["first"], last["last"]) == (61, 61)
    assert page_links(0, 0, 30, str)["first"] == 0


@pytest.mark.parametrize(("total", "start"), [(0, 0), (1, 0), (30, 0), (31, 30)])
def test_the_last_page_is_never_empty(total, start):
    assert last_start(total, 30) == start


# --- columns and CSV ------------------------------------------------------------


def test_a_column_shows_a_cell_and_exports_its_text():
    row = {"due": date(2026, 11, 24)}
    column = Column("due", "Due", lambda row: Cell("in 2 days", row["due"], tag="warn"))
    assert column.cell(row) == Cell("in 2 days", row["due"], "warn")
    assert column.plain(row) == "in 2 days"
    exported = Column("due", "Due", column.value, csv=lambda row: row["due"])
    assert exported.plain(row) == date(2026, 11, 24)


@pytest.mark.parametrize("first", FORMULA)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", " \t"])
def test_no_text_starts_a_formula(first, before):
    assert safe(f"{before}{first}HYPERLINK()") == f"'{before}{first}HYPERLINK()"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, ""),
        ("", ""),
        ("Ο'Νιλ", "Ο'Νιλ"),
        ("a=b", "a=b"),
        ("a\x00b", "ab"),
        ("\x00=1", "'=1"),
        (-5, -5),
        (-0.5, -0.5),
        (Decimal("-5.00"), Decimal("-5.00")),
        (True, "True"),
        (date(2026, 11, 24), "2026-11-24"),
        (datetime(2026, 11, 24, 9, 30), "2026-11-24T09:30:00"),
    ],
)
def test_values_stay_what_they_are(value, plain):
    assert safe(value) == plain
