"""The agenda of one meeting: a move writes this object and nothing else."""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from collections.abc import Sequence
from persistent import Persistent
from plonegov.deliberations.domain.agenda import Row
from plonegov.deliberations.domain.agenda import Why


class Agenda(Persistent):
    """Rows in their order, and how often they were changed (``serial``)."""

    __roles__ = ACCESS_PRIVATE

    def __init__(self) -> None:
        self.serial = 0
        # A key alone is an item where the order of the agenda put it.
        self._rows: tuple[str | tuple[str, str, str, str], ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the agenda."""
        found = getattr(self, "_v_rows", None)
        if found is None:
            found = tuple(map(_row, self._rows))
            self._v_rows = found  # goes when the object is loaded anew
        return found

    def keep(self, rows: Sequence[Row]) -> None:
        """Put other rows in place of these."""
        self._rows = tuple(map(_stored, rows))
        self._v_rows = tuple(rows)
        self.serial += 1


def _stored(row: Row) -> str | tuple[str, str, str, str]:
    if row.why is Why.ORDER and not row.who and not row.heading:
        return row.key
    return (row.key, row.heading, row.why.value, row.who)


def _row(stored: str | tuple[str, str, str, str]) -> Row:
    if isinstance(stored, str):
        return Row(stored)
    key, heading, why, who = stored
    return Row(key, heading, Why(why), who)
