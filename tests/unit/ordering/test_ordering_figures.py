"""Figures: percentiles by nearest rank, cells, and what of them may be public."""

from collections import Counter
from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.languages import LANGUAGES
from plonegov.ordering.domain.figures import by
from plonegov.ordering.domain.figures import Cell
from plonegov.ordering.domain.figures import cells
from plonegov.ordering.domain.figures import Delay
from plonegov.ordering.domain.figures import delay_of
from plonegov.ordering.domain.figures import OrderFigures
from plonegov.ordering.domain.figures import percentile
from plonegov.ordering.domain.figures import total
from plonegov.ordering.domain.motives import Motive
from plonegov.ordering.domain.motives import MOTIVES
from plonegov.ordering.domain.opendata import LEAST
from plonegov.ordering.domain.opendata import OTHERS
from plonegov.ordering.domain.opendata import public_months
from plonegov.ordering.domain.opendata import public_rows

import pytest


def order(document="residence", month="2026-03", **values):
    values = {"service": "population", "channel": "web", "state": "submitted"} | values
    return OrderFigures(month=month, document=document, **values)


def cell(document, orders, month="2026-03", channel="web", **values):
    return Cell(month, "population", document, channel, orders, **values)


@pytest.mark.parametrize(
    ("days", "median", "p90"),
    [
        ([2], 2, 2),
        ([1, 2, 3, 4], 2, 4),
        ([1] * 9 + [30], 1, 1),
        ([1] * 8 + [30, 31], 1, 30),
        (list(range(1, 11)), 5, 9),
    ],
)
def test_a_percentile_is_a_number_of_days_that_somebody_waited(days, median, p90):
    counts = Counter(days)
    assert (percentile(counts, 50), percentile(counts, 90)) == (median, p90)


@given(st.lists(st.integers(0, 60), min_size=1), st.integers(1, 100))
def test_so_many_of_a_hundred_were_ready_within_the_percentile(days, percent):
    found = percentile(Counter(days), percent)
    within = sum(1 for day in days if day <= found)
    before = sum(1 for day in days if day < found)
    assert 100 * within >= percent * len(days) > 100 * before


def test_a_delay_of_fewer_than_ten_orders_is_chance_and_not_told():
    assert delay_of(Counter({2: 9})) is None
    assert delay_of(Counter({2: 9, 5: 1})) == Delay(2, 2, 10)


def test_orders_are_counted_by_month_service_document_and_channel():
    found = cells(
        [
            order(),
            order(used=2),
            order(used=2, state="delivered"),
            order(used=7, late=True),
            order(state="rejected", motive="no_answer"),
            order(state="rejected"),
            order(channel="desk"),
            order("life", "2025-12"),
        ]
    )
    assert [(one.year, one.document, one.channel, one.orders) for one in found] == [
        ("2025", "life", "web", 1),
        ("2026", "residence", "desk", 1),
        ("2026", "residence", "web", 6),
    ]
    assert found[2].made == ((2, False, 2), (7, True, 1))
    assert found[2].motives == (("no_answer", 1), ("other", 1))


def test_a_sum_tells_how_many_were_in_time():
    made = ((1, False, 6), (5, False, 3), (9, True, 3))
    found = total([cell("a", 12, made=made), cell("b", 3, motives=(("other", 2),))])
    assert (found.orders, found.ready, found.in_time, found.rejected) == (15, 12, 9, 2)
    assert found.share_in_time == 75
    assert found.delay == Delay(1, 9, 12)
    assert total([]).share_in_time is None


def test_documents_of_few_orders_are_one_row_together():
    rows = public_rows(
        [
            cell("a", 20),
            cell("b", 3),
            cell("c", 4),
            cell("a", 9, "2025-01"),
            cell("d", 2, "2024-01"),
        ]
    )
    assert [(row.year, row.document, row.orders) for row in rows] == [
        ("2026", "a", 20),
        ("2026", OTHERS, 7),
        ("2025", "a", 9),
    ]


def test_where_the_few_are_too_few_the_next_document_joins_them():
    rows = public_rows([cell("a", 20), cell("b", 6), cell("c", 2)])
    assert [(row.document, row.orders) for row in rows] == [("a", 20), (OTHERS, 8)]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"01": 5, "02": 6}, [("01", "01", 5), ("02", "02", 6)]),
        ({"01": 2, "02": 2, "03": 9}, [("01", "03", 13)]),
        ({"01": 9, "03": 4}, [("01", "03", 13)]),
        ({"01": 4}, []),
        ({}, []),
    ],
)
def test_months_of_few_orders_are_counted_together(counts, told):
    found = [cell("a", count, f"2026-{month}") for month, count in counts.items()]
    assert public_months(found) == [
        (f"2026-{first}", f"2026-{last}", orders) for first, last, orders in told
    ]


def test_channels_are_told_all_or_none():
    rows = public_rows(
        [
            cell("a", 20),
            cell("a", 5, channel="desk"),
            cell("b", 20),
            cell("b", 4, channel="paper"),
        ]
    )
    assert rows[0].channels == {"web": 20, "rest": 0, "desk": 5, "paper": 0}
    assert rows[1].channels == {}


def test_how_they_ended_is_told_from_five_on():
    made, motives = ((2, False, 4),), (("other", 3),)
    (row,) = public_rows([cell("a", 20, made=made, motives=motives)])
    assert (row.made_ready, row.rejected, row.share_in_time, row.delay) == (
        None,
        None,
        None,
        None,
    )
    made = ((2, False, 12),)
    (row,) = public_rows([cell("a", 20, made=made)])
    assert (row.made_ready, row.rejected, row.share_in_time) == (12, 0, 100)


_cells = st.lists(
    st.builds(
        cell,
        document=st.sampled_from("abcdef"),
        orders=st.integers(1, 12),
        month=st.sampled_from(["2025-11", "2026-01", "2026-02", "2026-07"]),
        channel=st.sampled_from(["web", "desk"]),
    ),
    max_size=20,
)


@given(_cells)
def test_no_published_number_is_small_and_their_sum_is_right(found):
    rows = public_rows(found)
    for year, whole in by(found, lambda one: one.year).items():
        told = [row for row in rows if row.year == year]
        assert all(row.orders >= LEAST for row in told)
        assert sum(row.orders for row in told) == (
            whole.orders if whole.orders >= LEAST else 0
        )
    for row in rows:
        assert all(count == 0 or count >= LEAST for count in row.channels.values())


@given(_cells)
def test_no_published_stretch_of_months_is_small_and_their_sum_is_right(found):
    rows = public_months(found)
    orders = total(found).orders
    assert all(count >= LEAST for _first, _last, count in rows)
    assert sum(count for *_months, count in rows) == (orders if orders >= LEAST else 0)
    ends = [month for first, last, _count in rows for month in (first, last)]
    assert ends == sorted(ends)


def test_every_motive_has_its_text_in_every_language():
    assert set(MOTIVES) == set(Motive)
    for text in MOTIVES.values():
        assert len({text.in_language(language) for language in LANGUAGES}) == 4
        assert text.in_language("de") == text.en
