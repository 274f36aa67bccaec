"""What says that there is no room left on the disk, and what says something else."""

from chameleon import PageTemplate
from plonegov.core.ops.diskfull import is_full
from psycopg2.errors import DiskFull

import errno
import pytest
import sqlite3


def of_sqlite(code):
    error = sqlite3.OperationalError("told")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (OSError(errno.EFBIG, "File too large"), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (OSError("told"), False),
        (OSError(), False),
        (of_sqlite(sqlite3.SQLITE_FULL), True),
        (of_sqlite(sqlite3.SQLITE_BUSY), False),
        (DiskFull(), True),
        (ValueError(errno.ENOSPC), False),
    ],
)
def test_a_full_disk_is_told_from_other_errors(error, full):
    assert is_full(error) is full


def test_it_is_told_from_inside_a_page_template_too():
    def write():
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space") as raised:
        PageTemplate("<p>${write()}</p>")(write=write)
    assert is_full(raised.value)
