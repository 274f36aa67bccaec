"""What of the figures may be public: no number from 1 to 4, and none that gives one.

Documents that were ordered fewer than five times in a year are one row together; where
that row itself would be too small, the next smallest document joins it. So the sum of
the rows is right, and no row can be computed from the others.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from plonegov.ordering.domain.figures import by
from plonegov.ordering.domain.figures import Cell
from plonegov.ordering.domain.figures import Delay
from plonegov.ordering.domain.figures import Sum
from plonegov.ordering.domain.figures import total
from plonegov.ordering.domain.model import Channel


#: The smallest number of orders that is published.
LEAST = 5

#: The row of the documents that are too few for rows of their own.
OTHERS = ""


@dataclass(frozen=True)
class PublicRow:
    """The orders of a document that were placed in a year (``document`` "": several).

    None stands for what is too small to be told. ``channels`` is empty when one of its
    numbers would be.
    """

    year: str
    document: str
    orders: int
    channels: Mapping[str, int]
    made_ready: int | None
    rejected: int | None
    share_in_time: int | None
    delay: Delay | None


def public_rows(cells: Iterable[Cell]) -> list[PublicRow]:
    """Return what may be told of each year and document, the newest year first; in a
    year the document that was ordered most often first, several together last."""
    years: dict[str, list[Cell]] = {}
    for cell in cells:
        years.setdefault(cell.year, []).append(cell)
    return [row for year in sorted(years, reverse=True) for row in _rows(years[year])]


def public_months(cells: Iterable[Cell]) -> list[tuple[str, str, int]]:
    """Return how many orders were placed, by stretches of months that hold enough.

    :returns: first month, last month, orders; nothing when all together are too few.
    """
    rows: list[tuple[str, str, int]] = []
    for month, found in by(cells, lambda cell: cell.month).items():
        if rows and rows[-1][2] < LEAST:
            first, _last, orders = rows.pop()
            rows.append((first, month, orders + found.orders))
        else:
            rows.append((month, month, found.orders))
    if rows and rows[-1][2] < LEAST:
        _first, last, orders = rows.pop()
        if rows:
            first, _last, before = rows.pop()
            rows.append((first, last, before + orders))
    return rows


def _rows(cells: list[Cell]) -> list[PublicRow]:
    sums = by(cells, lambda cell: cell.document)
    smallest = sorted(sums, key=lambda document: (sums[document].orders, document))
    merged: list[str] = []
    for document in smallest:
        few = sum(sums[name].orders for name in merged)
        if sums[document].orders >= LEAST and (not merged or few >= LEAST):
            break
        merged.append(document)
    others = total(cell for cell in cells if cell.document in merged)
    year = cells[0].year
    rows = [
        _row(year, document, sums[document], cells)
        for document in reversed(smallest)
        if document not in merged
    ]
    if others.orders >= LEAST:
        found = [cell for cell in cells if cell.document in merged]
        rows.append(_row(year, OTHERS, others, found))
    return rows


def _row(year: str, document: str, found: Sum, cells: list[Cell]) -> PublicRow:
    own = [cell for cell in cells if document in (OTHERS, cell.document)]
    sums = by(own, lambda cell: cell.channel)
    channels = {
        str(channel): sums[channel].orders if channel in sums else 0
        for channel in Channel
    }
    return PublicRow(
        year,
        document,
        found.orders,
        channels if all(map(_may_be_told, channels.values())) else {},
        _told(found.ready),
        _told(found.rejected),
        found.share_in_time,
        found.delay,
    )


def _may_be_told(count: int) -> bool:
    return count == 0 or count >= LEAST


def _told(count: int) -> int | None:
    return count if _may_be_told(count) else None
