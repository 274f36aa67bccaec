"""The figures on orders as a job computed them last."""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from persistent import Persistent
from plonegov.ordering.domain.figures import Cell
from plonegov.ordering.domain.figures import Delay
from typing import Any


class _Cells(Persistent):
    """Rows of cells, in a database record of their own: only figures pages load it."""

    rows: tuple[tuple[Any, ...], ...] = ()


class FiguresStore(Persistent):
    """The figures of a counter, as plain rows.

    ``as_of`` is the day on which they were computed (None: not yet).
    """

    #: Not published under its container's address.
    __roles__ = ACCESS_PRIVATE

    as_of = None

    def __init__(self) -> None:
        self._cells = _Cells()
        self._delays: dict[str, tuple[int, int, int]] = {}

    def cells(self) -> list[Cell]:
        """Return the cells, by month."""
        return [Cell(*row) for row in self._cells.rows]

    def delay(self, document: str) -> Delay | None:
        """Return the real delay of the last twelve months of a document, if known."""
        found = self._delays.get(document)
        return None if found is None else Delay(*found)

    def holds(self, day: Any, cells: list[Cell], delays: dict[str, Delay]) -> bool:
        """Say whether exactly these figures are kept."""
        return (self.as_of, self._cells.rows, self._delays) == (
            day,
            _plain_cells(cells),
            _plain_delays(delays),
        )

    def keep(self, day: Any, cells: list[Cell], delays: dict[str, Delay]) -> None:
        """Keep figures that were computed on a day."""
        self.as_of = day
        self._delays = _plain_delays(delays)
        self._cells.rows = _plain_cells(cells)


def _plain_cells(cells: list[Cell]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(vars(cell).values()) for cell in cells)


def _plain_delays(delays: dict[str, Delay]) -> dict[str, tuple[int, int, int]]:
    return {name: tuple(vars(delay).values()) for name, delay in delays.items()}
