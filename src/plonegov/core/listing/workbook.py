"""A listing as a workbook (XLSX): real dates and numbers, no text is a formula."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.styles.numbers import FORMAT_DATE_XLSX14
from openpyxl.utils import get_column_letter
from plonegov.core.listing.export import Format
from plonegov.core.listing.export import nameless
from plonegov.core.listing.export import opened
from plonegov.core.listing.export import Pages
from plonegov.core.listing.export import temporary_file
from plonegov.core.listing.formulas import starts_formula
from typing import Any


#: Widths of columns in characters, and how many of the first rows they are taken from.
NARROWEST, WIDEST, LOOKED_AT = 10, 48, 100
#: Characters that a cell can hold (ECMA-376, part 1, 18.18.87).
LONGEST = 32_767


def write(
    titles: Iterable[Any], pages: Pages, after_page: Callable[[], None]
) -> tuple[temporary_file, int]:
    """Write a workbook of one sheet and return it as ``export.write`` does its file.

    The row of titles stays in sight. Rows go to the disk as they come.
    """
    with _sheet() as sheet, nameless(".xlsx", "w+b") as file:
        begun = False
        for page in pages:
            rows = [list(row) for row in page]
            begun = begun or _begin(sheet, titles, rows[:LOOKED_AT])
            for row in rows:
                sheet.append([cell(sheet, value) for value in row])
            after_page()
        if not begun:
            _begin(sheet, titles, [])
        sheet.parent.save(file)
        return opened(file)


@contextmanager
def _sheet() -> Iterator[Any]:
    """Give a sheet to write; nothing of it is left on the disk, whatever breaks."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    try:
        yield sheet
    finally:
        if not sheet.closed:
            book.save(BytesIO())


def _begin(sheet: Any, titles: Iterable[Any], rows: list[list[Any]]) -> bool:
    """Set the widths, which stand before the rows, and write the titles."""
    head = [str(title) for title in titles]
    for number, title in enumerate(head):
        texts = [title, *(_shown(row[number]) for row in rows)]
        width = min(WIDEST, max(NARROWEST, *map(len, texts)) + 2)
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    cells = [cell(sheet, title) for title in head]
    for each in cells:
        each.font = Font(bold=True)
    sheet.append(cells)
    return True


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def cell(sheet: Any, value: Any) -> Any:
    """Return the cell of a value: a date is a date, a text is never a formula."""
    if value is None or isinstance(value, (bool, int, float, Decimal)):
        return WriteOnlyCell(sheet, value)
    if isinstance(value, datetime):
        return WriteOnlyCell(sheet, value.replace(tzinfo=None))
    if isinstance(value, date):
        made = WriteOnlyCell(sheet, value)
        made.number_format = FORMAT_DATE_XLSX14  # as the reader's country writes it
        return made
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST]
    made = WriteOnlyCell(sheet, text)
    made.data_type = "s"
    # The text stays one even where somebody edits the cell.
    made.quotePrefix = starts_formula(text)
    return made


XLSX = Format(
    write, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)
