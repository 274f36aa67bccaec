"""When each job of each town ran last and how often it failed, for other processes.

``<home>/var/jobs/<municipality>/<job>``: the file's time is the last run, its size
the number of failed runs. Nothing is synced: a power failure may lose the last notes.
"""

from collections.abc import Iterator
from plonegov.core.ops.files import private_opener
from plonegov.core.ops.home import home
from plonegov.core.ops.home import private_folder
from typing import NamedTuple

import os


FOLDER = ("var", "jobs")


class JobNote(NamedTuple):
    """One job of one town; ``last`` in seconds since 1970."""

    municipality: str
    job: str
    last: float
    failed: int


def note_run(municipality_id: str, job: str, failed: bool) -> None:
    """Note that a job has run; called by one process at a time for the same job."""
    path = private_folder(*FOLDER, municipality_id) / job
    with open(path, "ab", opener=private_opener) as file:
        file.write(b"!" * failed)
    os.utime(path)


def job_notes() -> Iterator[JobNote]:
    """Yield what is noted of all jobs of all towns."""
    for path in sorted(home().joinpath(*FOLDER).glob("*/*")):
        state = path.stat()
        yield JobNote(path.parent.name, path.name, state.st_mtime, state.st_size)
