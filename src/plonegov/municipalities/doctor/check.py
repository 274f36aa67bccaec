"""A line of the doctor's list."""

from typing import NamedTuple


class Check(NamedTuple):
    """One line of the doctor's list: ``ok`` is False for what must be mended,
    ``warn`` is True for what soon must."""

    name: str
    ok: bool
    note: str
    warn: bool = False

    @property
    def mark(self) -> str:
        """The word that stands before the line: ``ok``, ``warn`` or ``BAD``."""
        if not self.ok:
            return "BAD"
        return "warn" if self.warn else "ok"
