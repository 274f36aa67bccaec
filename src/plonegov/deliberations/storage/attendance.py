"""Who came and went at one meeting, as a log."""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from persistent import Persistent
from typing import Any


class AttendanceLog(Persistent):
    """Rows as JSON types, in the order in which they were entered.

    A row that was wrong is struck out by its number, never removed.
    """

    __roles__ = ACCESS_PRIVATE

    def __init__(self) -> None:
        self.rows: tuple[dict[str, Any], ...] = ()
        self.struck: frozenset[int] = frozenset()

    def add(self, row: dict[str, Any]) -> None:
        """Keep one more row."""
        self.rows = (*self.rows, row)

    def strike(self, place: int) -> None:
        """Count a row no more."""
        self.struck |= {place}

    @property
    def standing(self) -> tuple[dict[str, Any], ...]:
        """The rows that count."""
        return tuple(
            row for place, row in enumerate(self.rows) if place not in self.struck
        )
