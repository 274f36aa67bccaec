"""The votes on one item: an object of its own, so that two clerks never conflict."""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from persistent import Persistent
from typing import Any


class Ballots(Persistent):
    """Votes with their results as JSON types, in the order in which they were held.

    A result that was computed is never computed anew. ``asked`` are the parts on which
    a separate vote was asked for: part, member, ISO time.
    """

    __roles__ = ACCESS_PRIVATE

    asked: tuple[dict[str, Any], ...] = ()

    def __init__(self) -> None:
        self.rows: tuple[dict[str, Any], ...] = ()

    def add(self, row: dict[str, Any]) -> None:
        """Keep one more vote."""
        self.rows = (*self.rows, row)

    def replace(self, place: int, row: dict[str, Any]) -> None:
        """Keep a vote in place of another one."""
        self.rows = (*self.rows[:place], row, *self.rows[place + 1 :])

    def remove(self, place: int) -> None:
        """Keep a vote no more."""
        self.rows = (*self.rows[:place], *self.rows[place + 1 :])
