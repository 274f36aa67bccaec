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
        self._rows: tuple[tuple[str, str, str, str], ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the agenda."""
        found = getattr(self, "_v_rows", None)
        if found is None:
            found = tuple(
                Row(key, heading, Why(why), who)
                for key, heading, why, who in self._rows
            )
            self._v_rows = found  # goes when the object is loaded anew
        return found

    def keep(self, rows: Sequence[Row]) -> None:
        """Put other rows in place of these."""
        self._rows = tuple(
            (row.key, row.heading, str(row.why), row.who) for row in rows
        )
        self._v_rows = tuple(rows)
        self.serial += 1
