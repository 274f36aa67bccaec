"""A listing as CSV: semicolons, UTF-8 with byte order mark, safe in spreadsheets.

Semicolons and the mark are what spreadsheet programs in French, Dutch and Spanish
expect of a file that is opened by double click.
"""

from collections.abc import Callable
from collections.abc import Iterable
from plonegov.core.listing.formulas import safe
from tempfile import NamedTemporaryFile
from typing import Any
from zope.interface import implementer
from ZPublisher.Iterators import filestream_iterator
from ZPublisher.Iterators import IStreamIterator

import csv
import os


DELIMITER = ";"
#: Rows read at a time; the object cache is minimised after each.
ROWS = 1000


@implementer(IStreamIterator)
class temporary_file(filestream_iterator):
    """A file without name: gone from the disk when the answer was sent."""


def write(
    titles: Iterable[Any],
    pages: Iterable[Iterable[Iterable[Any]]],
    after_page: Callable[[], None],
) -> tuple[temporary_file, int]:
    """Write a CSV file and return it, open for reading, with its size in bytes.

    :param pages: pages of rows of values.
    :param after_page: called after each page, so that memory stays flat.
    """
    with NamedTemporaryFile(
        "w", encoding="utf-8-sig", newline="", suffix=".csv", delete=False
    ) as file:
        try:
            writer = csv.writer(file, delimiter=DELIMITER)
            writer.writerow([safe(title) for title in titles])
            for page in pages:
                writer.writerows([safe(value) for value in row] for row in page)
                after_page()
            file.flush()
            return temporary_file(file.name), os.stat(file.name).st_size
        finally:
            os.unlink(file.name)
