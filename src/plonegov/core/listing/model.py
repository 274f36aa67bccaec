"""What a listing is made of: columns, filters, cells, and what was asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from typing import Any


@dataclass(frozen=True)
class Cell:
    """What a table shows of one value.

    ``detail`` stands below ``text`` (a date below "in 2 days"). ``tag`` makes it a
    status tag: ok, warn, danger, info or neutral (its icon follows from it).
    """

    text: Any
    detail: Any = ""
    tag: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a listing.

    ``value`` gives a row's text, message, date, number or ``Cell``; ``sort_on`` is
    the index that sorts by it (None: not sortable); ``csv`` gives the value in files
    where that differs (None as result: an empty field). ``usual``: whether the table
    shows it to who has not chosen columns; files hold every column.
    """

    id: str
    title: Any
    value: Callable[[Any], Any]
    sort_on: str | None = None
    csv: Callable[[Any], Any] | None = None
    usual: bool = True

    def cell(self, row: Any) -> Cell:
        """Return what the table shows."""
        value = self.value(row)
        return value if isinstance(value, Cell) else Cell(value)

    def plain(self, row: Any) -> Any:
        """Return what a file holds."""
        if self.csv:
            return self.csv(row)
        value = self.value(row)
        return value.text if isinstance(value, Cell) else value


@dataclass(frozen=True)
class Option:
    """A value that a filter can take; ``count`` None: not shown."""

    value: str
    title: Any
    count: int | None = None


@dataclass(frozen=True)
class Filter:
    """A query parameter that narrows a listing.

    ``default`` is the option that counts when none is chosen (empty: all). Without
    ``options`` it is a text of at most ``longest`` characters.
    """

    id: str
    title: Any
    options: tuple[Option, ...] | None = None
    longest: int = 100
    default: str = ""

    def allows(self, value: str) -> bool:
        """Tell whether the filter can take this value."""
        if self.options is None:
            return len(value) <= self.longest
        return any(option.value == value for option in self.options)


@dataclass(frozen=True)
class BulkAction:
    """A button for the selected rows; ``id`` is what it sends as ``verb``."""

    id: str
    title: Any


@dataclass(frozen=True)
class Asked:
    """What the address asks for, checked; ``ignored`` titles what was not understood.

    ``start`` is the number of the first row, ``size`` the rows of a page.
    """

    filters: dict[str, str]
    sort_on: str
    reverse: bool
    start: int
    size: int
    ignored: tuple[Any, ...] = field(default=())
