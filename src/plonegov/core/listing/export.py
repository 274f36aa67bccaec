"""A listing as a file: CSV, and what both kinds of file share.

Semicolons and the mark at the beginning are what spreadsheet programs in French, Dutch
and Spanish expect of a CSV file that is opened by double click.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from plonegov.core.listing.formulas import safe
from tempfile import NamedTemporaryFile
from typing import Any
from typing import TextIO
from zope.interface import implementer
from ZPublisher.Iterators import filestream_iterator
from ZPublisher.Iterators import IStreamIterator

import csv
import os


DELIMITER = ";"
#: Rows read at a time; the object cache is minimised after each.
ROWS = 1000

Pages = Iterable[Iterable[Iterable[Any]]]


@implementer(IStreamIterator)
class temporary_file(filestream_iterator):
    """A file without name: gone from the disk when the answer was sent."""


@dataclass(frozen=True)
class Format:
    """A kind of file: how it is written, its media type."""

    write: Callable[[Iterable[Any], Pages, Callable[[], None]], tuple[Any, int]]
    media_type: str


@contextmanager
def nameless(suffix: str, mode: str, **kwargs: Any) -> Iterator[TextIO]:
    """Give a temporary file to write to; its name is gone when this is left."""
    with NamedTemporaryFile(mode, suffix=suffix, delete=False, **kwargs) as file:
        try:
            yield file
        finally:
            os.unlink(file.name)


def opened(file: TextIO) -> tuple[temporary_file, int]:
    """Return what was written, open for reading, with its size in bytes."""
    file.flush()
    return temporary_file(file.name), os.stat(file.name).st_size


def write(
    titles: Iterable[Any], pages: Pages, after_page: Callable[[], None]
) -> tuple[temporary_file, int]:
    """Write a CSV file and return it, open for reading, with its size in bytes.

    :param pages: pages of rows of values.
    :param after_page: called after each page, so that memory stays flat.
    """
    with nameless(".csv", "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=DELIMITER)
        writer.writerow([safe(title) for title in titles])
        for page in pages:
            writer.writerows([safe(value) for value in row] for row in page)
            after_page()
        return opened(file)


CSV = Format(write, "text/csv; charset=utf-8; header=present")
